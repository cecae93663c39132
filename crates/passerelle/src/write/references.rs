//! Posts that a body names otherwise than by URL: Jekyll's `post_url`, Hugo's `ref` and `relref`.
//!
//! The rules are the generators' own: lib/jekyll/tags/post_url.rb, and `getContentNode` in Hugo's
//! hugolib/pagecollections.go. What has a name that two posts have leads to neither.

use std::{collections::HashMap, path::Path};

use content::{
    language::Language,
    render::{PostReference, ReferenceKind},
    url::{decode_path, encode_path},
};

use super::targets::{join, source_path};
use crate::{
    library::{Library, near},
    read::{
        Post,
        tree::{folders, split_day, split_language},
    },
};

/// Why a reference leads to no post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// Nothing has that name.
    Nowhere,
    /// These posts have it, as places in [`Library::posts`].
    Several(Vec<usize>),
}

/// Finds posts by the names that Jekyll and Hugo know them by.
#[derive(Debug)]
pub struct References<'a> {
    library: &'a Library,
    jekyll: Names,
    hugo: Names,
}

/// Which posts have a name, as places in [`Library::posts`].
#[derive(Debug, Default)]
struct Names {
    /// With the folders.
    by_path: HashMap<String, Vec<usize>>,
    /// Without.
    by_name: HashMap<String, Vec<usize>>,
    /// The names without day, for what was probably meant.
    near: near::Names,
}

impl<'a> References<'a> {
    /// The names of all posts of `library`.
    pub fn new(library: &'a Library) -> Self {
        let (mut jekyll, mut hugo) = (Names::default(), Names::default());
        for (place, entry) in library.posts.iter().enumerate() {
            let post = &entry.post;
            let path = composed(&jekyll_path(&post.source));
            jekyll.near.add(day_and_name(file_name(&path), false).1, place);
            for path in [path.as_str(), split_language(&path).0] {
                add(&mut jekyll.by_path, path.to_owned(), place);
                add(&mut jekyll.by_name, dated(file_name(path)), place);
            }
            let path = folded(&post.logical_path);
            hugo.near.add(file_name(&path), place);
            add(&mut hugo.by_name, file_name(&path).to_owned(), place);
            add(&mut hugo.by_path, path, place);
            // A language's folder is a section where it is not named in Hugo's configuration.
            let file = source_path(&post.source);
            let (path, _) = page(file.strip_prefix("/content").unwrap_or(&file));
            add(&mut hugo.by_path, path, place);
        }
        References {
            library,
            jekyll,
            hugo,
        }
    }

    /// The post that is named in the post at `from`.
    ///
    /// # Errors
    /// When no post has the name, or several have.
    pub fn find(&self, reference: &PostReference<'_>, from: usize) -> Result<usize, Miss> {
        match reference.kind {
            ReferenceKind::PostUrl | ReferenceKind::Link => self.find_dated(&reference.name, from),
            ReferenceKind::Ref => self.find_page(reference, from),
        }
    }

    /// Jekyll's rule: the file with its folder below or above `_posts`, else the file alone, wherever it stands.
    fn find_dated(&self, name: &str, from: usize) -> Result<usize, Miss> {
        let path = composed(name.trim_start_matches('/'));
        let by_name = || self.jekyll.by_name.get(&dated(file_name(&path)));
        let places = self.jekyll.by_path.get(&path).or_else(by_name);
        let places = places.ok_or(Miss::Nowhere)?;
        let own = self.in_language(places, &self.library.posts[from].post.language);
        only(if own.is_empty() { places.clone() } else { own })
    }

    /// Hugo's rule: beside the page, else from the root of the content, else the only page that has the name. Hugo looks
    /// among the pages of one language; where the author named none and it has no such page, the others are looked at.
    fn find_page(&self, reference: &PostReference<'_>, from: usize) -> Result<usize, Miss> {
        let (name, suffix) = page(&reference.name);
        if name.is_empty() {
            return Ok(from);
        }
        let post = &self.library.posts[from].post;
        let asked = match reference.language {
            Some(tag) => Some(tag.parse().map_err(|_| Miss::Nowhere)?),
            None => suffix,
        };
        let found = self.found(&name, post);
        let language: &Language = asked.as_ref().unwrap_or(&post.language);
        let mut of_language = found.iter().map(|places| self.in_language(places, language));
        if let Some(places) = of_language.find(|places| !places.is_empty()) {
            return only(places);
        }
        match found.first() {
            Some(places) if asked.is_none() => only(places.to_vec()),
            _ => Err(Miss::Nowhere),
        }
    }

    /// The posts that a name may mean in `post`, those first that Hugo looks at first.
    fn found(&self, name: &str, post: &Post) -> Vec<&[usize]> {
        let own = folded(&post.logical_path);
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_bundle = post.source.file_stem().is_some_and(|stem| stem == "index");
        let mut paths = Vec::new();
        if !name.starts_with('/') {
            // From a page with a folder of its own, `..` may count from within.
            paths.extend(
                (is_bundle && name.starts_with(".."))
                    .then(|| join(&own, name))
                    .flatten(),
            );
            paths.extend(join(folder, name));
        }
        if !name.starts_with('.') {
            paths.extend(join("", name));
        }
        let by_path = paths.iter().filter_map(|path| self.hugo.by_path.get(path));
        // A lone slash before the name is passed over.
        let alone = name.strip_prefix('/').unwrap_or(name);
        let by_name = (!alone.contains('/')).then(|| self.hugo.by_name.get(alone));
        by_path.chain(by_name.flatten()).map(Vec::as_slice).collect()
    }

    fn in_language(&self, places: &[usize], language: &Language) -> Vec<usize> {
        let is_in = |place: &&usize| self.library.posts[**place].post.language == *language;
        places.iter().filter(is_in).copied().collect()
    }

    /// How a reference of a kind names the post at `place`, so that no other is meant.
    pub fn written(&self, kind: ReferenceKind, place: usize) -> String {
        let post = &self.library.posts[place].post;
        match kind {
            ReferenceKind::PostUrl => jekyll_path(&post.source),
            ReferenceKind::Link => source_path(&post.source).trim_start_matches('/').to_owned(),
            ReferenceKind::Ref => post.logical_path.clone(),
        }
    }

    /// The post that a reference in the post at `from` probably means: the only one whose name is nearest, folders, day
    /// and language aside.
    pub fn near(&self, reference: &PostReference<'_>, from: usize) -> Option<usize> {
        let is_ref = reference.kind == ReferenceKind::Ref;
        let written = match reference.kind {
            ReferenceKind::Link => Path::new(&reference.name)
                .with_extension("")
                .to_string_lossy()
                .into_owned(),
            ReferenceKind::PostUrl => reference.name.clone(),
            ReferenceKind::Ref => page(&reference.name).0,
        };
        let (day, name) = day_and_name(file_name(&written), is_ref);
        let language = &self.library.posts[from].post.language;
        let names = if is_ref { &self.hugo } else { &self.jekyll };
        let mut near: Vec<_> = names
            .near
            .near(name)
            .map(|(distance, _, place)| {
                let post = &self.library.posts[place].post;
                let path = jekyll_path(&post.source);
                let (their_day, _) = day_and_name(file_name(&path), is_ref);
                ((distance, their_day != day, post.language != *language), place)
            })
            .collect();
        near.sort_unstable();
        match near[..] {
            [(nearest, place), ..] if near.get(1).is_none_or(|(next, _)| *next > nearest) => Some(place),
            _ => None,
        }
    }
}

fn add(names: &mut HashMap<String, Vec<usize>>, name: String, place: usize) {
    let places = names.entry(name).or_default();
    if places.last() != Some(&place) {
        places.push(place);
    }
}

fn only(places: Vec<usize>) -> Result<usize, Miss> {
    match places[..] {
        [] => Err(Miss::Nowhere),
        [place] => Ok(place),
        _ => Err(Miss::Several(places)),
    }
}

/// What `post_url` names: the folders of a post but `_posts`, and its file without extension.
fn jekyll_path(source: &Path) -> String {
    let folders = folders(source).filter(|folder| !matches!(*folder, "_posts" | "_drafts"));
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let names = folders.map(Into::into).chain([stem]);
    names.collect::<Vec<std::borrow::Cow<'_, str>>>().join("/")
}

/// The name of a file of Jekyll's, its day without zeros before: that is how days are compared.
fn dated(name: &str) -> String {
    match split_day(name) {
        Some((day, rest)) => {
            let numbers: Vec<&str> = day.split('-').map(|part| part.trim_start_matches('0')).collect();
            format!("{}-{rest}", numbers.join("-"))
        }
        None => name.to_owned(),
    }
}

fn day_and_name(name: &str, is_ref: bool) -> (&str, &str) {
    split_day(name).filter(|_| !is_ref).unwrap_or(("", name))
}

/// The last part of a path. `?` and `#` may be in the name of a file.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// What Hugo makes of a path to a page: without extension, without the file of a page that has a folder of its own, and
/// the language at its end apart.
fn page(path: &str) -> (String, Option<Language>) {
    let path = folded(path.trim());
    let path = path.trim_end_matches('/');
    if path.is_empty() {
        return (String::new(), None);
    }
    let extension = [".md", ".markdown", ".html"]
        .iter()
        .find_map(|extension| path.strip_suffix(extension));
    let (path, language) = split_language(extension.unwrap_or(path));
    (path.strip_suffix("/index").unwrap_or(path).to_owned(), language)
}

/// Hugo's paths are in lower case and without spaces (common/paths, since 0.123).
fn folded(path: &str) -> String {
    composed(path).to_lowercase().replace(' ', "-")
}

/// In NFC, since file systems differ.
fn composed(path: &str) -> String {
    decode_path(&encode_path(path))
}

#[cfg(test)]
mod tests {
    use content::render::post_reference;

    use super::*;
    use crate::{library::LibraryPost, write::sample};

    /// A library of these posts: language, file, and the name that Hugo knows them by.
    fn library(posts: &[[&str; 3]]) -> Library {
        let posts = posts.iter().map(|[language, source, logical_path]| LibraryPost {
            post: Post {
                logical_path: (*logical_path).to_owned(),
                ..sample::post(language, source, "/a/", "A")
            },
            translations: Vec::new(),
        });
        Library {
            posts: posts.collect(),
            ..sample::library()
        }
    }

    /// What a reference in the first post leads to.
    fn found(library: &Library, reference: &str) -> Result<usize, Miss> {
        References::new(library).find(&post_reference(reference).unwrap(), 0)
    }

    #[test]
    fn jekyll_looks_for_the_file_with_its_folder_and_then_without() {
        let library = library(&[
            ["en", "_posts/2021-02-04-a.md", ""],
            ["en", "_posts/2021-02-05-b.md", ""],
            ["en", "_posts/notes/2021-02-05-b.md", ""],
            ["en", "news/_posts/2021-02-06-c.md", ""],
            ["en", "_posts/x/2021-02-07-d.md", ""],
            ["en", "_posts/y/2021-02-07-d.md", ""],
            ["en", "_posts/2021-02-08-e.en.md", ""],
            ["fr", "_posts/2021-02-08-e.fr.md", ""],
        ]);
        for (name, expected) in [
            ("2021-02-05-b", Ok(1)),
            ("2021-2-6-c", Ok(3)),
            ("notes/2021-02-05-b", Ok(2)),
            ("news/2021-02-06-c", Ok(3)),
            ("other/2021-02-06-c", Ok(3)),
            ("2021-02-07-d", Err(Miss::Several(vec![4, 5]))),
            ("2021-02-08-e", Ok(6)),
            ("2021-02-08-e.fr", Ok(7)),
            ("2021-02-09-b", Err(Miss::Nowhere)),
        ] {
            assert_eq!(found(&library, &format!("post_url:{name}")), expected, "{name}");
        }
    }

    #[test]
    fn hugo_looks_beside_the_page_and_then_from_the_root_and_then_for_the_name() {
        let library = library(&[
            ["en", "content/en/posts/a/index.md", "/posts/a"],
            ["en", "content/en/posts/b.md", "/posts/b"],
            ["en", "content/en/notes/b.md", "/notes/b"],
            ["fr", "content/fr/posts/b.md", "/posts/b"],
            ["en", "content/en/notes/Why?.md", "/notes/Why?"],
            ["fr", "content/fr/notes/c.md", "/notes/c"],
            ["de", "content/de/notes/c.md", "/notes/c"],
        ]);
        for (name, expected) in [
            ("b", Ok(1)),
            ("./b.md", Ok(1)),
            ("../b", Ok(1)),
            ("../notes/b", Ok(2)),
            ("/b", Err(Miss::Several(vec![1, 2]))),
            ("/why%3F", Ok(4)),
            ("/notes/b", Ok(2)),
            ("/en/notes/b", Ok(2)),
            ("/posts/b?lang=fr", Ok(3)),
            ("/posts/b?lang=de", Err(Miss::Nowhere)),
            ("posts/b.fr.md", Ok(3)),
            ("why%3F", Ok(4)),
            ("c", Err(Miss::Several(vec![5, 6]))),
            ("c?lang=de", Ok(6)),
            ("", Ok(0)),
        ] {
            assert_eq!(found(&library, &format!("ref:{name}")), expected, "{name}");
        }
    }

    #[test]
    fn what_was_meant_is_the_only_nearest_name() {
        let library = library(&[
            ["en", "_posts/2021-02-04-a.md", "/_posts/a"],
            ["en", "_posts/2021-02-05-bridge.md", "/_posts/bridge"],
            ["en", "_posts/2021-02-06-walking.md", "/_posts/walking"],
            ["en", "_posts/2021-02-07-walking.md", "/x/walking"],
        ]);
        let references = References::new(&library);
        for (reference, expected) in [
            ("post_url:2021-02-04-Brigde", Some("2021-02-05-bridge")),
            ("post_url:2021-02-06-walkin", Some("2021-02-06-walking")),
            ("post_url:2021-02-08-walking", None),
            (
                "link:posts/2021-02-05-bridge.md",
                Some("_posts/2021-02-05-bridge.md"),
            ),
            ("ref:bridges", Some("/_posts/bridge")),
            ("ref:walking-on", None),
        ] {
            let reference = post_reference(reference).unwrap();
            let near = references.near(&reference, 0);
            let written = near.map(|place| references.written(reference.kind, place));
            assert_eq!(written.as_deref(), expected, "{reference:?}");
        }
    }
}
