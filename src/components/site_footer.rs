//! The footer: what the site is, its list, what is saved of it, and its feed.

use content::language::Language;
use leptos::prelude::*;

use crate::{i18n::use_interface, state::use_site};

/// Draws the footer of a page in `language`.
#[component]
pub fn SiteFooter(
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let interface = use_interface();
    let entry = use_site().language(&language)?.clone();
    let saved = entry.saved_url();
    Some(view! {
        <footer class="site-footer">
            {entry.description.map(|text| view! { <p class="site-description">{text}</p> })}
            <ul class="site-links" role="list" lang=interface.lang>
                <li><a href=entry.url>{interface.words.all_posts}</a></li>
                <li><a href=saved>{interface.words.saved}</a></li>
                // A file, not a page: the browser follows it by itself.
                <li>
                    <a href=entry.feed_url type="application/feed+json" rel="external">
                        {interface.words.feed}
                    </a>
                </li>
            </ul>
        </footer>
    })
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, language, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_footer_leads_to_the_list_and_leaves_the_feed_to_the_browser() {
        let drawn = draw(site(), "fr", || view! { <SiteFooter language=language("fr") /> }).await;
        assert_eq!(drawn.text("a[href='/blog/fr/']"), "Tous les billets");
        assert_eq!(drawn.text("a[href='/blog/fr/saved/']"), "Billets enregistrés");
        assert_eq!(
            drawn.attribute("a[href='/blog/fr/feed.json']", "rel").as_deref(),
            Some("external")
        );
    }

    #[wasm_bindgen_test]
    async fn words_of_another_language_than_the_pages_say_so() {
        let three = crate::testing::site_in_three_languages();
        let drawn = draw(three, "es", || view! { <SiteFooter language=language("es") /> }).await;
        assert_eq!(drawn.attribute("ul", "lang").as_deref(), Some("en"));
    }
}
