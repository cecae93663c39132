//! `site.json`: what there is of a site before any post is read: its languages, titles, counts and the build.

use serde::{Deserialize, Serialize};

use crate::language::{Direction, Language};

/// `site.json`, at the root of the site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// [`crate::index::FORMAT_VERSION`] of the writer.
    pub version: u32,
    /// What was built: a digest of everything that readers can see, so that two builds of one tree are the same.
    pub build: String,
    /// Name and version of the program that wrote the site.
    pub generator: String,
    /// The path that the site stands under, with a slash at both ends: `/` or `/blog/`.
    pub base_path: String,
    /// Where a reader goes whose languages the site does not have.
    pub default_language: Language,
    /// Bytes that keeping the whole blog on a device takes, in every language; a picture that two of them show counts once.
    #[serde(default)]
    pub offline_bytes: u64,
    /// The languages, the default first, then as configured, else by tag.
    pub languages: Vec<SiteLanguage>,
    /// Every origin that is the site's own, as `https://host`: links to them stay in the reader.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<String>,
}

/// One language of a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteLanguage {
    /// Its tag.
    pub language: Language,
    /// Its own name for itself: `Français`.
    pub name: String,
    /// Which way it is written.
    pub direction: Direction,
    /// The blog's title in it, plain text.
    pub title: String,
    /// The blog's description in it, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The list of posts, from the root, base path included: `/blog/fr/`.
    pub url: String,
    /// The first page of its feed, from the root, base path included: `/blog/fr/feed.json`.
    pub feed_url: String,
    /// How many posts it has.
    pub posts: u32,
    /// How many of them have a translation.
    pub translated: u32,
    /// Bytes that keeping all of them on a device takes, pictures and index included.
    #[serde(default)]
    pub offline_bytes: u64,
}

impl SiteLanguage {
    /// The page that lists what is saved on the reader's device, from the root, base path included.
    pub fn saved_url(&self) -> String {
        let mut url = self.url.clone();
        url.push_str("saved/");
        url
    }
}

impl Site {
    /// The entry of `language`, or of one with the same primary language (`fr` answers for `fr-CA`).
    pub fn language(&self, language: &Language) -> Option<&SiteLanguage> {
        self.languages
            .iter()
            .find(|entry| entry.language == *language)
            .or_else(|| {
                self.languages
                    .iter()
                    .find(|entry| entry.language.primary() == language.primary())
            })
    }
}
