//! The service worker, through the page's end of it (`public/offline.js`). Where that is not there, nothing is told.

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = passerelle)]
extern "C" {
    #[wasm_bindgen(catch, js_name = isOffline)]
    fn js_is_offline() -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = hasNewer)]
    fn js_has_newer() -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = news)]
    fn js_news() -> Result<String, JsValue>;
    #[wasm_bindgen(catch, js_name = look)]
    fn js_look() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = useNewer)]
    fn js_use_newer() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = dismiss)]
    fn js_dismiss(notice: &str) -> Result<(), JsValue>;
}

/// What the worker tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// What the functions here give has changed.
    State,
    /// The index is another than it was.
    Index,
}

/// A notice that can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// There is a new version.
    Version,
    /// There are new posts.
    Posts,
}

/// Tells `tell` what the worker tells, until the owner is cleaned up.
pub fn listen(tell: impl Fn(News) + Clone + 'static) {
    let listeners = [("passerelle", News::State), ("passerelle-index", News::Index)].map(|(event, news)| {
        let tell = tell.clone();
        window_event_listener_untyped(event, move |_| tell(news))
    });
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
}

/// Whether the network is gone.
pub fn is_offline() -> bool {
    js_is_offline().unwrap_or_default()
}

/// Whether another version of the reader than this one is ready.
pub fn has_newer() -> bool {
    js_has_newer().unwrap_or_default()
}

/// The path of the feed that has posts that it had not; empty for none.
pub fn news() -> String {
    js_news().unwrap_or_default()
}

/// Looks for a new version, where that was not done for an hour.
pub fn look() {
    let _ = js_look();
}

/// Loads the page again with the new version.
pub fn use_newer() {
    let _ = js_use_newer();
}

/// Takes a notice away, until there is something new.
pub fn dismiss(notice: Notice) {
    let _ = js_dismiss(match notice {
        Notice::Version => "hasNewer",
        Notice::Posts => "news",
    });
}
