//! What is said while a page is on its way.

use content::language::Language;
use leptos::prelude::*;

use crate::i18n::Interface;

/// Draws the place where loading is said. It is always there, so that what comes into it is announced.
#[component]
pub fn Loading(
    /// The language to say it in, from when on it should be said.
    #[prop(into)]
    language: Signal<Option<Language>>,
) -> impl IntoView {
    let said = move || {
        language.get().map(|language| {
            let interface = Interface::of(&language);
            view! {
                <p class="loading" lang=interface.lang>
                    {interface.words.loading}
                </p>
            }
        })
    };
    view! { <div role="status">{said}</div> }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, language, site};
    use leptos::task::tick;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn loading_is_said_only_when_it_should_be() {
        let said = RwSignal::new(None);
        let drawn = draw(site(), "en", move || view! { <Loading language=said /> }).await;
        assert_eq!(drawn.text("[role=status]"), "");
        said.set(Some(language("fr")));
        tick().await;
        assert_eq!(drawn.text("[role=status]"), "Chargement…");
    }
}
