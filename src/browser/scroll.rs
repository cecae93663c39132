//! Where the window stands, remembered for each history entry, so that going back and reloading return to it.
//!
//! The browser would restore it too early: before a late body is there. Each entry's state is a number that names it;
//! an entry without one has not been seen.

use std::{cell::RefCell, collections::HashMap};

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

/// How far down, in CSS pixels, each entry was left.
#[derive(Default)]
struct Places {
    /// The entry that what is on the screen belongs to; `None` while the current entry waits for its page.
    shown: Option<u32>,
    top: HashMap<u32, f64>,
}

/// Takes scroll restoration from the browser, until the owner is cleaned up.
pub fn start() {
    restore_by(ScrollRestoration::Manual);
    let kept = storage::get_for_session(KEY).and_then(|text| serde_json::from_str(&text).ok());
    PLACES.with_borrow_mut(|places| places.top = kept.unwrap_or_default());
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
    PLACES.with_borrow(|places| places.top.get(&entry).copied())
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
        if let Some(entry) = places.shown {
            places.top.insert(entry, top);
        }
    });
}

fn keep() {
    PLACES.with_borrow_mut(|places| {
        if places.top.len() > KEPT {
            places.top.retain(|entry, _| Some(*entry) == places.shown);
        }
        if let Ok(text) = serde_json::to_string(&places.top) {
            storage::set_for_session(KEY, &text);
        }
    });
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
