//! What the page and the browser say of where the reader runs.

use content::language::Language;
use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

/// The path that the site stands under, with a slash at both ends: `data-base` of `<html>`.
pub fn base_path() -> String {
    root_attribute("data-base").unwrap_or_else(|| "/".to_owned())
}

/// The path of the URL, encoded.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The language of the page as it is now: `lang` of `<html>`.
pub fn page_language() -> Option<Language> {
    root_attribute("lang")?.parse().ok()
}

/// The languages that the reader's browser asks for, the most wanted first.
pub fn languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Says on `<html>` that the reader runs: from now on it follows links itself.
pub fn say_live() {
    if let Some(root) = document().document_element() {
        // Refused only for a name that is not one.
        let _ = root.set_attribute("data-reader", "live");
    }
}

/// Whether the reader's browser is to spend as little data as it can (the Save-Data preference, where it is known).
pub fn saves_data() -> bool {
    let property = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    property(&window().navigator(), "connection")
        .filter(JsValue::is_object)
        .and_then(|connection| property(&connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy())
}

/// Loads the page that the URL names from the server, in place of what the reader shows or would show. Not by its URL:
/// one with a fragment is a place of the same page to browsers, which load nothing for it.
pub fn reload() {
    // A browser that refuses leaves the page as it is, with its links.
    let _ = window().location().reload();
}

fn root_attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}
