//! To keep a post on the device, in all its languages, and to remove it again.

use leptos::prelude::*;

use crate::{
    browser::worker,
    i18n::{Interface, why_not_saved},
    state::{Offline, use_site},
};

/// Draws the action for the post at `path`, once it is known what is kept; before, and where nothing can be kept, nothing.
#[component]
pub fn Keep(
    /// The path of the post, from the root.
    path: String,
    /// Bytes that it takes in all its languages.
    bytes: u64,
    /// The interface of the post's page.
    interface: Interface,
) -> impl IntoView {
    let offline = use_context::<Offline>()?;
    let site = use_site();
    let words = interface.words;
    let action = move || {
        let kept = offline.kept()?;
        let told = offline.told();
        let is_kept = kept.is_whole(&path, &site.origins);
        let label = if told.busy == path {
            words.saving.to_owned()
        } else if is_kept {
            words.remove.to_owned()
        } else {
            (words.save)(&(words.size)(kept.lacking(&path, bytes, &site.origins)))
        };
        let said = if told.failed == path {
            why_not_saved(&told.why, words)
        } else if is_kept {
            words.is_saved
        } else {
            ""
        };
        let path = path.clone();
        let act = move |_| worker::act(if is_kept { "forget" } else { "keep" }, &path);
        // One button whose label changes, so that focus stays on it.
        Some(view! {
            <button class="button" type="button" on:click=act>{label}</button>
            <p class="keep-said" role="status">{said}</p>
        })
    };
    Some(view! { <div class="keep-action" lang=interface.lang>{action}</div> })
}
