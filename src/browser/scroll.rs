//! Where the window stands, remembered for each history entry, so that going back and reloading return to it.
//!
//! The browser would restore it too early: before a late body is there. Each entry's state is a number that names it;
//! an entry without one has not been seen.

use std::cell::RefCell;

use js_sys::Math;
use leptos::{
    ev,
    prelude::{on_cleanup, window, window_event_listener},
};
use web_sys::{Element, ScrollBehavior, ScrollRestoration, ScrollToOptions};

use super::storage;

/// Where the places are kept while the page is loaded again.
const KEY: &str = "passerelle/places";

/// How many places are kept: more than anyone goes back.
const KEPT: usize = 200;

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
}

/// How far down, in whole CSS pixels, each entry was left.
#[derive(Default)]
struct Places {
    /// The entry that what is on the screen belongs to; `None` while the current entry waits for its page.
    shown: Option<u32>,
    top: Vec<(u32, i32)>,
}

/// Takes scroll restoration from the browser, until the owner is cleaned up.
pub fn start() {
    restore_by(ScrollRestoration::Manual);
    let kept = storage::get_for_session(KEY).unwrap_or_default();
    PLACES.with_borrow_mut(|places| places.top = read(&kept));
    let listeners = [
        window_event_listener(ev::scroll, |_| remember()),
        // The page that the server sends is there at once: the browser returns to its place better than we could.
        window_event_listener(ev::pagehide, |_| {
            keep();
            restore_by(ScrollRestoration::Auto);
        }),
        window_event_listener(ev::pageshow, |_| restore_by(ScrollRestoration::Manual)),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
}

/// The current entry has changed: what is on the screen is not its own.
pub fn unsettle() {
    PLACES.with_borrow_mut(|places| places.shown = None);
}

/// What is on the screen belongs to the current entry from now on.
pub fn settle() {
    let entry = current().unwrap_or_else(name_current);
    PLACES.with_borrow_mut(|places| places.shown = Some(entry));
    remember();
}

/// Whether what is on the screen belongs to the current entry.
pub fn is_settled() -> bool {
    PLACES.with_borrow(|places| places.shown.is_some())
}

/// Where the current entry was left, when it was seen before.
pub fn remembered() -> Option<f64> {
    let entry = current()?;
    PLACES.with_borrow(|places| {
        let place = places.top.iter().find(|(known, _)| *known == entry);
        place.map(|(_, top)| f64::from(*top))
    })
}

/// Scrolls at once, whatever the style says of smoothness.
pub fn to(top: f64) {
    let options = ScrollToOptions::new();
    options.set_top(top);
    options.set_behavior(ScrollBehavior::Instant);
    window().scroll_to_with_scroll_to_options(&options);
}

/// Brings `element` to the top, below its scroll margin.
pub fn to_element(element: &Element) {
    element.scroll_into_view();
}

fn remember() {
    let Ok(top) = window().scroll_y() else {
        return;
    };
    PLACES.with_borrow_mut(|places| {
        let Some(entry) = places.shown else {
            return;
        };
        // Last, since it is the one that was seen last.
        places.top.retain(|(known, _)| *known != entry);
        places.top.push((entry, top.round() as i32));
    });
}

fn keep() {
    PLACES.with_borrow_mut(|places| {
        let oldest = places.top.len().saturating_sub(KEPT);
        places.top.drain(..oldest);
        storage::set_for_session(KEY, &write(&places.top));
    });
}

/// Places as text: `entry:top`, with spaces between them.
fn write(places: &[(u32, i32)]) -> String {
    let mut text = String::new();
    for (entry, top) in places {
        for part in [&entry.to_string(), ":", &top.to_string(), " "] {
            text.push_str(part);
        }
    }
    text
}

/// What [`write`] wrote; whatever else stands in the storage is no place.
fn read(text: &str) -> Vec<(u32, i32)> {
    let place = |text: &str| {
        let (entry, top) = text.split_once(':')?;
        Some((entry.parse().ok()?, top.parse().ok()?))
    };
    text.split_ascii_whitespace().filter_map(place).collect()
}

/// The name of the current entry, when it has one.
fn current() -> Option<u32> {
    let state = window().history().ok()?.state().ok()?.as_f64()?;
    // What another script may have put there is no name of ours.
    (state >= 0.0 && state <= f64::from(u32::MAX) && state.fract() == 0.0).then_some(state as u32)
}

fn name_current() -> u32 {
    let name = (Math::random() * f64::from(u32::MAX)) as u32;
    if let Ok(history) = window().history() {
        // Refused when asked too often: the entry is not found again, and opens at its top.
        let _ = history.replace_state(&name.into(), "");
    }
    name
}

fn restore_by(how: ScrollRestoration) {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(how);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn places_are_read_as_they_were_written() {
        let places = [(u32::MAX, 0), (7, -3), (0, 12_345)];
        assert_eq!(read(&write(&places)), places);
        assert_eq!(read(""), []);
        for other in ["{}", "7", "7:", ":3", "-1:3", "null", "7:1.5"] {
            assert_eq!(read(other), [], "{other}");
        }
        assert_eq!(read("x 7:3 {"), [(7, 3)]);
    }
}
