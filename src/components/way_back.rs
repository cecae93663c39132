//! The way back from a post to the list.

use content::language::Language;
use leptos::prelude::*;

use crate::{
    i18n::use_interface,
    routes::list_url,
    state::{Visits, use_site},
};

/// Draws the link to the page of the list that the reader came from, else to its first.
#[component]
pub fn WayBack(
    /// The language of the post.
    language: Language,
) -> impl IntoView {
    let interface = use_interface();
    let page = use_context::<Visits>().map_or(1, |visits| visits.page_of_list(&language));
    let url = list_url(use_site().language(&language)?, page);
    Some(view! {
        <p class="way-back" lang=interface.lang>
            <a class="button" href=url>{interface.words.all_posts}</a>
        </p>
    })
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, language, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_post_opened_by_itself_leads_to_the_first_page_of_its_list() {
        let drawn = draw(site(), "fr", || view! { <WayBack language=language("fr") /> }).await;
        assert_eq!(drawn.attribute("a", "href").as_deref(), Some("/blog/fr/"));
        assert_eq!(drawn.text("a"), "Tous les billets");
    }
}
