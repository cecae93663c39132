//! What is told beside the page: that the network is gone, that there is a new version, that there are new posts.

use leptos::prelude::*;

use crate::{
    browser::worker,
    i18n::Interface,
    state::{Offline, Visits, use_site},
};

/// Draws the place where all this is told. It is always there, so that what comes into it is announced; nothing of the
/// page moves for it, and focus stays where it is.
#[component]
pub fn Notices() -> impl IntoView {
    let offline = expect_context::<Offline>();
    let visits = expect_context::<Visits>();
    let site = use_site();
    let interface = move || visits.language().map(|language| Interface::of(&language));
    let mark = move || {
        let interface = interface().filter(|_| offline.told().is_offline)?;
        Some(view! { <p class="offline-mark" lang=interface.lang>{interface.words.no_network}</p> })
    };
    let version = move || {
        let interface = interface().filter(|_| offline.told().has_newer)?;
        let words = interface.words;
        Some(notice(
            interface,
            words.new_version,
            words.use_new_version,
            || worker::act("useNewer", ""),
            "hasNewer",
        ))
    };
    let posts = move || {
        let language = visits
            .language()
            .filter(|language| offline.has_news(language, &site))?;
        let (interface, site) = (Interface::of(&language), site.clone());
        let words = interface.words;
        let show = move || visits.renew_list(&language, &site);
        Some(notice(
            interface,
            words.new_posts,
            words.show_new_posts,
            show,
            "news",
        ))
    };
    view! {
        <div role="status">{mark}</div>
        <div role="status">{version}</div>
        <div role="status">{posts}</div>
    }
}

/// A notice: what it says, what can be done about it, and a way to be rid of it, by its name in `public/offline.js`.
fn notice(
    interface: Interface,
    said: &'static str,
    action: &'static str,
    act: impl Fn() + 'static,
    name: &'static str,
) -> AnyView {
    view! {
        <div class="notice" lang=interface.lang>
            <p>{said}</p>
            <button class="button" type="button" on:click=move |_| act()>{action}</button>
            <button class="button notice-dismiss" type="button" on:click=move |_| worker::act("dismiss", name)>
                {interface.words.dismiss}
            </button>
        </div>
    }
    .into_any()
}
