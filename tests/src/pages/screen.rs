//! What every page has, read in one go, so that it belongs together.

use anyhow::Result;
use content::url::path_key;
use serde::Deserialize;

use super::Reader;

/// The state of the page as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Screen {
    /// The path of the URL, percent-encoded as the browser has it.
    pub path: String,
    /// Query and fragment of the URL, each with its mark.
    pub search_and_hash: String,
    /// `<html lang>`.
    pub lang: String,
    /// `<html dir>`.
    pub dir: String,
    /// The document's title.
    pub title: String,
    /// The text of every h1 that is shown.
    pub headings: Vec<String>,
    /// Whether the reader runs, on the page that came as HTML or on one of its own, and nothing is on its way.
    pub is_live: bool,
}

const SCREEN: &str = r#"
    const shown = element => element.checkVisibility({ visibilityProperty: true });
    const root = document.documentElement;
    const main = [...document.querySelectorAll("main")].filter(shown);
    return {
        path: location.pathname,
        search_and_hash: location.search + location.hash,
        lang: root.lang,
        dir: root.dir,
        title: document.title,
        headings: [...document.querySelectorAll("h1")].filter(shown)
            .map(heading => heading.textContent.split(/\s+/u).filter(Boolean).join(" ")),
        is_live: document.readyState === "complete" && root.dataset.reader === "live"
            && main.length === 1 && main[0].getAttribute("aria-busy") !== "true",
    };
"#;

impl Screen {
    /// Reads it.
    ///
    /// # Errors
    /// When the driver fails, as between two documents.
    pub async fn of(reader: &Reader) -> Result<Self> {
        Ok(reader.session.execute(SCREEN, Vec::new()).await?.convert()?)
    }

    /// Whether this is the page at `path`, however it is encoded and whether or not it ends with a slash.
    pub fn is_at(&self, path: &str) -> bool {
        path_key(&self.path) == path_key(path)
    }

    /// The one heading of first level; `None` when there is none or more.
    pub fn heading(&self) -> Option<&str> {
        match self.headings.as_slice() {
            [heading] => Some(heading),
            _ => None,
        }
    }
}
