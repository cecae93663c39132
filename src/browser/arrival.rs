//! What happens when a page is there: focus, and the place in it.

use content::render::fragment_id;
use leptos::prelude::{document, window};
use web_sys::Element;

use super::{focus, scroll};

/// The first page is there, as it came or in place of one that stood in for it, and nothing moves: the browser has led to
/// its place already. Only where the URL's fragment names a heading as its author did, the browser could not know it.
pub fn first() {
    let is_at_top = window().scroll_y().unwrap_or_default() == 0.0;
    match (fragment_target(), scroll::remembered()) {
        (Some(target), None) if is_at_top => scroll::to_element(&target),
        (_, Some(remembered)) if is_at_top => scroll::to(remembered),
        _ => {}
    }
    scroll::settle();
}

/// Another page is showing, or another place of the same one: at the top and on its heading; at the element that the
/// URL's fragment names; or, going back, where it was left.
pub fn next() {
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
