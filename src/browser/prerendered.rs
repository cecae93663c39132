//! The page that came as HTML, in `#prerendered`: on the first visit it is the page, until the reader goes elsewhere.

use content::language::Language;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, HtmlElement};

use super::focus;

/// Whether one came that is what the URL names. The pages at the root and for what is not found are not
/// (`data-stand-in`): they stand in for a page that depends on the reader's language, or on the URL.
pub fn is_whole() -> bool {
    page().is_some_and(|page| page.has_child_nodes() && !page.has_attribute("data-stand-in"))
}

/// The languages that its crossing leads to, and the path that each leads to.
pub fn crossings() -> Vec<(Language, String)> {
    let links = page().and_then(|page| page.query_selector_all("a.crossing-link[hreflang]").ok());
    let Some(links) = links else {
        return Vec::new();
    };
    (0..links.length())
        .filter_map(|n| links.item(n)?.dyn_into::<HtmlAnchorElement>().ok())
        .filter_map(|link| Some((link.hreflang().parse().ok()?, link.pathname())))
        .collect()
}

/// The place in it for what can be done to keep the post, and how many bytes that takes.
pub fn keep_place() -> Option<(HtmlElement, u64)> {
    let place = page()?.query_selector(".keep[data-bytes]").ok()??;
    let bytes = place.get_attribute("data-bytes")?.parse().ok()?;
    Some((place.dyn_into().ok()?, bytes))
}

/// Says on it whether another page is on its way.
pub fn set_busy(is_busy: bool) {
    let Some(main) = page().and_then(|page| page.query_selector("main").ok().flatten()) else {
        return;
    };
    // Refused only for a name that is not one.
    let _ = if is_busy {
        main.set_attribute("aria-busy", "true")
    } else {
        main.remove_attribute("aria-busy")
    };
}

/// Removes it, now that another page is there. Focus that was inside it goes to the heading.
pub fn remove() {
    let Some(page) = page() else {
        return;
    };
    let had_focus = document()
        .active_element()
        .is_some_and(|focused| page.contains(Some(&focused)));
    page.remove();
    if had_focus {
        focus::to_heading();
    }
}

fn page() -> Option<Element> {
    document().get_element_by_id("prerendered")
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{Drawn, draw, language, site};
    use leptos::prelude::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    async fn came(stand_in: bool) -> Drawn {
        draw(site(), "en", move || {
            view! {
                <div id="prerendered" data-stand-in=stand_in>
                    <a class="crossing-link" href="/blog/2018/pont/" hreflang="fr">"Français"</a>
                    <main></main>
                </div>
            }
        })
        .await
    }

    #[wasm_bindgen_test]
    async fn a_page_that_stands_in_for_another_is_not_whole() {
        for stand_in in [false, true] {
            let _page = came(stand_in).await;
            assert_eq!(is_whole(), !stand_in);
        }
        assert!(!is_whole(), "there is none");
    }

    #[wasm_bindgen_test]
    async fn its_crossing_tells_where_each_language_is() {
        let _page = came(false).await;
        assert_eq!(crossings(), [(language("fr"), "/blog/2018/pont/".to_owned())]);
    }

    #[wasm_bindgen_test]
    async fn it_says_that_another_page_is_on_its_way() {
        let page = came(false).await;
        set_busy(true);
        assert_eq!(page.attribute("main", "aria-busy").as_deref(), Some("true"));
        set_busy(false);
        assert_eq!(page.attribute("main", "aria-busy"), None);
    }
}
