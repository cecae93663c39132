//! The ways between the pages of a list.

use content::language::Language;
use leptos::prelude::*;

use crate::{i18n::use_interface, routes::list_url, state::use_site};

/// Draws the ways to the newer and the older page and says which page this is; nothing where there is one page.
#[component]
pub fn Pager(
    /// The language of the list.
    language: Language,
    /// This page, from 1.
    page: u32,
    /// How many there are.
    pages: u32,
) -> impl IntoView {
    let interface = use_interface();
    let words = interface.words;
    let entry = use_site().language(&language).filter(|_| pages > 1)?.clone();
    let newer = (page > 1).then(|| list_url(&entry, page - 1));
    let older = (page < pages).then(|| list_url(&entry, page + 1));
    Some(view! {
        <nav class="pager" aria-label=words.pages lang=interface.lang>
            <ul class="pager-list" role="list">
                {newer.map(|url| view! {
                    <li class="pager-newer"><a class="button" rel="prev" href=url>{words.newer}</a></li>
                })}
                <li class="pager-place" aria-current="page">{(words.page_of)(page, pages)}</li>
                {older.map(|url| view! {
                    <li class="pager-older"><a class="button" rel="next" href=url>{words.older}</a></li>
                })}
            </ul>
        </nav>
    })
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{Drawn, draw, language, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    async fn pager(page: u32, pages: u32) -> Drawn {
        draw(
            site(),
            "en",
            move || view! { <Pager language=language("en") page pages /> },
        )
        .await
    }

    fn ways(drawn: &Drawn) -> Vec<String> {
        drawn
            .all("a")
            .iter()
            .filter_map(|link| link.get_attribute("href"))
            .collect()
    }

    #[wasm_bindgen_test]
    async fn every_page_leads_to_the_pages_beside_it() {
        for (page, expected) in [
            (1, vec!["/blog/en/page/2/"]),
            (2, vec!["/blog/en/", "/blog/en/page/3/"]),
            (3, vec!["/blog/en/page/2/"]),
        ] {
            let drawn = pager(page, 3).await;
            assert_eq!(ways(&drawn), expected);
            assert_eq!(drawn.text("[aria-current=page]"), format!("Page {page} of 3"));
        }
    }

    #[wasm_bindgen_test]
    async fn one_page_has_no_pager() {
        assert!(pager(1, 1).await.is_empty());
    }
}
