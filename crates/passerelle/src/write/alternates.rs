//! The same page in other languages: `hreflang` in the head of a page and in the sitemap, so that the two agree.

use content::{index::Item, language::Language, site::Site};

use super::urls::Urls;
use crate::places::list_path;

/// What stands for a reader whose language is none of those named.
/// Source: <https://developers.google.com/search/docs/specialty/international/localized-versions>
pub const ANY: &str = "x-default";

/// A page in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate<'a> {
    /// The language; `None` for a reader of any other.
    pub language: Option<&'a Language>,
    /// Where it stands, as [`Urls::public`] writes it.
    pub url: String,
}

impl Alternate<'_> {
    /// The value of `hreflang`.
    pub fn hreflang(&self) -> &str {
        self.language.map_or(ANY, Language::as_str)
    }
}

/// A post and its translations; none where it has none. A reader of another language is led to the first language of
/// the site that the post is in.
pub fn of_post<'a>(site: &Site, item: &'a Item) -> Vec<Alternate<'a>> {
    let twins = &item.passerelle.translations;
    if twins.is_empty() {
        return Vec::new();
    }
    let mut alternates: Vec<_> = std::iter::once((&item.language, &item.url))
        .chain(twins.iter().map(|twin| (&twin.language, &twin.url)))
        .map(|(language, url)| Alternate {
            language: Some(language),
            url: url.clone(),
        })
        .collect();
    let first = site.languages.iter().find_map(|entry| {
        let is_it = |alternate: &&Alternate<'_>| alternate.language == Some(&entry.language);
        alternates.iter().find(is_it)
    });
    let any = first.map(|first| Alternate {
        language: None,
        url: first.url.clone(),
    });
    alternates.extend(any);
    alternates
}

/// The first pages of the lists, and the root, which leads to one of them; none where there is one language.
pub fn of_lists<'a>(site: &'a Site, urls: Urls<'_>) -> Vec<Alternate<'a>> {
    if site.languages.len() < 2 {
        return Vec::new();
    }
    let lists = site.languages.iter().map(|entry| Alternate {
        language: Some(&entry.language),
        url: urls.public(&entry.language, &list_path(&entry.language, 1)),
    });
    let root = Alternate {
        language: None,
        url: urls.public(&site.default_language, "/"),
    };
    lists.chain([root]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{lists, sample};

    #[test]
    fn a_post_without_translation_has_no_alternates() {
        let library = sample::library();
        let urls = Urls::new(&library.config);
        let site = lists::site(&library, urls);
        let [translated, alone] = sample::english_items(&library);
        assert_eq!(of_post(&site, &alone), []);
        let told: Vec<_> = of_post(&site, &translated)
            .iter()
            .map(|alternate| format!("{} {}", alternate.hreflang(), alternate.url))
            .collect();
        assert_eq!(
            told,
            [
                "en /en/summer/",
                "fr https://fr.example/fr/l-%C3%A9t%C3%A9/",
                "x-default /en/summer/"
            ]
        );
    }
}
