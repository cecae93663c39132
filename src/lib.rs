//! The reader: a multilingual blog in the browser, from JSON on a static host.
//!
//! What is on the screen is a function of the URL and of the files that the `passerelle` command wrote. A URL becomes
//! a [`routes::Route`], `data` fetches what it names, `state` holds what is shown, `pages` and `components` draw it;
//! `browser` is the only room that knows the browser's own interfaces.

pub mod app;
pub mod browser;
pub mod components;
pub mod data;
pub mod i18n;
pub mod pages;
pub mod routes;
pub mod state;

#[cfg(test)]
mod testing;

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
