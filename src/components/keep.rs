//! To keep a post on the device, in all its languages, and to remove it again.

use std::sync::Arc;

use content::site::Site;
use leptos::prelude::*;

use super::plain::{Button, group, live, paragraph};
use crate::{
    browser::worker,
    i18n::{Interface, why_not_saved},
    state::Offline,
};

/// Draws the action for the post at `path`, which takes `bytes` in all its languages, once it is known what is kept;
/// before, and where nothing can be kept, nothing.
pub fn keep(offline: Offline, site: Arc<Site>, interface: Interface, path: String, bytes: u64) -> AnyView {
    let words = interface.words;
    live(move || {
        let Some(kept) = offline.kept(&site.origins) else {
            return ().into_any();
        };
        let is_kept = kept.is_whole(&path);
        let label = if offline.text("busy").split(' ').any(|busy| busy == path) {
            words.saving.to_owned()
        } else if is_kept {
            words.remove.to_owned()
        } else {
            (words.save)(&(words.size)(kept.lacking(&path, bytes)))
        };
        let said = if offline.text("failed") == path {
            why_not_saved(&offline.text("why"), words)
        } else if is_kept {
            words.is_saved
        } else {
            ""
        };
        let path = path.clone();
        // One button whose label changes, so that focus stays on it.
        let button =
            Button::new(label).doing(move || worker::act(if is_kept { "forget" } else { "keep" }, &path));
        let said = paragraph("keep-said", Some("status"), said.to_owned());
        group("keep-action", interface.lang, vec![button, said])
    })
}
