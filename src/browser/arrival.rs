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

/// Another place of the page that is shown: as [`next`]; where the URL's fragment names nothing, the reader stays.
pub fn within() {
    if scroll::remembered().is_some() || fragment().is_none() || fragment_target().is_some() {
        next();
    }
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

/// The element that the fragment of the URL names: by its own id, or by the one that rendering gave it. What it is folded
/// away in is opened, as browsers do (HTML, "ancestor revealing algorithm").
fn fragment_target() -> Option<Element> {
    let fragment = fragment()?;
    let target = document()
        .get_element_by_id(&fragment)
        .or_else(|| document().get_element_by_id(&fragment_id(&fragment)))?;
    while let Ok(Some(details)) = target.closest("details:not([open])") {
        // Refused only for a name that is not one.
        details.set_attribute("open", "").ok()?;
    }
    Some(target)
}

fn fragment() -> Option<String> {
    let hash = window().location().hash().ok()?;
    let fragment = hash.strip_prefix('#')?;
    (!fragment.is_empty()).then(|| fragment.to_owned())
}
