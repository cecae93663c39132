//! Where everything of a site stands: the paths of its pages, the files that answer them, and the names of its own files.
//!
//! `write` writes at them, and `library` holds every permalink and every earlier URL of a post against them, so that
//! neither takes the place of something that the site needs.

use content::language::Language;

/// The folder of the reader's own files.
pub const ASSETS: &str = "assets";

/// The page at the root, which leads to the reader's language.
pub const ROOT: &str = "index.html";

/// The page for what is not there.
pub const NOT_FOUND: &str = "404.html";

/// The page that stands for one that is not saved.
pub const OFFLINE: &str = "offline.html";

/// The service worker; it stands at the root of the site, since it governs what stands below it.
pub const WORKER: &str = "sw.js";

/// The file that tells a site of ours from any other folder; written last.
pub const SITE: &str = "site.json";

/// Headers, as Netlify and Cloudflare Pages read them.
pub const HEADERS: &str = "_headers";

/// The way from earlier URLs, as Netlify and Cloudflare Pages read it.
pub const REDIRECTS: &str = "_redirects";

/// What crawlers may read.
pub const ROBOTS: &str = "robots.txt";

/// The web app manifest.
pub const MANIFEST: &str = "manifest.webmanifest";

/// The sitemap, or the index of its parts.
pub const SITEMAP: &str = "sitemap.xml";

/// The files at the root, and what a publisher is told of them.
const AT_ROOT: &[(&str, &str)] = &[
    (ASSETS, "the folder of the reader's own files"),
    (ROOT, "the home page"),
    (NOT_FOUND, "the page for what is not there"),
    (OFFLINE, "the page for what is not saved"),
    (WORKER, "the service worker"),
    (SITE, FILE),
    (HEADERS, FILE),
    (REDIRECTS, FILE),
    (ROBOTS, FILE),
    (MANIFEST, FILE),
    (SITEMAP, FILE),
];
const FILE: &str = "a file of the site";

/// The name of a part of the sitemap, from 1.
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

/// The path of page `page` (from 1) of a language's list.
pub fn list_path(language: &Language, page: usize) -> String {
    let folder = language.folder();
    match page {
        0 | 1 => format!("/{folder}/"),
        _ => format!("/{folder}/page/{page}/"),
    }
}

/// The path of the page of what is saved, told in a language.
pub fn saved_path(language: &Language) -> String {
    format!("/{}/saved/", language.folder())
}

/// The path of page `page` (from 1) of a language's feed.
pub fn feed_path(language: &Language, page: usize) -> String {
    let folder = language.folder();
    match page {
        0 | 1 => format!("/{folder}/feed.json"),
        _ => format!("/{folder}/feed-{page}.json"),
    }
}

/// The path of a language's Atom feed.
pub fn atom_path(language: &Language) -> String {
    format!("/{}/atom.xml", language.folder())
}

/// The file that answers `path`: `/a/b/` and `/a/b` give `a/b/index.html`, `/a/b.html` gives `a/b.html`.
pub fn page_file(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.ends_with(".html") {
        return path.to_owned();
    }
    format!("{path}/index.html")
        .replace("//", "/")
        .trim_start_matches('/')
        .to_owned()
}

/// The file of the JSON of the post at `path`, beside its page: what [`content::url::data_path`] leads to. That reads a
/// URL, where `#` and `?` end the path; in a decoded path they are characters as others are.
pub fn data_file(path: &str) -> String {
    let page = page_file(path);
    format!("{}.json", page.strip_suffix(".html").unwrap_or(&page))
}

/// The file of a path that names a file: without its first slash.
pub fn file(path: &str) -> String {
    path.trim_start_matches('/').to_owned()
}

/// Whether `file` stays in the site's folder on every system: no empty part, no `.` or `..`, no backslash, no NUL.
pub fn is_inside(file: &str) -> bool {
    file.split('/')
        .all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']))
}

/// What the site itself has at `file`, or at a folder that `file` would stand in. `languages` are those of the posts.
pub fn reserved(file: &str, languages: &[Language]) -> Option<&'static str> {
    let above = file.match_indices('/').map(|(end, _)| &file[..end]);
    above.chain([file]).find_map(|file| {
        let at_root = AT_ROOT
            .iter()
            .find(|(name, _)| *name == file)
            .map(|(_, what)| *what);
        at_root
            .or_else(|| is_numbered(file, "sitemap-", ".xml").then_some(FILE))
            .or_else(|| of_language(file, languages))
    })
}

fn of_language(file: &str, languages: &[Language]) -> Option<&'static str> {
    let (first, rest) = file.split_once('/')?;
    if languages.iter().all(|language| language.folder() != first) {
        return None;
    }
    match rest {
        "index.html" => Some("the list of posts"),
        "saved/index.html" => Some("the list of saved posts"),
        "feed.json" => Some("the index"),
        "atom.xml" => Some("the Atom feed"),
        // How many there are changes with the posts, so each number is taken.
        _ if is_numbered(rest, "page/", "/index.html") => Some("the list of posts"),
        _ if is_numbered(rest, "feed-", ".json") => Some("the index"),
        _ => None,
    }
}

/// Whether `name` is a number between `before` and `after`.
fn is_numbered(name: &str, before: &str, after: &str) -> bool {
    name.strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(after))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_its_file() {
        for (path, answered_by, data) in [
            ("/", "index.html", "index.json"),
            ("/a/b/", "a/b/index.html", "a/b/index.json"),
            ("/a/b", "a/b/index.html", "a/b/index.json"),
            ("/a/b.html", "a/b.html", "a/b.json"),
            ("/a/index.html", "a/index.html", "a/index.json"),
            ("/a/c#/", "a/c#/index.html", "a/c#/index.json"),
            ("/why?.html", "why?.html", "why?.json"),
        ] {
            assert_eq!(page_file(path), answered_by, "{path}");
            assert_eq!(data_file(path), data, "{path}");
        }
    }

    #[test]
    fn the_data_of_a_post_stands_where_its_url_leads() {
        use content::url::{data_path, decode_path, encode_path};
        for path in ["/a/c#/", "/why?.html", "/100%/été/", "/a/b.htm"] {
            let url = data_path(&encode_path(path));
            assert_eq!(file(&decode_path(&url)), data_file(path), "{path}");
        }
    }

    #[test]
    fn no_path_leads_out_of_the_site() {
        for file in ["../a", "a/../b", "a//b", "", "/a", "a/./b", "a\\..\\b", "a\0"] {
            assert!(!is_inside(file), "{file:?}");
        }
        assert!(is_inside("2018/l’été/..a/index.html"));
    }

    #[test]
    fn what_grows_with_the_posts_is_reserved_before_it_is_there() {
        let languages: [Language; 2] = ["en".parse().unwrap(), "pt-BR".parse().unwrap()];
        for language in &languages {
            for page in [1, 2, 17] {
                for path in [list_path(language, page), feed_path(language, page)] {
                    let file = if path.ends_with('/') {
                        page_file(&path)
                    } else {
                        file(&path)
                    };
                    assert!(reserved(&file, &languages).is_some(), "{file}");
                }
            }
        }
        assert!(reserved(&sitemap_part(3), &languages).is_some());
    }

    #[test]
    fn what_is_like_a_name_of_the_site_is_free() {
        let languages = ["en".parse().unwrap()];
        for file in [
            "en/saved-by-the-bell/index.html",
            "en/page/two/index.html",
            "en/page/index.html",
            "fr/index.html",
            "en/feed-x.json",
            "assets.html",
            "2018/index.html",
            "sitemap-.xml/index.html",
        ] {
            assert_eq!(reserved(file, &languages), None, "{file}");
        }
        for file in [
            "sw.js/index.html",
            "assets/x/index.html",
            "en/atom.xml/index.html",
        ] {
            assert!(reserved(file, &languages).is_some(), "{file}");
        }
    }
}
