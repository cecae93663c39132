//! The URL as a signal: links are followed without a reload, and going back and forward too.
//!
//! The reader has its own, small router, since it needs one wildcard route and every push: `leptos_router` 0.8.17
//! leaves out the push when a link leads to the page that stands last in its own list of visited pages, which after
//! going back and forward is not the page that is shown; it also scrolls to the top before the new page is there.

use content::url::path_key;
use leptos::{
    ev,
    prelude::{
        GetUntracked, GetValue, Memo, RwSignal, Set, SetValue, StoredValue, With, on_cleanup, window,
        window_event_listener,
    },
};
use wasm_bindgen::JsValue;
use web_sys::MouseEvent;

use super::{arrival, environment::path, links, scroll};

/// The browser's history. A handle: copies share what they hold.
#[derive(Clone, Copy)]
pub struct History {
    current: RwSignal<String>,
    page: Memo<String>,
    has_moved: StoredValue<bool>,
    has_come: StoredValue<bool>,
}

/// How a URL enters the history.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    New,
    Same,
}

impl History {
    /// Listens to clicks on links under `base_path` and to going back and forward, until the owner is cleaned up.
    pub fn start(base_path: String) -> History {
        let current = RwSignal::new(path());
        // One page has one path here, however a URL writes it, so that a slash or a fragment opens nothing anew.
        let page = Memo::new_with_compare(
            move |_| current.with(Clone::clone),
            |before, now| before.map(|path| path_key(path)) != now.map(|path| path_key(path)),
        );
        let history = History {
            current,
            page,
            has_moved: StoredValue::new(false),
            has_come: StoredValue::new(true),
        };
        scroll::start();
        let listeners = [
            window_event_listener(ev::click, move |event| history.follow(&event, &base_path)),
            window_event_listener(ev::popstate, move |_| history.traverse()),
        ];
        on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
        history
    }

    /// The path of the page that the URL names, encoded, base path included. It does not change while the URL names
    /// another place of the same page.
    pub fn path(self) -> Memo<String> {
        self.page
    }

    /// Whether the reader went anywhere since the page was loaded.
    pub fn has_moved(self) -> bool {
        self.has_moved.get_value()
    }

    /// What the URL names has come, or could not: then a link to it is the browser's, which asks for it again.
    pub fn say_come(self, has_come: bool) {
        self.has_come.set_value(has_come);
    }

    /// Goes to `url`, from the root.
    pub fn go(self, url: &str) {
        self.has_moved.set_value(true);
        self.enter(url, Entry::New);
    }

    /// Goes to `url`, from the root, in place of the current entry.
    pub fn replace(self, url: &str) {
        self.enter(url, Entry::Same);
    }

    /// Goes to where a clicked link leads, when that is a page of the site; leaves all else to the browser.
    fn follow(self, event: &MouseEvent, base_path: &str) {
        let Some(url) = links::followed(event, base_path) else {
            return;
        };
        let is_shown = links::is_shown(&url);
        // A place of the page that is shown: the browser goes there, moves focus and makes an entry.
        if is_shown && (!url.hash().is_empty() || !self.has_come.get_value()) {
            return;
        }
        event.prevent_default();
        self.has_moved.set_value(true);
        let entry = if is_shown { Entry::Same } else { Entry::New };
        self.enter(
            &format!("{}{}{}", url.pathname(), url.search(), url.hash()),
            entry,
        );
    }

    /// The reader went back or forward.
    fn traverse(self) {
        self.has_moved.set_value(true);
        self.arrive_at(path());
    }

    fn enter(self, url: &str, entry: Entry) {
        let Ok(history) = window().history() else {
            return;
        };
        let entered = match entry {
            Entry::New => history.push_state_with_url(&JsValue::NULL, "", Some(url)),
            Entry::Same => history.replace_state_with_url(&JsValue::NULL, "", Some(url)),
        };
        if entered.is_err() {
            // Browsers refuse too many entries in too short a time; a load of the page is always allowed.
            let _ = window().location().set_href(url);
            return;
        }
        self.arrive_at(path());
    }

    /// The URL has changed: to another page, which will say when it is there, or within this one.
    fn arrive_at(self, path: String) {
        let is_same_page = path_key(&path) == path_key(&self.current.get_untracked());
        self.current.set(path);
        if !is_same_page {
            scroll::unsettle();
        } else if scroll::is_settled() {
            arrival::within();
        }
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod walking {
    use super::*;
    use crate::testing::{Drawn, draw, site};
    use leptos::{prelude::*, task::tick};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// A page with links, whose history is followed.
    async fn page() -> (Drawn, History) {
        let slot = StoredValue::new(None);
        let drawn = draw(site(), "en", move || {
            slot.set_value(Some(History::start("/blog/".to_owned())));
            ["/blog/en/", "/blog/en/a/", "/blog/fr/a/"].map(|url| view! { <a href=url>{url}</a> })
        })
        .await;
        let history = slot.get_value().unwrap();
        history.replace("/blog/en/");
        (drawn, history)
    }

    fn follow(page: &Drawn, url: &str) {
        page.one(&format!("a[href='{url}']")).click();
    }

    /// Goes `steps` and waits until the history says that it is at `url`.
    async fn go(steps: i32, url: &str) {
        window().history().unwrap().go_with_delta(steps).unwrap();
        for _ in 0..1000 {
            if path() == url {
                return;
            }
            next_task().await;
        }
        panic!("{} is not {url}", path());
    }

    async fn next_task() {
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            let _ = window().set_timeout_with_callback(&resolve);
        });
        wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
        tick().await;
    }

    #[wasm_bindgen_test]
    async fn a_link_to_a_page_is_followed_without_a_reload() {
        let (page, history) = page().await;
        follow(&page, "/blog/en/a/");
        assert_eq!(
            (path().as_str(), history.path().get_untracked().as_str()),
            ("/blog/en/a/", "/blog/en/a/")
        );
        assert!(history.has_moved());
    }

    /// After going back and forward, `leptos_router` 0.8.17 shows the page and leaves the URL as it was.
    #[wasm_bindgen_test]
    async fn a_link_followed_after_going_back_and_forward_changes_the_url() {
        let (page, history) = page().await;
        follow(&page, "/blog/en/a/");
        follow(&page, "/blog/fr/a/");
        go(-1, "/blog/en/a/").await;
        go(1, "/blog/fr/a/").await;
        follow(&page, "/blog/en/a/");
        assert_eq!(
            (path().as_str(), history.path().get_untracked().as_str()),
            ("/blog/en/a/", "/blog/en/a/")
        );
    }

    #[wasm_bindgen_test]
    async fn another_spelling_of_the_same_page_opens_nothing_anew() {
        let (_page, history) = page().await;
        let path = history.path();
        let opened = ArcMemo::new(move |before: Option<&u32>| {
            path.get();
            before.map_or(1, |opened| opened + 1)
        });
        for (url, count) in [
            ("/blog/en/", 1),
            ("/blog/en", 1),
            ("/blog/en/index.html", 1),
            ("/blog/fr/", 2),
        ] {
            history.replace(url);
            assert_eq!(opened.get_untracked(), count, "{url}");
        }
    }
}
