//! The link that goes past the header: the first thing on every page that takes focus.

use leptos::{ev::MouseEvent, prelude::*};

use crate::{browser::focus, i18n::use_interface};

/// Draws the link. It moves focus by itself: a fragment in the URL would be a place in the post.
#[component]
pub fn SkipLink() -> impl IntoView {
    let interface = use_interface();
    let skip = |event: MouseEvent| {
        event.prevent_default();
        focus::to_main();
    };
    view! {
        <a class="skip-link" href="#main" lang=interface.lang on:click=skip>
            {interface.words.skip_link}
        </a>
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_skip_link_moves_focus_and_leaves_the_url() {
        let drawn = draw(site(), "fr", || {
            view! {
                <SkipLink />
                <main id="main" tabindex="-1"></main>
            }
        })
        .await;
        assert_eq!(drawn.text("a"), "Passer au contenu principal");
        let before = window().location().href().unwrap();
        drawn.one("a").click();
        assert_eq!(document().active_element(), Some(drawn.one("main").into()));
        assert_eq!(window().location().href().unwrap(), before);
    }
}
