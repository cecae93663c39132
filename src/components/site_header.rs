//! The header: the site's name, which leads to the list, and the crossing, in the same place on every page.

use std::sync::Arc;

use leptos::prelude::*;

use super::crossing::{Crossing, CrossingNotes};
use crate::state::{Visit, crossing::ways, use_site};

/// Draws the header of the page that shows `visit`.
#[component]
pub fn SiteHeader(
    /// What the page shows.
    visit: Arc<Visit>,
) -> impl IntoView {
    let site = use_site();
    let name = site.language(&visit.language).map(|entry| {
        view! { <a class="site-title" href=entry.url.clone()>{entry.title.clone()}</a> }
    });
    let ways = ways(&visit, &site);
    view! {
        <header class="site-header">
            {name}
            <Crossing ways=ways.clone() />
            <CrossingNotes ways />
        </header>
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, list_visit, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_header_names_the_site_in_the_pages_language_and_crosses() {
        let visit = Arc::new(list_visit("fr", 2));
        let drawn = draw(site(), "fr", move || view! { <SiteHeader visit /> }).await;
        assert_eq!(drawn.text("header > a"), "Carnet");
        assert_eq!(
            drawn.attribute("header > a", "href").as_deref(),
            Some("/blog/fr/")
        );
        assert_eq!(drawn.attribute("nav a", "href").as_deref(), Some("/blog/en/"));
    }
}
