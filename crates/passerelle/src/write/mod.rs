//! From a library to the files of a site: pure functions, then [`output`], which puts them on the disk.

pub mod chrome;
pub mod documents;
pub mod lists;
pub mod output;
pub mod pages;
pub mod shell;
pub mod targets;
pub mod text;
pub mod tree;
pub mod urls;
pub mod worker;

#[cfg(test)]
mod sample;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use content::{index::Item, site::Site};
use maud::{Markup, PreEscaped};
use rayon::prelude::*;
use serde::Serialize;

use crate::{embed::Reader, library::Library};
use documents::{Documents, Measure};
use pages::Pages;
use shell::Shell;
use targets::Targets;
use urls::{Urls, feed_path, file, list_path, page_file};

/// What `site.json` names as its writer; it also tells a site that Passerelle may replace from any other folder.
pub const GENERATOR: &str = concat!("passerelle ", env!("CARGO_PKG_VERSION"));

/// A site before it is on the disk.
#[derive(Debug)]
pub struct SiteFiles {
    /// Every file but `site.json`, by its path in the site (`/` between its parts, decoded).
    pub files: BTreeMap<String, Source>,
    /// `site.json`, its `build` still empty.
    pub site: Site,
    /// Posts whose main image is not in the tree, so that they have none.
    pub images_missing: usize,
}

/// What a file holds.
#[derive(Debug)]
pub enum Source {
    /// These bytes.
    Bytes(Cow<'static, [u8]>),
    /// What this file of the publisher's tree holds.
    File(PathBuf),
}

/// The files cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The bundled reader is another version's.
    #[error(transparent)]
    Shell(#[from] shell::ForeignShell),
    /// A document is no JSON.
    #[error("cannot write {file}: {error}")]
    Json {
        /// The file in the site.
        file: String,
        /// What went wrong.
        error: serde_json::Error,
    },
}

/// How a site is written.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// Elements that the head of every page has besides.
    pub extra_head: Markup,
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions {
            extra_head: PreEscaped(String::new()),
        }
    }
}

/// One post's files, and what the lists and the tree need to know of it.
struct Written {
    item: Item,
    files: Vec<(String, String)>,
    wanted: Vec<usize>,
    image_missing: bool,
}

/// Every file of the site of `library`, with `reader` in it. `told` is called after each post.
///
/// # Errors
/// When the reader's shell is not one that this command can fill.
pub fn site_files(
    library: &Library,
    reader: Reader,
    options: &WriteOptions,
    measure: &Measure,
    told: &(dyn Fn() + Sync),
) -> Result<SiteFiles, WriteError> {
    let urls = Urls::new(&library.config);
    let shell = Shell::read(&reader.shell, &library.config.base_path)?;
    let site = lists::site(library, urls);
    let targets = Targets::new(library, library.config.own_origins());
    let documents = Documents {
        library,
        urls,
        targets: &targets,
        measure,
    };
    let pages = Pages {
        site: &site,
        urls,
        shell: &shell,
        extra_head: options.extra_head.clone(),
    };

    let posts: Vec<Written> = (0..library.posts.len())
        .into_par_iter()
        .map(|place| {
            let written = write_post(&documents, &pages, place);
            told();
            written
        })
        .collect::<Result<_, _>>()?;

    let mut files = Files::default();
    let (worker, shell): (Vec<_>, Vec<_>) = reader
        .files
        .into_iter()
        .partition(|(path, _)| path == worker::WORKER_FILE);
    for (path, bytes) in shell {
        files.add(path, Source::Bytes(bytes));
    }
    files.add_text(worker::OFFLINE_FILE.to_owned(), pages.offline());
    for (path, bytes) in worker {
        let script = worker::script(&bytes, &files.0, library, urls).map_err(|error| WriteError::Json {
            file: path.clone(),
            error,
        })?;
        files.add(path, Source::Bytes(script.into()));
    }
    files.add_text("index.html".to_owned(), pages.root());
    files.add_text("404.html".to_owned(), pages.not_found());
    add_lists(&mut files, library, &pages, &posts)?;
    let wanted: BTreeSet<usize> = posts
        .iter()
        .flat_map(|post| post.wanted.iter().copied())
        .collect();
    let images_missing = posts.iter().filter(|post| post.image_missing).count();
    let items: Vec<Item> = posts
        .into_iter()
        .map(|post| {
            post.files
                .into_iter()
                .for_each(|(path, text)| files.add_text(path, text));
            post.item
        })
        .collect();
    add_redirects(&mut files, library, urls, &items);
    for (source, path) in tree::published(library, &wanted) {
        files.add(file(path), Source::File(library.root.join(source)));
    }
    Ok(SiteFiles {
        files: files.0,
        site,
        images_missing,
    })
}

fn write_post(documents: &Documents<'_>, pages: &Pages<'_>, place: usize) -> Result<Written, WriteError> {
    let made = documents.make(place);
    let page = page_file(&documents.library.posts[place].post.path);
    let data = file(&content::url::data_path(&format!("/{page}")));
    let json = json(&data, &made.document)?;
    let mut item = made.document.item.clone();
    item.passerelle.revision = Some(worker::revision(json.as_bytes()));
    Ok(Written {
        files: vec![(page, pages.post(&made.document)), (data, json)],
        item,
        wanted: made.files,
        image_missing: made.image_missing,
    })
}

fn add_lists(
    files: &mut Files,
    library: &Library,
    pages: &Pages<'_>,
    posts: &[Written],
) -> Result<(), WriteError> {
    for language in &library.languages {
        let items: Vec<Item> = posts
            .iter()
            .map(|post| &post.item)
            .filter(|item| item.language == *language)
            .cloned()
            .collect();
        for (feed, page) in lists::feeds(library, pages.urls, language, &items)
            .iter()
            .zip(1..)
        {
            let path = file(&feed_path(language, page));
            let json = json(&path, feed)?;
            files.add_text(path, json);
            files.add_text(page_file(&list_path(language, page)), pages.list(feed));
        }
    }
    Ok(())
}

fn add_redirects(files: &mut Files, library: &Library, urls: Urls<'_>, items: &[Item]) {
    for (entry, item) in library.posts.iter().zip(items) {
        for alias in &entry.post.aliases {
            files.add_text(
                page_file(alias),
                pages::redirect(item, &urls.local(&entry.post.path)),
            );
        }
    }
}

/// The files of a site while it is made.
#[derive(Default)]
struct Files(BTreeMap<String, Source>);

impl Files {
    fn add_text(&mut self, path: String, text: String) {
        self.add(path, Source::Bytes(text.into_bytes().into()));
    }

    /// Adds a file unless its place is taken: by another file, by a folder of its name, or by a file where it needs a
    /// folder. What a site cannot do without is added first, so it is a file of the tree that gives way.
    fn add(&mut self, path: String, source: Source) {
        let folder = format!("{path}/");
        let is_folder = self
            .0
            .range(folder.clone()..)
            .next()
            .is_some_and(|(known, _)| known.starts_with(&folder));
        let is_below_file = path
            .match_indices('/')
            .any(|(end, _)| self.0.contains_key(&path[..end]));
        let is_site = path == output::SITE_FILE;
        if urls::is_inside(&path) && !is_folder && !is_below_file && !is_site {
            self.0.entry(path).or_insert(source);
        }
    }
}

/// A document as JSON in one line, with a line break at its end.
fn json<T: Serialize>(file: &str, document: &T) -> Result<String, WriteError> {
    match serde_json::to_string(document) {
        Ok(json) => Ok(json + "\n"),
        Err(error) => Err(WriteError::Json {
            file: file.to_owned(),
            error,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &Files) -> Vec<&str> {
        files.0.keys().map(String::as_str).collect()
    }

    #[test]
    fn what_comes_first_keeps_its_place() {
        let mut files = Files::default();
        for path in [
            "en/index.html",
            "a",
            "en/index.html",
            "en",
            "a/b",
            "site.json",
            "../x",
            "en/x",
        ] {
            files.add_text(path.to_owned(), path.to_owned());
        }
        assert_eq!(names(&files), ["a", "en/index.html", "en/x"]);
    }

    #[test]
    fn a_post_has_a_page_and_its_json_and_a_page_at_each_earlier_url() {
        let library = sample::library();
        let reader = Reader {
            shell: sample::SHELL.to_owned(),
            files: Vec::new(),
        };
        let site = site_files(&library, reader, &WriteOptions::default(), &|_| None, &|| ()).unwrap();
        assert_eq!(
            site.files.keys().map(String::as_str).collect::<Vec<_>>(),
            [
                "404.html",
                "en/feed-2.json",
                "en/feed.json",
                "en/index.html",
                "en/old.html",
                "en/old.json",
                "en/page/2/index.html",
                "en/summer/index.html",
                "en/summer/index.json",
                "fr/ancien/index.html",
                "fr/feed.json",
                "fr/index.html",
                "fr/l-été/index.html",
                "fr/l-été/index.json",
                "index.html",
            ]
        );
        assert_eq!(site.site.languages[1].title, "Le carnet");
    }
}
