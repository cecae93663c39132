//! Where everything stands: URLs with base path and origin, and the files that answer them.

use content::{
    language::Language,
    url::{encode_path, join_base},
};

use crate::config::Config;

/// Makes URLs of paths. A path begins with a slash, counts from the site's root, and is decoded.
#[derive(Clone, Copy, Debug)]
pub struct Urls<'a> {
    config: &'a Config,
}

impl<'a> Urls<'a> {
    /// The URLs of a site so configured.
    pub fn new(config: &'a Config) -> Self {
        Urls { config }
    }

    /// `path` from the root, base path included.
    pub fn local(&self, path: &str) -> String {
        join_base(&self.config.base_path, &encode_path(path))
    }

    /// `path` as the world knows it: absolute where `language` has an origin, else as [`Urls::local`].
    pub fn public(&self, language: &Language, path: &str) -> String {
        format!(
            "{}{}",
            self.origin(language).unwrap_or_default(),
            self.local(path)
        )
    }

    /// `url`, which [`Urls::public`] made of a page in `to`, for a link on a page in `from`: absolute only where the two
    /// are served at different origins, so that a site tried out elsewhere does not lead to the published one.
    pub fn link<'u>(&self, from: &Language, to: &Language, url: &'u str) -> &'u str {
        match self.origin(to) {
            Some(origin) if self.origin(from) == Some(origin) => url.strip_prefix(origin).unwrap_or(url),
            _ => url,
        }
    }

    /// `https://host` where `language` is served, if that is configured.
    pub fn origin(&self, language: &Language) -> Option<&'a str> {
        let origin = self.config.languages.get(language)?.origin.as_deref()?;
        Some(origin.trim_end_matches('/'))
    }
}

/// The path of page `page` (from 1) of a language's list.
pub fn list_path(language: &Language, page: usize) -> String {
    match page {
        0 | 1 => format!("/{language}/"),
        _ => format!("/{language}/page/{page}/"),
    }
}

/// The path of the page of what is saved, told in a language.
pub fn saved_path(language: &Language) -> String {
    format!("/{language}/saved/")
}

/// The path of page `page` (from 1) of a language's feed.
pub fn feed_path(language: &Language, page: usize) -> String {
    match page {
        0 | 1 => format!("/{language}/feed.json"),
        _ => format!("/{language}/feed-{page}.json"),
    }
}

/// The path of a language's Atom feed.
pub fn atom_path(language: &Language) -> String {
    format!("/{language}/atom.xml")
}

/// The file that answers `path`: `/a/b/` and `/a/b` give `a/b/index.html`, `/a/b.html` gives `a/b.html`.
pub fn page_file(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.ends_with(".html") {
        return path.to_owned();
    }
    format!("{path}/index.html")
        .replace("//", "/")
        .trim_start_matches('/')
        .to_owned()
}

/// The file of a path that names a file: without its first slash.
pub fn file(path: &str) -> String {
    path.trim_start_matches('/').to_owned()
}

/// Whether `file` stays in the site's folder on every system: no empty part, no `.` or `..`, no backslash, no NUL.
pub fn is_inside(file: &str) -> bool {
    file.split('/')
        .all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_its_file() {
        for (path, answered_by) in [
            ("/", "index.html"),
            ("/a/b/", "a/b/index.html"),
            ("/a/b", "a/b/index.html"),
            ("/a/b.html", "a/b.html"),
            ("/a/index.html", "a/index.html"),
        ] {
            assert_eq!(page_file(path), answered_by, "{path}");
        }
    }

    #[test]
    fn no_path_leads_out_of_the_site() {
        for file in ["../a", "a/../b", "a//b", "", "/a", "a/./b", "a\\..\\b", "a\0"] {
            assert!(!is_inside(file), "{file:?}");
        }
        assert!(is_inside("2018/l’été/..a/index.html"));
    }
}
