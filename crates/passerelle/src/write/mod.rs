//! From a library to the files of a site: pure functions, then [`output`], which puts them on the disk.

pub mod addresses;
pub mod alternates;
pub mod atom;
pub mod chrome;
pub mod documents;
pub mod hosting;
pub mod lists;
pub mod names;
pub mod output;
pub mod pages;
pub mod policy;
pub mod references;
pub mod shell;
pub mod sitemap;
pub mod targets;
pub mod text;
pub mod tree;
pub mod urls;
pub mod weight;
pub mod worker;
pub mod xml;

#[cfg(test)]
mod sample;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io,
    path::PathBuf,
};

use content::{
    index::{Feed, Item},
    language::Language,
    render::render,
    site::Site,
};
use maud::{Markup, PreEscaped};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    embed::Reader,
    library::Library,
    places::{self, atom_path, data_file, feed_path, file, list_path, page_file, saved_path},
};
use documents::{Documents, Made, Measure};
use pages::Pages;
use policy::Policy;
use shell::{Page, Shell};
use targets::Targets;
use urls::Urls;

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
    /// A feed or a sitemap is no XML.
    #[error("cannot write XML: {0}")]
    Xml(#[from] io::Error),
}

/// How a site is written.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// Elements that the head of every page has besides.
    pub extra_head: Markup,
    /// Whether text files get compressed copies beside them.
    pub compress: bool,
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions {
            extra_head: PreEscaped(String::new()),
            compress: false,
        }
    }
}

/// What one post adds to the site.
struct Written {
    item: Item,
    page: Page,
    /// Its own JSON: path and text.
    data: (String, String),
    /// Its body for the Atom feed, where it is among the newest.
    recent: Option<String>,
    image_origins: BTreeSet<String>,
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
    let mut site = lists::site(library, urls);
    let targets = Targets::new(library, library.config.own_origins());
    let documents = Documents {
        library,
        urls,
        targets: &targets,
        measure,
    };
    let mut made: Vec<Made> = (0..library.posts.len())
        .into_par_iter()
        .map(|place| documents.make(place))
        .collect();
    weight::tell(&mut made, library, &mut site)?;
    let pages = Pages {
        site: &site,
        urls,
        extra_head: options.extra_head.clone(),
    };
    let mut posts: Vec<Written> = made
        .into_par_iter()
        .enumerate()
        .map(|(place, made)| {
            let written = write_post(&documents, &pages, place, made);
            told();
            written
        })
        .collect::<Result<_, _>>()?;

    // Which images there are is known when every post is: only now can a page say what it lets in.
    let origins = posts
        .iter_mut()
        .flat_map(|post| std::mem::take(&mut post.image_origins));
    let policy = Policy::new(&origins.collect());
    let pour = |page: &Page| shell.pour(page, &policy);

    let mut files = Files::default();
    let (worker, shell): (Vec<_>, Vec<_>) = reader
        .files
        .into_iter()
        .partition(|(path, _)| path == places::WORKER);
    for (path, bytes) in shell {
        files.add(path, Source::Bytes(bytes));
    }
    files.add_text(places::OFFLINE, pour(&pages.offline()));
    for (path, bytes) in worker {
        let script = worker::script(&bytes, &files.0, library, urls).map_err(|error| WriteError::Json {
            file: path.clone(),
            error,
        })?;
        files.add(path, Source::Bytes(script.into()));
    }
    files.add_text(places::ROOT, pour(&pages.root()));
    files.add_text(places::NOT_FOUND, pour(&pages.not_found()));
    let feeds = feeds(library, urls, &posts);
    for (path, text) in lists(&feeds, &pages, &pour)? {
        files.add_text(&path, text);
    }
    for language in &library.languages {
        files.add_text(&page_file(&saved_path(language)), pour(&pages.saved(language)));
    }
    let atom = atom(&site, urls, &posts)?;
    let sitemap = sitemap(&site, urls, &feeds, &posts)?;

    let wanted: BTreeSet<usize> = posts
        .iter()
        .flat_map(|post| post.wanted.iter().copied())
        .collect();
    let images_missing = posts.iter().filter(|post| post.image_missing).count();
    let poured: Vec<String> = posts.par_iter().map(|post| pour(&post.page)).collect();
    for ((entry, post), page) in library.posts.iter().zip(&mut posts).zip(poured) {
        files.add_text(&page_file(&entry.post.path), page);
        let (path, json) = std::mem::take(&mut post.data);
        files.add_text(&path, json);
    }
    add_redirects(
        &mut files,
        library,
        urls,
        &policy,
        posts.iter().map(|post| &post.item),
    );
    for (source, path) in tree::published(library, &wanted) {
        files.add(file(path), Source::File(library.root.join(source)));
    }
    // Last, so that a file of the publisher's own goes before ours.
    for (path, text) in atom {
        files.add_text(&path, text);
    }
    add_hosting(&mut files, library, &site, urls, &policy, sitemap);
    Ok(SiteFiles {
        files: files.0,
        site,
        images_missing,
    })
}

fn write_post(
    documents: &Documents<'_>,
    pages: &Pages<'_>,
    place: usize,
    made: Made,
) -> Result<Written, WriteError> {
    let library = documents.library;
    let html = render(&made.document.body).html;
    let item = &made.document.item;
    let data = data_file(&library.posts[place].post.path);
    let json = json(&data, &made.document)?;
    let mut image_origins = BTreeSet::new();
    addresses::image_origins(&html, &mut image_origins);
    image_origins.extend(item.image.as_deref().and_then(policy::origin));
    let recent = pages
        .urls
        .origin(&item.language)
        .filter(|_| is_recent(library, place))
        .map(|origin| addresses::absolute(&html, origin, &item.url));
    let page = pages.post(&made.document, &html);
    let mut item = made.document.item;
    item.passerelle.revision = Some(worker::revision(json.as_bytes()));
    Ok(Written {
        item,
        page,
        data: (data, json),
        recent,
        image_origins,
        wanted: made.files,
        image_missing: made.image_missing,
    })
}

/// Whether a post is among the newest of its language: posts stand by language, newest first.
fn is_recent(library: &Library, place: usize) -> bool {
    let before = place.checked_sub(atom::ENTRIES);
    before.is_none_or(|before| library.posts[before].post.language != library.posts[place].post.language)
}

/// The index: every page of every language.
fn feeds(library: &Library, urls: Urls<'_>, posts: &[Written]) -> Vec<Feed> {
    let of = |language: &Language| {
        let items: Vec<Item> = posts
            .iter()
            .map(|post| &post.item)
            .filter(|item| item.language == *language)
            .cloned()
            .collect();
        lists::feeds(library, urls, language, &items)
    };
    library.languages.iter().flat_map(of).collect()
}

/// The pages of the index with the list pages of the same posts.
fn lists(
    feeds: &[Feed],
    pages: &Pages<'_>,
    pour: &(impl Fn(&Page) -> String + Sync),
) -> Result<Vec<(String, String)>, WriteError> {
    let written = feeds.par_iter().map(|feed| {
        let page = feed.passerelle.page as usize;
        let path = file(&feed_path(&feed.language, page));
        let json = json(&path, &lists::published(feed, pages.urls))?;
        let list = page_file(&list_path(&feed.language, page));
        Ok([(path, json), (list, pour(&pages.list(feed)))])
    });
    let written: Vec<_> = written.collect::<Result<_, WriteError>>()?;
    Ok(written.into_iter().flatten().collect())
}

/// The Atom feed of each language that has an origin.
fn atom(site: &Site, urls: Urls<'_>, posts: &[Written]) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for about in &site.languages {
        let entries: Vec<atom::Entry<'_>> = posts
            .iter()
            .filter(|post| post.item.language == about.language)
            .filter_map(|post| Some((&post.item, post.recent.as_deref()?)))
            .collect();
        if let Some(text) = atom::feed(urls, about, &entries)? {
            files.push((file(&atom_path(&about.language)), text));
        }
    }
    Ok(files)
}

/// The sitemap: the root, the lists and the posts, of languages that have an origin.
fn sitemap(
    site: &Site,
    urls: Urls<'_>,
    feeds: &[Feed],
    posts: &[Written],
) -> io::Result<Vec<(String, String)>> {
    let root = sitemap::Entry {
        url: urls.public(&site.default_language, "/"),
        alternates: alternates::of_lists(site, urls),
    };
    let lists = feeds.iter().map(|feed| sitemap::Entry {
        url: feed.home_page_url.clone(),
        alternates: match feed.passerelle.page {
            1 => alternates::of_lists(site, urls),
            _ => Vec::new(),
        },
    });
    let posts = posts.iter().map(|post| sitemap::Entry {
        url: post.item.url.clone(),
        alternates: alternates::of_post(site, &post.item),
    });
    let all = std::iter::once(root).chain(lists).chain(posts);
    sitemap::files(all.filter(|entry| entry.url.contains("://")), |name| {
        hosting::sitemap_url(urls, site, name)
    })
}

fn add_redirects<'a>(
    files: &mut Files,
    library: &Library,
    urls: Urls<'_>,
    policy: &Policy,
    items: impl Iterator<Item = &'a Item>,
) {
    let icon = urls.local(hosting::ICON);
    for (entry, item) in library.posts.iter().zip(items) {
        for alias in &entry.post.aliases {
            files.add_text(
                &page_file(&alias.text),
                pages::redirect(item, &urls.local(&entry.post.path), &icon, policy),
            );
        }
    }
}

fn add_hosting(
    files: &mut Files,
    library: &Library,
    site: &Site,
    urls: Urls<'_>,
    policy: &Policy,
    sitemap: Vec<(String, String)>,
) {
    let aliases = library.posts.iter().flat_map(|entry| {
        let from = entry.post.aliases.iter().map(|alias| alias.text.as_str());
        from.map(|alias| (alias, entry.post.path.as_str()))
    });
    files.add_text(places::ROBOTS, hosting::robots(urls, site, !sitemap.is_empty()));
    for (path, text) in sitemap {
        files.add_text(&path, text);
    }
    files.add_text(places::MANIFEST, hosting::manifest(site, urls));
    if let Some(redirects) = hosting::redirects(urls, aliases) {
        files.add_text(places::REDIRECTS, redirects);
    }
    // What was made, not copied: a file of the publisher's own may change under any name.
    let made = files
        .0
        .iter()
        .filter(|(_, source)| matches!(source, Source::Bytes(_)));
    let headers = hosting::headers(site, urls, policy, made.map(|(path, _)| path.as_str()));
    files.add_text(places::HEADERS, headers);
}

/// The files of a site while it is made.
#[derive(Default)]
struct Files(BTreeMap<String, Source>);

impl Files {
    fn add_text(&mut self, path: &str, text: String) {
        self.add(path.to_owned(), Source::Bytes(text.into_bytes().into()));
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
        let is_site = path == places::SITE;
        if places::is_inside(&path) && !is_folder && !is_below_file && !is_site {
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
    use super::{documents::Measured, *};

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
            files.add_text(path, path.to_owned());
        }
        assert_eq!(names(&files), ["a", "en/index.html", "en/x"]);
    }

    fn built(library: &Library, reader: Reader) -> SiteFiles {
        site_files(
            library,
            reader,
            &WriteOptions::default(),
            &|_| Measured::default(),
            &|| (),
        )
        .unwrap()
    }

    #[test]
    fn a_post_has_a_page_and_its_json_and_a_page_at_each_earlier_url() {
        let library = sample::library();
        let reader = Reader {
            shell: sample::SHELL.to_owned(),
            files: Vec::new(),
        };
        let site = built(&library, reader);
        assert_eq!(
            site.files.keys().map(String::as_str).collect::<Vec<_>>(),
            [
                "404.html",
                "_headers",
                "_redirects",
                "en/feed-2.json",
                "en/feed.json",
                "en/index.html",
                "en/old.html",
                "en/old.json",
                "en/page/2/index.html",
                "en/saved/index.html",
                "en/summer/index.html",
                "en/summer/index.json",
                "fr/ancien/index.html",
                "fr/atom.xml",
                "fr/feed.json",
                "fr/index.html",
                "fr/l-été/index.html",
                "fr/l-été/index.json",
                "fr/saved/index.html",
                "index.html",
                "manifest.webmanifest",
                "offline.html",
                "robots.txt",
                "sitemap.xml",
            ]
        );
        assert_eq!(site.site.languages[1].title, "Le carnet");
    }

    #[test]
    fn every_file_that_is_no_posts_and_not_the_publishers_is_reserved() {
        let library = sample::library();
        let reader = Reader {
            shell: sample::SHELL.to_owned(),
            files: ["sw.js", "assets/app-1234.js", "assets/icons/a.svg"]
                .map(|path| (path.to_owned(), Cow::Borrowed(&b""[..])))
                .to_vec(),
        };
        let site = built(&library, reader);
        let posts = library.posts.iter().map(|entry| &entry.post);
        let of_posts: BTreeSet<String> = posts
            .flat_map(|post| {
                let aliases = post.aliases.iter().map(|alias| page_file(&alias.text));
                aliases.chain([page_file(&post.path), data_file(&post.path)])
            })
            .collect();
        let all = site.files.keys().map(String::as_str).chain([places::SITE]);
        for file in all {
            assert_eq!(
                places::reserved(file, &library.languages).is_none(),
                of_posts.contains(file),
                "{file}"
            );
        }
        assert!(site.files.contains_key("fr/atom.xml") && site.files.contains_key("sw.js"));
    }
}
