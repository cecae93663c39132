//! What a visit is to the browser's tab, to search engines and to bookmarks.

use content::{language::Language, post::PostDocument, site::Site};

use super::Visit;
use crate::{
    browser::head::Head,
    data::Content,
    i18n::{Interface, say},
};

/// The head of the page that shows `visit`.
pub fn head(visit: &Visit, site: &Site) -> Head {
    let words = Interface::of(&visit.language).words;
    let (title, canonical, alternates) = match &visit.result {
        Ok(Content::Post(post)) => (post.item.title.clone(), absolute(&post.item.url), of_post(post)),
        Ok(Content::List(feed)) => {
            let page = feed.passerelle.page;
            (
                list_title(&visit.language, page),
                absolute(&feed.home_page_url),
                of_lists(page, site),
            )
        }
        Ok(Content::Saved) => (words.saved.to_owned(), None, Vec::new()),
        Err(error) => (
            say(error, visit.route.is_post(), words).title.to_owned(),
            None,
            Vec::new(),
        ),
    };
    let entry = site.language(&visit.language);
    let in_default = alternates
        .iter()
        .find(|(language, _)| *language == site.default_language);
    let default_alternate = match &visit.result {
        // The root leads to the list in a language of the reader's.
        Ok(Content::List(_)) => in_default.map(|_| &site.base_path),
        _ => in_default.map(|(_, url)| url),
    };
    Head {
        title,
        site_title: entry.map(|entry| entry.title.clone()).unwrap_or_default(),
        language: visit.language.clone(),
        canonical,
        default_alternate: default_alternate.cloned(),
        alternates,
        feed: entry.map(|entry| entry.feed_url.clone()),
    }
}

/// The heading of a page of the list.
pub fn list_title(language: &Language, page: u32) -> String {
    let words = Interface::of(language).words;
    if page > 1 {
        (words.all_posts_page)(page)
    } else {
        words.all_posts.to_owned()
    }
}

fn of_post(post: &PostDocument) -> Vec<(Language, String)> {
    let twins = post
        .translations()
        .iter()
        .map(|twin| (twin.language.clone(), twin.url.clone()));
    let own = (post.item.language.clone(), post.item.url.clone());
    if post.translations().is_empty() {
        Vec::new()
    } else {
        std::iter::once(own).chain(twins).collect()
    }
}

/// A canonical URL is one with an origin: from the root, it would only repeat the address.
fn absolute(url: &str) -> Option<String> {
    url.contains("://").then(|| url.to_owned())
}

/// Only the first pages are each other's translations: further ones hold other posts.
fn of_lists(page: u32, site: &Site) -> Vec<(Language, String)> {
    if page > 1 || site.languages.len() < 2 {
        return Vec::new();
    }
    site.languages
        .iter()
        .map(|entry| (entry.language.clone(), entry.url.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{language, list_visit, missing_visit, post_visit, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_page_is_named_in_its_own_language() {
        for (visit, title, site_title) in [
            (post_visit("fr", &[]), "A post", "Carnet"),
            (list_visit("fr", 1), "Tous les billets", "Carnet"),
            (list_visit("en", 2), "All posts, page 2", "Notes"),
            (missing_visit("fr"), "Ce billet n’existe pas", "Carnet"),
        ] {
            let head = head(&visit, &site());
            assert_eq!(
                (head.title.as_str(), head.site_title.as_str()),
                (title, site_title)
            );
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_post_and_its_translations_name_each_other() {
        let alternates = head(&post_visit("en", &[("fr", "/blog/pont/")]), &site()).alternates;
        assert_eq!(
            alternates,
            [
                (language("en"), "/blog/en/a-post/".into()),
                (language("fr"), "/blog/pont/".into())
            ]
        );
        assert_eq!(head(&post_visit("en", &[]), &site()).alternates, []);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn the_default_is_the_page_in_the_sites_default_language_where_there_is_one_and_of_lists_the_root() {
        for (visit, url) in [
            (
                post_visit("fr", &[("en", "/blog/bridge/")]),
                Some("/blog/bridge/"),
            ),
            (post_visit("fr", &[("es", "/blog/puente/")]), None),
            (post_visit("en", &[]), None),
            (list_visit("fr", 1), Some("/blog/")),
        ] {
            let head = head(&visit, &site());
            assert_eq!(head.default_alternate.as_deref(), url, "{:?}", head.alternates);
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn only_first_pages_of_lists_are_translations() {
        assert_eq!(head(&list_visit("en", 1), &site()).alternates.len(), 2);
        assert_eq!(head(&list_visit("en", 2), &site()).alternates, []);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn what_is_not_there_has_no_url_of_its_own() {
        assert_eq!(head(&missing_visit("en"), &site()).canonical, None);
    }
}
