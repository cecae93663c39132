//! The reader's language: the one they chose, else one that their browser asks for, else the site's default.

use content::{language::Language, site::Site};

use crate::browser::{environment, links, storage};

/// The language for a reader of whom the URL says nothing.
pub fn language(site: &Site) -> Language {
    let remembered = storage::get(&key(site));
    choose(site, remembered.as_deref(), &environment::languages())
}

/// Remembers each language that the reader crosses to, until the owner is cleaned up.
pub fn follow_crossings(site: &Site) {
    let key = key(site);
    links::hear_crossings(move |language| storage::set(&key, language.as_str()));
}

/// Two sites on one host have two choices.
fn key(site: &Site) -> String {
    format!("passerelle{}language", site.base_path)
}

/// The first of the reader's languages that the site has; a region makes no difference (`fr-CA` finds `fr`).
fn choose(site: &Site, remembered: Option<&str>, browser: &[String]) -> Language {
    remembered
        .into_iter()
        .chain(browser.iter().map(String::as_str))
        .filter_map(|tag| tag.parse().ok())
        .find_map(|language| site.language(&language))
        .map_or_else(|| site.default_language.clone(), |entry| entry.language.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{language, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn the_choice_goes_before_the_browser_and_the_browser_before_the_default() {
        for (remembered, browser, chosen) in [
            (Some("fr"), vec!["en-CA"], "fr"),
            (Some("cr"), vec!["fr-CA", "en"], "fr"),
            (Some("not a tag"), vec!["de", "fr"], "fr"),
            (None, vec!["de-CH", "en-GB", "fr"], "en"),
            (None, vec!["*", ""], "en"),
            (None, vec![], "en"),
        ] {
            let browser: Vec<String> = browser.into_iter().map(str::to_owned).collect();
            assert_eq!(
                choose(&site(), remembered, &browser),
                language(chosen),
                "{remembered:?} {browser:?}"
            );
        }
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod crossing {
    use super::*;
    use crate::{
        components::crossing::Crossing,
        state::crossing::ways,
        testing::{draw, language, post_visit, site},
    };
    use leptos::{ev, prelude::*};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_language_crossed_to_is_remembered() {
        let stay = window_event_listener(ev::click, |event| event.prevent_default());
        for (tag, other) in [("en", "fr"), ("fr", "en")] {
            let drawn = draw(site(), tag, move || {
                follow_crossings(&site());
                view! { <Crossing ways=ways(&post_visit(tag, &[]), &site()) /> }
            })
            .await;
            drawn.one("nav a").click();
            assert_eq!(super::language(&site()), language(other));
        }
        stay.remove();
    }
}
