//! What a link or an image of a post leads to, among all that the site has.

use std::{
    collections::HashMap,
    path::{Component, Path},
    sync::OnceLock,
};

use content::{
    language::Language,
    render::{PostReference, ReferenceKind},
    url::{decode_path, encode_path, own_path, path_key, strip_base},
};

use super::references::{Miss, References};
use crate::{library::Library, places::list_path};

/// Something of the site that a post can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A post, as its place in [`Library::posts`].
    Post(usize),
    /// The list of the language at this place in [`Library::languages`].
    List(usize),
    /// A file of the tree, as its place in [`Library::files`].
    File(usize),
}

/// Finds targets by URL and by file.
#[derive(Debug)]
pub struct Targets<'a> {
    library: &'a Library,
    origins: Vec<String>,
    by_url: HashMap<String, Target>,
    by_source: HashMap<String, Target>,
    /// Made when the first body asks for it: most blogs have no such names.
    references: OnceLock<References<'a>>,
}

impl<'a> Targets<'a> {
    /// All that `library` has; `origins` are the site's own.
    pub fn new(library: &'a Library, origins: Vec<String>) -> Self {
        let mut targets = Targets {
            library,
            origins,
            by_url: HashMap::new(),
            by_source: HashMap::new(),
            references: OnceLock::new(),
        };
        let posts = || library.posts.iter().enumerate();
        for (place, entry) in posts() {
            targets.add_url(&entry.post.path, Target::Post(place));
            targets
                .by_source
                .insert(source_key(&entry.post.source), Target::Post(place));
        }
        for (place, language) in library.languages.iter().enumerate() {
            targets.add_url(&list_path(language, 1), Target::List(place));
        }
        for (place, entry) in posts() {
            for alias in &entry.post.aliases {
                targets.add_url(&alias.text, Target::Post(place));
            }
        }
        for (place, (source, path)) in library.files.iter().enumerate() {
            targets.add_url(path, Target::File(place));
            targets
                .by_source
                .entry(source_key(source))
                .or_insert(Target::File(place));
        }
        targets
    }

    /// The first that claims a URL keeps it: posts before lists, lists before earlier URLs, those before files.
    fn add_url(&mut self, path: &str, target: Target) {
        self.by_url.entry(path_key(&encode_path(path))).or_insert(target);
    }

    /// What `url`, written in the post at `from`, leads to. `None` for another site, for a place in the post itself, and
    /// for what the site does not have.
    pub fn find(&self, url: &str, from: usize) -> Option<Target> {
        let post = &self.library.posts.get(from)?.post;
        let (path, _) = split_tail(url);
        if path.is_empty() {
            return None;
        }
        if let Some(own) = own_path(path, &self.origins) {
            let stripped = strip_base(own, &self.library.config.base_path);
            return stripped
                .into_iter()
                .chain([own])
                .find_map(|path| self.by_url.get(&path_key(path)).copied());
        }
        if has_scheme(path) || path.starts_with("//") {
            return None;
        }
        // Beside the post's file, as GitHub and editors read it; else beside its URL, as a browser does.
        let beside_file = join(&source_path(post.source.parent()?), &decode_path(path));
        let beside_url = join(post.path.rsplit_once('/')?.0, &decode_path(path));
        let by_source = beside_file.and_then(|path| self.by_source.get(&path_key(&encode_path(&path))));
        let by_url = || self.by_url.get(&path_key(&encode_path(&beside_url?)));
        by_source.or_else(by_url).copied()
    }

    /// What a reference in the post at `from` leads to.
    ///
    /// # Errors
    /// When it leads to nothing, or to several posts.
    pub fn resolve(&self, reference: &PostReference<'_>, from: usize) -> Result<Target, Miss> {
        match (reference.kind, reference.name.as_str()) {
            // A file from the root of the tree, with or without its first slash (lib/jekyll/tags/link.rb).
            (ReferenceKind::Link, file) => {
                let key = source_key(Path::new(file.trim_start_matches('/')));
                self.by_source.get(&key).copied().ok_or(Miss::Nowhere)
            }
            (ReferenceKind::Ref, "/") => {
                let language = &self.library.posts[from].post.language;
                let mut languages = self.library.languages.iter();
                let place = languages.position(|known| known == language);
                place.map(Target::List).ok_or(Miss::Nowhere)
            }
            _ => self.references().find(reference, from).map(Target::Post),
        }
    }

    /// The posts by their names.
    pub fn references(&self) -> &References<'a> {
        self.references.get_or_init(|| References::new(self.library))
    }

    /// [`Targets::find`], of files alone.
    pub fn find_file(&self, url: &str, from: usize) -> Option<usize> {
        match self.find(url, from)? {
            Target::File(place) => Some(place),
            Target::Post(_) | Target::List(_) => None,
        }
    }

    /// The path of a target from the site's root, decoded.
    pub fn path(&self, target: Target) -> String {
        match target {
            Target::Post(place) => self.library.posts[place].post.path.clone(),
            Target::List(place) => list_path(&self.library.languages[place], 1),
            Target::File(place) => self.library.files[place].1.clone(),
        }
    }

    /// The language of a target; a file has none.
    pub fn language(&self, target: Target) -> Option<&'a Language> {
        match target {
            Target::Post(place) => Some(&self.library.posts[place].post.language),
            Target::List(place) => Some(&self.library.languages[place]),
            Target::File(_) => None,
        }
    }
}

/// A URL as its path (with scheme and host, if it has them) and the query and fragment behind it.
pub fn split_tail(url: &str) -> (&str, &str) {
    url.split_at(url.find(['?', '#']).unwrap_or(url.len()))
}

/// Whether `url` begins with a scheme (RFC 3986, section 3.1).
pub fn has_scheme(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// A path of the content folder as a URL writes it: `/posts/fr/x.md`.
pub fn source_path(source: &Path) -> String {
    let names = source.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    names.flat_map(|name| ["/".into(), name]).collect()
}

fn source_key(source: &Path) -> String {
    path_key(&encode_path(&source_path(source)))
}

/// `relative` from the folder `base`, without `.` and `..`; `None` when it leads out of the root.
pub fn join(base: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    fn found(url: &str) -> Option<(String, Option<String>)> {
        let library = sample::library();
        let targets = Targets::new(&library, vec!["https://blog.example".to_owned()]);
        let target = targets.find(url, 0)?;
        Some((
            targets.path(target),
            targets.language(target).map(ToString::to_string),
        ))
    }

    #[test]
    fn a_link_is_found_however_it_is_written() {
        for url in [
            "/fr/l-été/",
            "/fr/l-%C3%A9t%C3%A9",
            "https://blog.example/fr/l-été/?a#b",
            "//blog.example/fr/l-été/",
            "../fr/ete.md#b",
            "../../fr/l-été/",
            "/fr/ancien/",
        ] {
            assert_eq!(
                found(url),
                Some(("/fr/l-été/".to_owned(), Some("fr".to_owned()))),
                "{url}"
            );
        }
    }

    #[test]
    fn what_is_not_the_sites_is_not_found() {
        for url in [
            "",
            "#b",
            "?a",
            "https://other.example/fr/l-été/",
            "mailto:a@blog.example",
            "/fr/none/",
            "../../../../x",
        ] {
            assert_eq!(found(url), None, "{url}");
        }
    }

    #[test]
    fn an_image_is_found_by_url_and_beside_the_file() {
        for url in ["/img/bridge.png", "bridge.png", "./bridge.png?v=2"] {
            assert_eq!(found(url), Some(("/img/bridge.png".to_owned(), None)), "{url}");
        }
    }
}
