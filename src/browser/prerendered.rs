//! The page that came as HTML, in `#prerendered`: it is read until the reader's own page is there to take its place.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::focus;

/// Whether there is one.
pub fn is_there() -> bool {
    page().is_some_and(|page| page.has_child_nodes())
}

/// A place on it for a notice, between its header and its content. `None` when it is not there.
pub fn place_for_notice() -> Option<HtmlElement> {
    let main = page()?.query_selector("main").ok()??;
    let place = document().create_element("div").ok()?;
    let _ = place.set_attribute("role", "status");
    main.parent_node()?.insert_before(&place, Some(&main)).ok()?;
    place.dyn_into().ok()
}

/// Removes it. Focus that was on one of its links goes to the same link of the reader's page; other focus inside it,
/// to the heading.
pub fn remove() {
    let Some(page) = page() else {
        return;
    };
    let focused = document()
        .active_element()
        .filter(|element| page.contains(Some(element)));
    page.remove();
    if let Some(focused) = focused {
        match same_link(&focused) {
            Some(link) => focus::to(&link),
            None => focus::to_heading(),
        }
    }
}

fn page() -> Option<Element> {
    document().get_element_by_id("prerendered")
}

/// The link of the reader's page that leads where `element` leads.
fn same_link(element: &Element) -> Option<Element> {
    let href = element.get_attribute("href")?;
    let links = document().query_selector_all("#app a[href]").ok()?;
    (0..links.length())
        .filter_map(|n| links.item(n)?.dyn_into::<Element>().ok())
        .find(|link| link.get_attribute("href").as_ref() == Some(&href))
}
