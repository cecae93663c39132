//! The posts that are kept on the device, and what can be said of them. Nothing here knows a browser.

use std::collections::BTreeMap;

use content::{
    index::Item,
    language::Language,
    url::{own_path, path_key},
};

/// The entries of the posts that are kept, each in its own language.
pub struct Kept {
    posts: Vec<Item>,
    /// The place of each entry by its key.
    places: BTreeMap<String, usize>,
    origins: Vec<String>,
}

impl Kept {
    /// The entries `posts` of a site at `origins`.
    pub fn new(posts: Vec<Item>, origins: &[String]) -> Kept {
        let keys = posts.iter().map(|post| key(&post.url, origins));
        Kept {
            places: keys.zip(0..).collect(),
            posts,
            origins: origins.to_vec(),
        }
    }

    /// Whether the post at `path` is kept in all its languages.
    pub fn is_whole(&self, path: &str) -> bool {
        self.find(path).is_some_and(|place| {
            let twins = &self.posts[place].passerelle.translations;
            twins.iter().all(|twin| self.find(&twin.url).is_some())
        })
    }

    /// Bytes that keeping the post at `path` will take, of the `bytes` that it takes in all its languages.
    pub fn lacking(&self, path: &str, bytes: u64) -> u64 {
        let wanted = key(path, &self.origins);
        let is_it = |url: &str| key(url, &self.origins) == wanted;
        let own = self.posts.iter().filter(|post| {
            is_it(&post.url) || post.passerelle.translations.iter().any(|twin| is_it(&twin.url))
        });
        bytes.saturating_sub(own.map(|post| post.passerelle.offline_bytes).sum())
    }

    /// One entry for each post: in `language` where it is kept in it, else in the first language that it is kept in.
    pub fn listed(&self, language: &Language) -> Vec<Item> {
        let is_for_another = |place: usize, post: &Item| {
            post.passerelle.translations.iter().any(|twin| {
                self.find(&twin.url)
                    .is_some_and(|other| twin.language == *language || other < place)
            })
        };
        let entries = self.posts.iter().enumerate();
        entries
            .filter(|(place, post)| post.language == *language || !is_for_another(*place, post))
            .map(|(_, post)| post.clone())
            .collect()
    }

    /// Bytes that a post of [`Kept::listed`] takes in the languages that it is kept in.
    pub fn bytes(&self, post: &Item) -> u64 {
        let twins = post.passerelle.translations.iter();
        let kept = twins.filter(|twin| self.find(&twin.url).is_some());
        post.passerelle.offline_bytes + kept.map(|twin| twin.offline_bytes).sum::<u64>()
    }

    fn find(&self, url: &str) -> Option<usize> {
        self.places.get(&key(url, &self.origins)).copied()
    }
}

/// One text for all URLs of a page, with or without an origin of the site's.
fn key(url: &str, origins: &[String]) -> String {
    path_key(own_path(url, origins).unwrap_or(url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{item, language};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// A post in English and French (3000 bytes and 2000 more each), and one in French alone.
    fn posts() -> [Item; 3] {
        let mut alone = item("fr", &[]);
        alone.url = "/blog/fr/alone/".to_owned();
        [
            item("en", &[("fr", "https://notes.example/blog/fr/a-post/")]),
            item("fr", &[("en", "/blog/en/a-post/")]),
            alone,
        ]
    }

    fn kept(places: &[usize]) -> Kept {
        let all = posts();
        Kept::new(
            places.iter().map(|&place| all[place].clone()).collect(),
            &["https://notes.example".to_owned()],
        )
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_post_is_kept_when_it_is_in_all_its_languages() {
        for (places, is_whole, lacking) in [
            (vec![], false, 5000),
            (vec![0], false, 2000),
            (vec![1], false, 2000),
            (vec![0, 1], true, 0),
            (vec![2], false, 5000),
        ] {
            let kept = kept(&places);
            assert_eq!(kept.is_whole("/blog/en/a-post"), is_whole, "{places:?}");
            assert_eq!(kept.lacking("/blog/en/a-post/", 5000), lacking, "{places:?}");
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn each_post_is_listed_once_in_the_language_of_the_page_where_it_can() {
        for (places, tag, urls) in [
            (vec![0, 1, 2], "en", vec!["/blog/en/a-post/", "/blog/fr/alone/"]),
            (vec![0, 1, 2], "fr", vec!["/blog/fr/a-post/", "/blog/fr/alone/"]),
            (vec![1], "en", vec!["/blog/fr/a-post/"]),
            (vec![0, 1], "es", vec!["/blog/en/a-post/"]),
        ] {
            let listed = kept(&places).listed(&language(tag));
            let found: Vec<_> = listed.iter().map(|post| post.url.as_str()).collect();
            assert_eq!(found, urls, "{places:?} {tag}");
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_post_takes_what_it_takes_in_the_languages_that_are_kept() {
        assert_eq!(kept(&[0, 1]).bytes(&posts()[0]), 5000);
        assert_eq!(kept(&[0]).bytes(&posts()[0]), 3000);
    }
}
