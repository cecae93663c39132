//! Where everything stands, as the world knows it: URLs with base path and origin.

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
