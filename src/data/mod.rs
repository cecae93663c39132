//! The only room that fetches: `site.json`, pages of the index, posts. What was read once is kept, so that going back
//! is at once; what may be read next is fetched ahead.

mod documents;
mod error;
mod fetch;
pub mod json;
mod request;

use std::{collections::HashMap, sync::Arc};

use content::{
    index::Feed,
    post::PostDocument,
    site::{Site, SiteLanguage},
    url::{data_path, path_key},
};
use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};
use leptos::{prelude::*, task::spawn_local};

use fetch::Priority;

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
    /// What is saved on the device, which the service worker tells.
    Saved,
}

/// A page that was asked for before anyone went to it. Who goes to it meanwhile waits for the same answer.
type Coming = Shared<LocalBoxFuture<'static, Result<Content, DataError>>>;

/// What was fetched, by the key of its URL. A handle: copies share what they hold.
#[derive(Clone, Copy)]
pub struct Data {
    kept: StoredValue<HashMap<String, Content>>,
    /// How often all was forgotten: what was asked for before is not kept.
    forgotten: StoredValue<u32>,
    /// What was asked for ahead: once each, so `None` when the answer is there.
    ahead: StoredValue<HashMap<String, Option<Coming>>, LocalStorage>,
}

impl Default for Data {
    fn default() -> Self {
        Data {
            kept: StoredValue::new(HashMap::new()),
            forgotten: StoredValue::new(0),
            ahead: StoredValue::new_local(HashMap::new()),
        }
    }
}

impl Data {
    /// What `route` names, when it was fetched before.
    pub fn known(self, route: &Route, site: &Site) -> Option<Content> {
        if let Route::Saved { .. } = route {
            return Some(Content::Saved);
        }
        let key = path_key(&url_of(route, site)?);
        self.kept.with_value(|kept| kept.get(&key).cloned())
    }

    /// What `route` names, fetched: by the request that is on its way already, where there is one.
    /// [`DataError::Missing`] where it names nothing.
    pub async fn open(self, route: &Route, site: &Site, signal: &Signal) -> Result<Content, DataError> {
        let url = url_of(route, site).ok_or(DataError::Missing)?;
        let key = path_key(&url);
        let coming = self.ahead.with_value(|ahead| ahead.get(&key).cloned().flatten());
        if let Some(coming) = coming {
            return coming.await;
        }
        // It is not to be asked for ahead, too, while this request is in flight.
        self.ahead
            .update_value(|ahead| drop(ahead.insert(key.clone(), None)));
        let forgotten = self.forgotten.get_value();
        let content = fetch_content(route, &url, signal, Priority::Now).await?;
        self.keep(key, content.clone(), forgotten);
        Ok(content)
    }

    /// Fetches what `route` names, in case that the reader goes there: once, and behind what is wanted now.
    pub fn open_ahead(self, route: Route, site: &Site) {
        let Some(url) = url_of(&route, site) else {
            return;
        };
        let key = path_key(&url);
        let is_known = self.kept.with_value(|kept| kept.contains_key(&key));
        if is_known || self.ahead.with_value(|ahead| ahead.contains_key(&key)) {
            return;
        }
        let coming = async move {
            let (_request, signal) = Request::new();
            fetch_content(&route, &url, &signal, Priority::Ahead).await
        };
        let coming: Coming = coming.boxed_local().shared();
        self.ahead
            .update_value(|ahead| drop(ahead.insert(key.clone(), Some(coming.clone()))));
        let forgotten = self.forgotten.get_value();
        spawn_local(async move {
            let answer = coming.await;
            self.ahead
                .update_value(|ahead| drop(ahead.insert(key.clone(), None)));
            if let Ok(content) = answer {
                self.keep(key, content, forgotten);
            }
        });
    }

    /// Forgets what was fetched.
    pub fn forget(self) {
        self.kept.update_value(HashMap::clear);
        self.forgotten.update_value(|times| *times += 1);
    }

    fn keep(self, key: String, content: Content, forgotten: u32) {
        if self.forgotten.get_value() != forgotten {
            return;
        }
        self.kept.update_value(|kept| {
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(key, content);
        });
    }
}

async fn fetch_content(
    route: &Route,
    url: &str,
    signal: &Signal,
    priority: Priority,
) -> Result<Content, DataError> {
    match route {
        Route::Home | Route::Saved { .. } => Err(DataError::Missing),
        Route::List { .. } => {
            let feed = fetch::document(url, signal, priority).await?;
            Ok(Content::List(Arc::new(feed)))
        }
        Route::Post { .. } => {
            let post = fetch::post(url, signal, priority).await?;
            Ok(Content::Post(Arc::new(post)))
        }
    }
}

/// `site.json` of the site under `base_path`.
pub async fn site(base_path: &str, signal: &Signal) -> Result<Site, DataError> {
    fetch::document(&format!("{base_path}site.json"), signal, Priority::Now).await
}

/// Whether the server has a page at `path` that is not one of the reader's: an earlier URL of a post, which leads on, or
/// a page that was never a post.
pub async fn has_other_page(path: &str, signal: &Signal) -> bool {
    fetch::has_page(path, signal).await
}

/// Where the data of a page stands.
fn url_of(route: &Route, site: &Site) -> Option<String> {
    match route {
        Route::Home | Route::Saved { .. } => None,
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
