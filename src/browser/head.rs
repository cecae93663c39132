//! `<html>` and `<head>`: what the page is, in which language, and where else it stands.

use content::language::Language;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What `<html>` and `<head>` say of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The name of the page alone, plain text; empty for none.
    pub title: String,
    /// The name of the site in the page's language.
    pub site_title: String,
    /// The page's language.
    pub language: Language,
    /// The page's own URL, when it has one.
    pub canonical: Option<String>,
    /// The page in each language, its own included; empty where it has one language.
    pub alternates: Vec<(Language, String)>,
    /// The one of them for a reader of no language of the site (`x-default`).
    pub default_alternate: Option<String>,
    /// The JSON Feed of its language.
    pub feed: Option<String>,
}

/// What is true of one page alone, and is said in another place or not at all of one that the reader draws.
const OF_A_PAGE: &str = "link[rel=canonical], link[rel=alternate], link[rel=prev], link[rel=next], meta[name=description], \
                         meta[name=robots], meta[property], script[type='application/ld+json']";

/// Writes the title and the language of the page.
pub fn name(head: &Head) {
    let title = [head.title.as_str(), head.site_title.as_str()];
    let parts: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    document().set_title(&parts.join(" – "));
    if let Some(root) = document().document_element() {
        set(&root, "lang", head.language.as_str());
        set(&root, "dir", head.language.direction().as_str());
    }
}

/// Writes the links of the page, `canonical` and `alternate`, in the place of all that was said of the page before.
pub fn link(head: &Head) {
    for element in existing() {
        element.remove();
    }
    if let Some(url) = &head.canonical {
        append(&[("rel", "canonical"), ("href", url)]);
    }
    for (language, url) in &head.alternates {
        append(&[
            ("rel", "alternate"),
            ("hreflang", language.as_str()),
            ("href", url),
        ]);
    }
    if let Some(url) = &head.default_alternate {
        append(&[("rel", "alternate"), ("hreflang", "x-default"), ("href", url)]);
    }
    if let Some(url) = &head.feed {
        append(&[
            ("rel", "alternate"),
            ("type", "application/feed+json"),
            ("href", url),
        ]);
    }
}

/// What the head says of the page before.
fn existing() -> Vec<Element> {
    let found = document()
        .head()
        .and_then(|head| head.query_selector_all(OF_A_PAGE).ok());
    let Some(found) = found else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|n| found.item(n)?.dyn_into().ok())
        .collect()
}

fn append(attributes: &[(&str, &str)]) {
    let (Some(head), Ok(link)) = (document().head(), document().create_element("link")) else {
        return;
    };
    for (name, value) in attributes {
        set(&link, name, value);
    }
    // An element just made can stand in <head>.
    let _ = head.append_child(&link);
}

fn set(element: &Element, name: &str, value: &str) {
    // Refused only for a name that is not one.
    let _ = element.set_attribute(name, value);
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::language;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn head(title: &str, tag: &str) -> Head {
        Head {
            title: title.to_owned(),
            site_title: "Notes".to_owned(),
            language: language(tag),
            canonical: None,
            alternates: Vec::new(),
            default_alternate: None,
            feed: None,
        }
    }

    fn attribute(selector: &str, name: &str) -> Option<String> {
        document().query_selector(selector).unwrap()?.get_attribute(name)
    }

    #[wasm_bindgen_test]
    fn the_page_is_named_in_its_language() {
        for (title, tag, dir, expected) in [
            ("Pont", "fr", "ltr", "Pont – Notes"),
            ("", "ar", "rtl", "Notes"),
            ("A", "en", "ltr", "A – Notes"),
        ] {
            name(&head(title, tag));
            assert_eq!(document().title(), expected);
            assert_eq!(attribute("html", "lang").as_deref(), Some(tag));
            assert_eq!(attribute("html", "dir").as_deref(), Some(dir));
        }
    }

    #[wasm_bindgen_test]
    fn what_is_said_of_a_page_goes_with_it() {
        // Of the page that came as HTML.
        for (name, attributes) in [
            ("meta", &[("name", "description"), ("content", "All")][..]),
            ("meta", &[("property", "og:title"), ("content", "All posts")]),
            ("link", &[("rel", "next"), ("href", "/en/page/2/")]),
            ("link", &[("rel", "alternate"), ("type", "application/atom+xml")]),
            ("script", &[("type", "application/ld+json")]),
        ] {
            let element = document().create_element(name).unwrap();
            attributes
                .iter()
                .for_each(|(name, value)| set(&element, name, value));
            document().head().unwrap().append_child(&element).unwrap();
        }
        let mut post = head("A", "en");
        post.canonical = Some("https://notes.example/a/".to_owned());
        post.alternates = vec![
            (language("en"), "/a/".to_owned()),
            (language("fr"), "/b/".to_owned()),
        ];
        post.default_alternate = Some("/a/".to_owned());
        post.feed = Some("/en/feed.json".to_owned());
        link(&post);
        link(&post);
        assert_eq!(existing().len(), 5);
        assert_eq!(
            attribute("head > link[type='application/feed+json']", "href").as_deref(),
            Some("/en/feed.json")
        );
        assert_eq!(
            attribute("head > link[hreflang=x-default]", "href").as_deref(),
            Some("/a/")
        );
        assert_eq!(
            attribute("head > link[hreflang=fr]", "href").as_deref(),
            Some("/b/")
        );
        link(&head("B", "en"));
        assert_eq!(existing(), []);
    }
}
