//! What happens when a page is there: focus, and the place in it.

use content::render::fragment_id;
use leptos::prelude::{document, window};
use web_sys::Element;

use super::{focus, prerendered, scroll};

/// The first page is showing: what came as HTML makes way for it, and nothing moves. After a reload it stands where it
/// was left; otherwise where the URL's fragment says, which the page that came could not know.
pub fn first() {
    let top = window().scroll_y().unwrap_or_default();
    prerendered::remove();
    match (fragment_target(), scroll::remembered()) {
        (Some(target), None) => scroll::to_element(&target),
        (_, Some(remembered)) if top == 0.0 => scroll::to(remembered),
        _ => scroll::to(top),
    }
    scroll::settle();
}

/// Another page is showing, or another place of the same one: at the top and on its heading; at the element that the
/// URL's fragment names; or, going back, where it was left.
pub fn next() {
    prerendered::remove();
    let target = fragment_target();
    match &target {
        Some(target) => focus::to(target),
        None => focus::to_heading(),
    }
    match (scroll::remembered(), &target) {
        (Some(top), _) => scroll::to(top),
        (None, Some(target)) => scroll::to_element(target),
        (None, None) => scroll::to(0.0),
    }
    scroll::settle();
}

/// The element that the fragment of the URL names: by its own id, or by the one that rendering gave it.
fn fragment_target() -> Option<Element> {
    let hash = window().location().hash().ok()?;
    let fragment = hash.strip_prefix('#').filter(|fragment| !fragment.is_empty())?;
    document()
        .get_element_by_id(fragment)
        .or_else(|| document().get_element_by_id(&fragment_id(fragment)))
}
