//! Where the crossing leads from what is shown: to the translation, or to the other language's list, never to a guess.

use content::{
    language::Language,
    site::{Site, SiteLanguage},
};

use super::Visit;
use crate::{data::Content, routes};

/// One way to another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The language.
    pub language: Language,
    /// Its own name for itself.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// What stands there.
    pub end: End,
}

/// What a crossing leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The same page in the other language.
    Twin,
    /// The other language's posts, since this post has no translation.
    NoTwin,
}

/// The ways from `visit` to every other language of the site, in the site's order.
pub fn ways(visit: &Visit, site: &Site) -> Vec<Way> {
    let here = site.language(&visit.language).map(|entry| &entry.language);
    site.languages
        .iter()
        .filter(|entry| Some(&entry.language) != here)
        .map(|entry| way(visit, entry, site))
        .collect()
}

fn way(visit: &Visit, entry: &SiteLanguage, site: &Site) -> Way {
    let (href, end) = match &visit.result {
        Ok(Content::Post(post)) => post
            .translations()
            .iter()
            .find(|translation| translation.language == entry.language)
            .and_then(|translation| routes::link(&translation.url, site))
            .map_or_else(|| (entry.url.clone(), End::NoTwin), |url| (url, End::Twin)),
        Ok(Content::Saved) => (entry.saved_url(), End::Twin),
        // A list's twin is the other list; a page that is not there has no other twin either.
        Ok(Content::List(_)) | Err(_) => (entry.url.clone(), End::Twin),
    };
    Way {
        language: entry.language.clone(),
        name: entry.name.clone(),
        href,
        end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{list_visit, missing_visit, post_visit, site, site_in_three_languages};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn ends(visit: &Visit, site: &Site) -> Vec<(String, String, End)> {
        ways(visit, site)
            .into_iter()
            .map(|way| (way.name, way.href, way.end))
            .collect()
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_post_crosses_to_its_translation() {
        let visit = post_visit("en", &[("fr", "https://notes.example/blog/2018/pont/")]);
        assert_eq!(
            ends(&visit, &site()),
            [("Français".into(), "/blog/2018/pont/".into(), End::Twin)]
        );
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_post_without_translation_crosses_to_the_other_list() {
        let visit = post_visit("en", &[]);
        assert_eq!(
            ends(&visit, &site()),
            [("Français".into(), "/blog/fr/".into(), End::NoTwin)]
        );
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_translation_that_could_run_is_none() {
        let visit = post_visit("en", &[("fr", "javascript:alert(1)")]);
        assert_eq!(
            ends(&visit, &site()),
            [("Français".into(), "/blog/fr/".into(), End::NoTwin)]
        );
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn lists_and_pages_not_found_cross_to_the_other_list() {
        for visit in [list_visit("fr", 2), missing_visit("fr")] {
            assert_eq!(
                ends(&visit, &site()),
                [("English".into(), "/blog/en/".into(), End::Twin)]
            );
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn in_three_languages_each_other_one_has_its_way() {
        let visit = post_visit("fr", &[("en", "/blog/2018/bridge/")]);
        assert_eq!(
            ends(&visit, &site_in_three_languages()),
            [
                ("English".into(), "/blog/2018/bridge/".into(), End::Twin),
                ("Español".into(), "/blog/es/".into(), End::NoTwin),
            ]
        );
    }
}
