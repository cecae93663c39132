//! The reader's language: the one they chose, else one that their browser asks for, else the site's default.

use content::{language::Language, site::Site};

use crate::browser::{environment, storage};

/// The language for a reader of whom the URL says nothing.
pub fn language(site: &Site) -> Language {
    let remembered = storage::get(&key(site));
    choose(site, remembered.as_deref(), &environment::languages())
}

/// Remembers that the reader crossed to `language`.
pub fn remember(site: &Site, language: &Language) {
    storage::set(&key(site), language.as_str());
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
