//! The index: JSON Feed 1.1, one feed a language, newest first, paged with `next_url`.
//!
//! Source of the format: <https://www.jsonfeed.org/version/1.1/>. What the standard lacks stands in `_passerelle`
//! objects, which any feed reader passes over. `docs/index-format.md` describes every member.

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// The version of JSON Feed that is written.
pub const JSON_FEED_VERSION: &str = "https://jsonfeed.org/version/1.1";

/// The version of Passerelle's own members: of `_passerelle`, of `site.json` and of a post's JSON. A reader refuses a
/// greater one, since it may mean something else by the same name; a member that it does not know it passes over.
pub const FORMAT_VERSION: u32 = 1;

/// One page of one language's index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    /// Always [`JSON_FEED_VERSION`] when written.
    pub version: String,
    /// The blog's title in this language, plain text.
    pub title: String,
    /// The blog's description in this language, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The list that this feed is the data of.
    pub home_page_url: String,
    /// This page of the feed itself.
    pub feed_url: String,
    /// The page with the next older posts; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_url: Option<String>,
    /// The language of every item.
    pub language: Language,
    /// The posts, newest first.
    pub items: Vec<Item>,
    /// What JSON Feed lacks.
    #[serde(rename = "_passerelle")]
    pub passerelle: FeedExtension,
}

/// What JSON Feed lacks of a page of the index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedExtension {
    /// [`FORMAT_VERSION`] of the writer.
    pub version: u32,
    /// Which page this is, from 1, the newest.
    pub page: u32,
    /// How many pages this language has, at least 1.
    pub pages: u32,
    /// How many posts this language has, on all pages together.
    pub posts: u32,
}

/// One post, as the index and the post's own JSON know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The permalink, again: JSON Feed wants an id that never changes.
    pub id: String,
    /// The permalink: absolute where the language has an origin, else from the root, base path included;
    /// percent-encoded.
    pub url: String,
    /// Plain text.
    pub title: String,
    /// The description, else the beginning of the post: plain text.
    pub content_text: String,
    /// The main image: in the index as [`Item::url`] is written where it is the site's own, in the post's own JSON from the
    /// root; absolute where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// RFC 3339 with the author's own offset (`Z` where the author wrote none), so that its first ten characters are
    /// the author's calendar day.
    pub date_published: String,
    /// Who wrote it, as the author wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    /// Categories and tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The post's language.
    pub language: Language,
    /// What JSON Feed lacks.
    #[serde(rename = "_passerelle")]
    pub passerelle: ItemExtension,
}

impl Item {
    /// Bytes that keeping the post in all its languages takes.
    pub fn offline_bytes(&self) -> u64 {
        let twins = self.passerelle.translations.iter().map(|twin| twin.offline_bytes);
        self.passerelle.offline_bytes + twins.sum::<u64>()
    }

    /// The author's calendar day, `YYYY-MM-DD`; empty where the date is malformed.
    pub fn day(&self) -> &str {
        self.date_published.get(..10).unwrap_or_default()
    }
}

/// JSON Feed's author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Free text, as in the front matter.
    pub name: String,
}

/// What JSON Feed lacks of a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemExtension {
    /// The title as safe inline HTML, where it has more than text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_html: Option<String>,
    /// The description as safe inline HTML, where it has more than text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description_html: Option<String>,
    /// The text of `image`, plain; empty when the picture only decorates.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub image_text: String,
    /// Width and height of `image` in pixels, where its file was at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_size: Option<(u32, u32)>,
    /// In the index: a digest of the post's JSON, the first 16 hexadecimal digits of its SHA-256, so that a device knows
    /// whether what it keeps is what is published. Absent in the post's own JSON, which cannot hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Minutes that reading takes, at least 1.
    pub reading_minutes: u32,
    /// Bytes that keeping the post on a device takes: its JSON and the pictures of it that are the site's own.
    #[serde(default)]
    pub offline_bytes: u64,
    /// The same post in the other languages, in the site's order of languages; only posts that are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Translation>,
    /// The post's own JSON.
    pub data_url: String,
}

/// A post's twin in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// Its language.
    pub language: Language,
    /// Its permalink, written as [`Item::url`] is.
    pub url: String,
    /// Bytes that keeping it, too, takes besides: pictures that the post or an earlier twin shows count once.
    #[serde(default)]
    pub offline_bytes: u64,
}
