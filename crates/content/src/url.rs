//! URLs of the blog itself: told from others, compared, encoded.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What is escaped in a path. The path percent-encode set of WHATWG URL (section 1.3) and `%` itself, since what is
/// encoded here is always a decoded path; also the characters that end an HTML attribute or mislead a shell.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A decoded path, encoded for a URL: `/2018/été/` gives `/2018/%C3%A9t%C3%A9/`.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The decoded path of a URL's path, in NFC. Escapes that are not UTF-8 are left as they are written.
pub fn decode_path(path: &str) -> String {
    match percent_decode_str(path).decode_utf8() {
        Ok(decoded) => nfc(&decoded),
        Err(_) => nfc(path),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// The browser has the tables already: they would be a fifth of all that a reader downloads.
#[cfg(target_arch = "wasm32")]
fn nfc(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// What two URLs of one page have in common: decoded, NFC, without query, fragment and final slash.
///
/// Source of the rule: how the corpus' `trans_url`s name their posts; NFC because file systems differ.
pub fn path_key(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    key(&decode_path(path))
}

/// [`path_key`] of a path that is decoded: `#`, `?` and `%` in it are characters as others are.
pub fn decoded_key(path: &str) -> String {
    key(&nfc(path))
}

fn key(decoded: &str) -> String {
    let trimmed = decoded.trim_end_matches('/');
    let trimmed = trimmed.strip_suffix("/index.html").unwrap_or(trimmed);
    if trimmed.is_empty() {
        "/".to_owned()
    } else {
        trimmed.to_owned()
    }
}

/// The path, query and fragment of `url` when it is the blog's own: a URL from the root, or an absolute or
/// protocol-relative one whose origin is among `origins` (`https://host[:port]`; http and https and case are alike).
/// `None` for every other URL, a relative one included.
pub fn own_path<'a>(url: &'a str, origins: &[String]) -> Option<&'a str> {
    let host_and_path = if let Some(rest) = url.strip_prefix("//") {
        rest
    } else if url.starts_with('/') {
        return Some(url);
    } else {
        let (scheme, rest) = url.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        rest
    };
    let end = host_and_path.find(['/', '?', '#']).unwrap_or(host_and_path.len());
    let (host, path) = host_and_path.split_at(end);
    let is_own = origins
        .iter()
        .filter_map(|origin| origin.split_once("://"))
        .any(|(_, own)| own.trim_end_matches('/').eq_ignore_ascii_case(host));
    is_own.then_some(if path.is_empty() { "/" } else { path })
}

/// `path` (from the root, base path included) without the base path, or `None` when it is outside the site. The
/// result begins with a slash. `base_path` has a slash at both ends.
pub fn strip_base<'a>(path: &'a str, base_path: &str) -> Option<&'a str> {
    let base = base_path.trim_end_matches('/');
    let rest = path.strip_prefix(base)?;
    match rest.as_bytes().first() {
        Some(b'/') => Some(rest),
        None => Some("/"),
        Some(_) => None,
    }
}

/// `path` (from the site's root, beginning with a slash) under the base path.
pub fn join_base(base_path: &str, path: &str) -> String {
    format!("{}{}", base_path.trim_end_matches('/'), path)
}

/// Where the JSON of the post at `path` stands: `index.json` beside its page. `path` may be encoded or not and may
/// carry query or fragment, which are dropped.
///
/// `/2018/07/x/` and `/2018/07/x` give `/2018/07/x/index.json`; `/2018/x.html` gives `/2018/x.json`.
pub fn data_path(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    match path.strip_suffix(".html") {
        Some(stem) => format!("{stem}.json"),
        None => format!("{}/index.json", path.trim_end_matches('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_key_however_it_is_written() {
        for url in [
            "/2018/l-été",
            "/2018/l-été/",
            "/2018/l-%C3%A9t%C3%A9/",
            "/2018/l-e\u{301}te\u{301}/?a#b",
            "/2018/l-été/index.html",
        ] {
            assert_eq!(path_key(url), "/2018/l-été", "{url}");
        }
        assert_eq!(path_key("/"), "/");
        assert_eq!(path_key("/%FF/"), "/%FF");
        assert_eq!(decoded_key("/c#/"), path_key("/c%23/"));
        assert_eq!(decoded_key("/100%25?/"), path_key("/100%2525%3F/"));
    }

    #[test]
    fn own_origins_are_told_from_others() {
        let origins = [
            "https://digital.canada.ca".to_owned(),
            "http://localhost:8000".to_owned(),
        ];
        for (url, path) in [
            ("/a", Some("/a")),
            ("http://Digital.Canada.ca/a?b#c", Some("/a?b#c")),
            ("https://digital.canada.ca", Some("/")),
            ("//digital.canada.ca/a", Some("/a")),
            ("https://digital.canada.ca.evil.org/", None),
            ("https://digital.canada.ca@evil.org/", None),
            ("//evil.org/a", None),
            ("a/b", None),
            ("mailto:a@digital.canada.ca", None),
        ] {
            assert_eq!(own_path(url, &origins), path, "{url}");
        }
    }

    #[test]
    fn base_paths_come_off_and_on() {
        assert_eq!(strip_base("/blog/en/", "/blog/"), Some("/en/"));
        assert_eq!(strip_base("/blog", "/blog/"), Some("/"));
        assert_eq!(strip_base("/blogue/en/", "/blog/"), None);
        assert_eq!(strip_base("/en/", "/"), Some("/en/"));
        assert_eq!(join_base("/blog/", "/en/"), "/blog/en/");
        assert_eq!(join_base("/", "/en/"), "/en/");
    }

    #[test]
    fn a_posts_data_stands_beside_its_page() {
        for (page, data) in [
            ("/a/b/", "/a/b/index.json"),
            ("/a/b?x#y", "/a/b/index.json"),
            ("/a/b.html", "/a/b.json"),
            ("/a/b/index.html", "/a/b/index.json"),
            ("/", "/index.json"),
        ] {
            assert_eq!(data_path(page), data);
        }
    }

    #[test]
    fn encoding_is_undone_by_decoding() {
        for path in ["/2018/l’été/", "/100%/", "/a b?#[]/", "/~+._/"] {
            assert_eq!(decode_path(&encode_path(path)), path);
        }
    }
}
