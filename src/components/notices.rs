//! What is told beside the page: that the network is gone, that there is a new version, that there are new posts.

use leptos::prelude::*;

use super::plain::{Button, group, live, paragraph};
use crate::{
    browser::{focus, worker},
    i18n::Interface,
    state::{Offline, Visits, use_site},
};

/// Draws the places where all this is told. They are always there, so that what comes into them is announced; nothing of
/// the page moves for it, and focus stays where it is.
#[component]
pub fn Notices() -> impl IntoView {
    let offline = expect_context::<Offline>();
    let visits = expect_context::<Visits>();
    let site = use_site();
    let interface = move || visits.language().map(|language| Interface::of(&language));
    let mark = live(move || match interface().filter(|_| offline.is("isOffline")) {
        Some(Interface { words, lang }) => {
            let mark = paragraph("offline-mark", None, words.no_network.to_owned());
            group("", lang, vec![mark])
        }
        None => ().into_any(),
    });
    let version = live(move || match interface().filter(|_| offline.is("hasNewer")) {
        Some(interface) => {
            let words = interface.words;
            let action = Button::new(words.use_new_version).doing(|| worker::act("useNewer", ""));
            notice(interface, words.new_version, action, "hasNewer")
        }
        None => ().into_any(),
    });
    let posts = live(move || {
        // One at a time: two hide too much of a small window. The new version brings the new posts.
        let language = visits.language().filter(|_| !offline.is("hasNewer"));
        match language.filter(|language| offline.has_news(language, &site)) {
            Some(language) => {
                let (interface, site) = (Interface::of(&language), site.clone());
                let words = interface.words;
                let show = move || visits.renew_list(&language, &site);
                notice(
                    interface,
                    words.new_posts,
                    Button::new(words.show_new_posts).doing(show),
                    "news",
                )
            }
            None => ().into_any(),
        }
    });
    [mark, version, posts].map(|told| view! { <div role="status">{told}</div> })
}

/// A notice: what it says, what can be done about it, and a way to be rid of it, by its name in `public/offline.js`.
fn notice(interface: Interface, said: &'static str, action: AnyView, name: &'static str) -> AnyView {
    let mut dismiss = Button::new(interface.words.dismiss);
    dismiss.class = "button notice-dismiss";
    let dismiss = dismiss.doing(move || {
        // The button goes with the notice, and would take the focus with it.
        focus::to_heading();
        worker::act("dismiss", name);
    });
    let said = paragraph("", None, said.to_owned());
    group("notice", interface.lang, vec![said, action, dismiss])
}
