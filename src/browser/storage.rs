//! What is remembered between visits. Storage may be forbidden or full, and throws then: the reader does without.

use leptos::prelude::window;
use web_sys::Storage;

/// What was remembered under `key`, in this tab and since it was opened.
pub fn get_for_session(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok()?
}

/// Remembers `value` under `key` for as long as this tab is open, where the browser lets it.
pub fn set_for_session(key: &str, value: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// What was remembered under `key`.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Remembers `value` under `key`, where the browser lets it.
pub fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // Refused: the choice holds for as long as the page is open, by its URL.
        let _ = storage.set_item(key, value);
    }
}

fn session_storage() -> Option<Storage> {
    window().session_storage().ok()?
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_was_remembered_comes_back() {
        set("test/a", "fr");
        set_for_session("test/b", "[]");
        assert_eq!(get("test/a").as_deref(), Some("fr"));
        assert_eq!(get_for_session("test/b").as_deref(), Some("[]"));
        assert_eq!(get("test/never"), None);
    }
}
