//! Where the keyboard and the screen reader stand.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// Moves focus to `element` without scrolling; an element that takes none is made to.
pub fn to(element: &Element) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else {
        return;
    };
    if element.tab_index() < 0 && !element.has_attribute("tabindex") {
        // Refused only for a name that is not one.
        let _ = element.set_attribute("tabindex", "-1");
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Moves focus to the page's heading, which a screen reader then says: the announcement of a new page.
pub fn to_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1") {
        to(&heading);
    }
}

/// Moves focus to the element of that id.
pub fn to_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        to(&element);
    }
}

/// Moves focus past the header.
pub fn to_main() {
    if let Some(main) = document().get_element_by_id("main") {
        main.scroll_into_view();
        to(&main);
    }
}
