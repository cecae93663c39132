//! The service worker, through the page's end of it (`public/offline.js`). Where that is not there, nothing is told and
//! nothing is done.

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = passerelle)]
extern "C" {
    #[wasm_bindgen(catch, js_name = number)]
    fn js_number(name: &str) -> Result<f64, JsValue>;
    #[wasm_bindgen(catch, js_name = text)]
    fn js_text(name: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(catch, js_name = act)]
    fn js_act(name: &str, argument: &str) -> Result<(), JsValue>;
}

/// What the worker tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// What [`number`] and [`text`] give has changed.
    State,
    /// The index is another than it was.
    Index,
}

/// Tells `tell` what the worker tells, until the owner is cleaned up.
pub fn listen(tell: impl Fn(News) + Clone + 'static) {
    let listeners = [("passerelle", News::State), ("passerelle-index", News::Index)].map(|(event, news)| {
        let tell = tell.clone();
        window_event_listener_untyped(event, move |_| tell(news))
    });
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
}

/// A number of the state; 0 where there is none.
pub fn number(name: &str) -> u64 {
    // No number of bytes or posts is near the end of what a double counts.
    js_number(name).unwrap_or_default() as u64
}

/// A text of the state; empty where there is none.
pub fn text(name: &str) -> String {
    js_text(name).unwrap_or_default()
}

/// Has the page's end of the worker do something; what comes of it is told.
pub fn act(name: &str, argument: &str) {
    let _ = js_act(name, argument);
}
