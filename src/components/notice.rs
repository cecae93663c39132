//! What is said on a page that came as HTML and can be read, when the reader could not fetch it anew.

use leptos::{portal::Portal, prelude::*};

use crate::{
    browser::{environment, prerendered},
    data::DataError,
    i18n::{Interface, Remedy, say},
};

/// Draws a notice on the page that came as HTML, in that page's language; nothing where there is no such page.
#[component]
pub fn Notice<F>(
    /// What happened.
    error: DataError,
    /// Asks again.
    try_again: F,
) -> impl IntoView
where
    F: Fn() + Copy + Send + Sync + 'static,
{
    let mount = prerendered::place_for_notice()?;
    let interface = Interface::of(&environment::page_language()?);
    let words = interface.words;
    let said = say(&error, false, words);
    let reload = said.remedy == Remedy::Reload;
    let act = move |_| {
        if reload {
            environment::reload()
        } else {
            try_again()
        }
    };
    Some(view! {
        <Portal mount>
            <p class="banner" lang=interface.lang>
                <strong>{said.title}</strong>
                <span>{said.help.clone()}</span>
                <button class="button" type="button" on:click=act>
                    {if reload { words.reload } else { words.try_again }}
                </button>
            </p>
        </Portal>
    })
}
