//! The only room that fetches: `site.json`, pages of the index, posts. What was read once is kept, so that going back
//! is at once.

mod error;
mod fetch;
mod request;

use std::{collections::HashMap, sync::Arc};

use content::{
    index::Feed,
    post::PostDocument,
    site::{Site, SiteLanguage},
    url::{data_path, path_key},
};
use leptos::prelude::*;

pub use error::DataError;
pub use request::{Request, Signal};

use crate::routes::Route;

/// How many pages are kept. A reader seldom goes back further, and a phone has other uses for its memory.
const KEPT: usize = 60;

/// What a page is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A page of a language's index.
    List(Arc<Feed>),
    /// A post.
    Post(Arc<PostDocument>),
}

/// What was fetched, by the key of its URL. A handle: copies share what they hold.
#[derive(Clone, Copy)]
pub struct Data {
    kept: StoredValue<HashMap<String, Content>>,
}

impl Default for Data {
    fn default() -> Self {
        Data {
            kept: StoredValue::new(HashMap::new()),
        }
    }
}

impl Data {
    /// What `route` names, when it was fetched before.
    pub fn known(self, route: &Route, site: &Site) -> Option<Content> {
        let key = path_key(&url_of(route, site)?);
        self.kept.with_value(|kept| kept.get(&key).cloned())
    }

    /// What `route` names, fetched. [`DataError::Missing`] where it names nothing.
    pub async fn open(self, route: &Route, site: &Site, signal: &Signal) -> Result<Content, DataError> {
        let url = url_of(route, site).ok_or(DataError::Missing)?;
        let content = match route {
            Route::Home => return Err(DataError::Missing),
            Route::List { .. } => Content::List(Arc::new(fetch::document(&url, signal).await?)),
            Route::Post { .. } => Content::Post(Arc::new(fetch::post(&url, signal).await?)),
        };
        self.keep(path_key(&url), content.clone());
        Ok(content)
    }

    fn keep(self, key: String, content: Content) {
        self.kept.update_value(|kept| {
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(key, content);
        });
    }
}

/// `site.json` of the site under `base_path`.
pub async fn site(base_path: &str, signal: &Signal) -> Result<Site, DataError> {
    fetch::document(&format!("{base_path}site.json"), signal).await
}

/// Whether the server has a page at `path` that is not one of the reader's: an earlier URL of a post, which leads on, or
/// a page that was never a post.
pub async fn has_other_page(path: &str, signal: &Signal) -> bool {
    fetch::has_page(path, signal).await
}

/// Where the data of a page stands.
fn url_of(route: &Route, site: &Site) -> Option<String> {
    match route {
        Route::Home => None,
        Route::List { language, page } => Some(feed_url(site.language(language)?, *page)),
        Route::Post { path } => Some(data_path(path)),
    }
}

/// Page `page` of a language's feed: `feed.json`, `feed-2.json`, …
fn feed_url(entry: &SiteLanguage, page: u32) -> String {
    match entry.feed_url.strip_suffix(".json") {
        Some(stem) if page > 1 => format!("{stem}-{page}.json"),
        _ => entry.feed_url.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::site;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn every_page_has_its_data() {
        let site = site();
        for (path, data) in [
            ("/blog/fr/", Some("/blog/fr/feed.json")),
            ("/blog/fr/page/2/", Some("/blog/fr/feed-2.json")),
            ("/blog/2018/x", Some("/blog/2018/x/index.json")),
            ("/blog/2018/x.html", Some("/blog/2018/x.json")),
            ("/blog/", None),
        ] {
            assert_eq!(
                url_of(&Route::parse(path, &site), &site).as_deref(),
                data,
                "{path}"
            );
        }
    }
}
