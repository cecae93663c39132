//! The crossing: from this page to the same one in another language.

use leptos::{either::Either, prelude::*};

use crate::{
    i18n::use_interface,
    state::crossing::{End, Way},
};

/// Draws the ways to the other languages: one link, or a list where there are several. A site in one language has none.
#[component]
pub fn Crossing(
    /// The ways, in the order they are shown.
    ways: Vec<Way>,
) -> impl IntoView {
    let interface = use_interface();
    let links = match <[Way; 1]>::try_from(ways) {
        Ok([way]) => Either::Left(view! { <CrossingLink way /> }),
        Err(ways) if ways.is_empty() => return None,
        Err(ways) => Either::Right(view! {
            <ul class="crossing-list" role="list">
                {ways.into_iter().map(|way| view! { <li><CrossingLink way /></li> }).collect_view()}
            </ul>
        }),
    };
    Some(view! {
        <nav class="crossing" aria-labelledby="crossing-heading">
            <h2 class="visually-hidden" id="crossing-heading" lang=interface.lang>
                {interface.words.languages}
            </h2>
            {links}
        </nav>
    })
}

/// One way, named by its language's own name. Following it is a choice, which `state::choice` hears of and remembers.
#[component]
fn CrossingLink(
    /// Where it leads.
    way: Way,
) -> impl IntoView {
    let tag = way.language.to_string();
    let note = (way.end == End::NoTwin).then(|| note_id(&way));
    view! {
        <a
            class="crossing-link"
            href=way.href
            lang=tag.clone()
            hreflang=tag
            aria-describedby=note
        >
            {way.name}
        </a>
    }
}

/// Says, for each language that the post is not in, that it is not, and where the crossing leads instead.
#[component]
pub fn CrossingNotes(
    /// The ways, of which only some need a note.
    ways: Vec<Way>,
) -> impl IntoView {
    let interface = use_interface();
    let said = interface.words.no_translation;
    ways.into_iter()
        .filter(|way| way.end == End::NoTwin)
        .map(|way| {
            let id = note_id(&way);
            view! {
                <p class="crossing-note" id=id lang=interface.lang>
                    {said.before}
                    <span lang=way.language.to_string()>{way.name}</span>
                    {said.after}
                </p>
            }
        })
        .collect_view()
}

fn note_id(way: &Way) -> String {
    format!("crossing-note-{}", way.language)
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::{
        state::{Visit, crossing::ways},
        testing::{Drawn, draw, post_visit, site, site_in_three_languages},
    };
    use content::site::Site;
    use wasm_bindgen_test::wasm_bindgen_test;

    async fn cross(site: Site, tag: &str, visit: Visit) -> Drawn {
        let ways = ways(&visit, &site);
        draw(site, tag, move || {
            view! {
                <Crossing ways=ways.clone() />
                <CrossingNotes ways />
            }
        })
        .await
    }

    #[wasm_bindgen_test]
    async fn the_crossing_is_a_link_named_by_the_other_language_itself() {
        let drawn = cross(site(), "en", post_visit("en", &[("fr", "/blog/pont/")])).await;
        assert_eq!(drawn.text("nav a"), "Français");
        for (name, value) in [("href", "/blog/pont/"), ("lang", "fr"), ("hreflang", "fr")] {
            assert_eq!(drawn.attribute("nav a", name).as_deref(), Some(value));
        }
        assert_eq!(drawn.text("nav h2"), "Language selection");
        assert!(drawn.all("p, ul").is_empty());
    }

    #[wasm_bindgen_test]
    async fn a_post_without_translation_says_so_in_the_readers_language() {
        let drawn = cross(site(), "fr", post_visit("fr", &[])).await;
        assert_eq!(drawn.attribute("nav a", "href").as_deref(), Some("/blog/en/"));
        let note = drawn.attribute("nav a", "aria-describedby");
        assert_eq!(drawn.attribute("p", "id"), note);
        assert!(drawn.text("p").contains("English"));
        assert_eq!(drawn.attribute("p span", "lang").as_deref(), Some("en"));
    }

    #[wasm_bindgen_test]
    async fn several_languages_are_a_list() {
        let visit = post_visit("fr", &[("en", "/blog/bridge/")]);
        let drawn = cross(site_in_three_languages(), "fr", visit).await;
        let links: Vec<_> = drawn
            .all("nav li a")
            .iter()
            .filter_map(|link| link.text_content())
            .collect();
        assert_eq!(links, ["English", "Español"]);
        assert!(drawn.text("p").contains("Español"));
    }

    #[wasm_bindgen_test]
    async fn a_site_in_one_language_has_no_crossing() {
        let mut one = site();
        one.languages.truncate(1);
        assert!(cross(one, "en", post_visit("en", &[])).await.is_empty());
    }
}
