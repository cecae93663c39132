//! URL to page and back. Nothing here knows a browser.

use content::{
    language::Language,
    site::{Site, SiteLanguage},
    url::{own_path, path_key},
};

/// What a URL of the site names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The root, which goes to the list in the reader's language.
    Home,
    /// One page of a language's list.
    List {
        /// The language, as the site writes its tag.
        language: Language,
        /// From 1, the newest.
        page: u32,
    },
    /// What is saved on the reader's device, told in a language.
    Saved {
        /// The language, as the site writes its tag.
        language: Language,
    },
    /// Anything else: a post, unless there is none.
    Post {
        /// The path as it stands in the URL: encoded, base path included.
        path: String,
    },
}

impl Route {
    /// Reads the path of a URL (encoded or not, base path included). A final slash and `index.html` make no difference.
    pub fn parse(path: &str, site: &Site) -> Route {
        let key = path_key(path);
        if key == path_key(&site.base_path) {
            return Route::Home;
        }
        let of_a_language = site.languages.iter().find_map(|entry| {
            let language = entry.language.clone();
            if key == path_key(&entry.saved_url()) {
                return Some(Route::Saved { language });
            }
            page_of_list(&key, entry).map(|page| Route::List { language, page })
        });
        of_a_language.unwrap_or_else(|| Route::Post {
            path: path.to_owned(),
        })
    }

    /// The URL from the root, base path included.
    pub fn url(&self, site: &Site) -> String {
        match self {
            Route::Home => site.base_path.clone(),
            Route::List { language, page } => match site.language(language) {
                Some(entry) => list_url(entry, *page),
                None => site.base_path.clone(),
            },
            Route::Saved { language } => match site.language(language) {
                Some(entry) => entry.saved_url(),
                None => site.base_path.clone(),
            },
            Route::Post { path } => path.clone(),
        }
    }

    /// Whether the URL has the shape of a post.
    pub fn is_post(&self) -> bool {
        matches!(self, Route::Post { .. })
    }

    /// The language that the path itself names: a list's, or that of the first folder of a post's path.
    pub fn language(&self, site: &Site) -> Option<Language> {
        let path = match self {
            Route::Home => return None,
            Route::List { language, .. } | Route::Saved { language } => return Some(language.clone()),
            Route::Post { path } => path_key(path),
        };
        let stands_under = |entry: &&SiteLanguage| {
            path.strip_prefix(&path_key(&entry.url))
                .is_some_and(|rest| rest.starts_with('/'))
        };
        site.languages
            .iter()
            .find(stands_under)
            .map(|entry| entry.language.clone())
    }
}

/// The URL of page `page` of a language's list.
pub fn list_url(entry: &SiteLanguage, page: u32) -> String {
    if page <= 1 {
        entry.url.clone()
    } else {
        format!("{}page/{page}/", entry.url)
    }
}

/// Which page of `entry`'s list the path `key` is, when it is one.
fn page_of_list(key: &str, entry: &SiteLanguage) -> Option<u32> {
    let rest = key.strip_prefix(&path_key(&entry.url))?;
    if rest.is_empty() {
        return Some(1);
    }
    let number = rest.strip_prefix("/page/")?;
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    number.parse().ok().filter(|_| is_plain)
}

/// A URL of the site's data as a link that may stand in a page: from the root where it is the blog's own (so that the
/// reader follows it without a reload, on whatever host the site is looked at), else as it is. `None` for what is
/// neither the web nor the site: data is fetched, and so is not trusted.
pub fn link(url: &str, site: &Site) -> Option<String> {
    if let Some(path) = own_path(url, &site.origins) {
        return Some(path.to_owned());
    }
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    matches!(scheme.as_str(), "https" | "http").then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{language, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn list(tag: &str, page: u32) -> Route {
        Route::List {
            language: language(tag),
            page,
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn every_path_of_a_site_is_one_page() {
        let site = site();
        for (path, route) in [
            ("/blog/", Route::Home),
            ("/blog", Route::Home),
            ("/blog/index.html", Route::Home),
            ("/blog/fr/", list("fr", 1)),
            ("/blog/fr", list("fr", 1)),
            ("/blog/fr/index.html", list("fr", 1)),
            ("/blog/en/page/1/", list("en", 1)),
            ("/blog/en/page/12", list("en", 12)),
            ("/blog/en/page/2/index.html", list("en", 2)),
            (
                "/blog/fr/saved",
                Route::Saved {
                    language: language("fr"),
                },
            ),
        ] {
            assert_eq!(Route::parse(path, &site), route, "{path}");
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn what_is_no_list_is_a_post() {
        let site = site();
        for path in [
            "/blog/en/page/0/",
            "/blog/en/page/02/",
            "/blog/en/page/+2/",
            "/blog/en/page/99999999999/",
            "/blog/en/page/",
            "/blog/english/",
            "/blog/2018/07/l-%C3%A9t%C3%A9/",
            "/elsewhere/",
        ] {
            assert_eq!(
                Route::parse(path, &site),
                Route::Post {
                    path: path.to_owned()
                },
                "{path}"
            );
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_route_knows_its_url() {
        let site = site();
        for path in ["/blog/", "/blog/en/", "/blog/fr/page/3/", "/blog/2018/x/"] {
            assert_eq!(Route::parse(path, &site).url(&site), path);
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn the_first_folder_tells_the_language_of_an_unknown_post() {
        let site = site();
        for (path, tag) in [
            ("/blog/fr/nope/", Some("fr")),
            ("/blog/fr/page/2/", Some("fr")),
            ("/blog/french/nope/", None),
            ("/blog/2018/nope/", None),
            ("/blog/", None),
        ] {
            assert_eq!(
                Route::parse(path, &site).language(&site),
                tag.map(language),
                "{path}"
            );
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_link_out_of_fetched_data_cannot_run() {
        let site = site();
        for (url, expected) in [
            ("https://notes.example/blog/a/?b#c", Some("/blog/a/?b#c")),
            ("/blog/a/", Some("/blog/a/")),
            ("https://elsewhere.example/a", Some("https://elsewhere.example/a")),
            ("javascript:alert(1)", None),
            ("JavaScript://%0aalert(1)", None),
            ("data:text/html,x", None),
        ] {
            assert_eq!(link(url, &site).as_deref(), expected, "{url}");
        }
    }
}
