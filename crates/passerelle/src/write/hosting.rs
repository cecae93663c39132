//! What stands round the pages for those who serve, crawl and install the site: `_headers`, `_redirects`,
//! `robots.txt`, the web app manifest.

use content::site::Site;
use serde_json::json;

use super::{
    policy::{HEADERS, Policy},
    urls::Urls,
};
use crate::places::{SITEMAP, atom_path, feed_path};

/// The path of the icon that every browser can show.
pub const ICON: &str = "/assets/icons/icon-192.png";

/// `_headers`, as Netlify and Cloudflare Pages read it; `files` are all files of the site.
///
/// Where two rules give one header, Cloudflare sends both values and Netlify one of them, so no two rules do: what is
/// not named here goes out as both send it anyhow, `public, max-age=0, must-revalidate`.
pub fn headers<'a>(
    site: &Site,
    urls: Urls<'_>,
    policy: &Policy,
    files: impl Iterator<Item = &'a str>,
) -> String {
    let mut text = format!("{}\n", urls.local("/*"));
    let policy = ("Content-Security-Policy".to_owned(), policy.header());
    let others = HEADERS.map(|(name, value)| (name.to_owned(), value.to_owned()));
    for (name, value) in std::iter::once(policy).chain(others) {
        text += &format!("  {name}: {value}\n");
    }
    for language in site.languages.iter().map(|entry| &entry.language) {
        let feed = (feed_path(language, 1), "application/feed+json");
        let atom = urls
            .origin(language)
            .map(|_| (atom_path(language), "application/atom+xml"));
        for (path, kind) in [Some(feed), atom].into_iter().flatten() {
            text += &format!("{}\n  Content-Type: {kind}; charset=utf-8\n", urls.local(&path));
        }
    }
    for file in files.filter(|file| never_changes(file)) {
        let path = urls.local(&format!("/{file}"));
        text += &format!("{path}\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}

/// Whether a file is one of the reader's with a hash in its name.
fn never_changes(file: &str) -> bool {
    let Some((name, _)) = file.strip_prefix("assets/").and_then(|name| name.split_once('.')) else {
        return false;
    };
    let hash = name.strip_suffix("_bg").unwrap_or(name).rsplit('-').next();
    !name.contains('/')
        && name.contains('-')
        && hash.is_some_and(|hash| hash.len() >= 4 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// `_redirects`, as Netlify and Cloudflare Pages read it: from each earlier URL to the permalink. `None` where there is
/// no earlier URL.
///
/// An earlier URL with `:name` in it, which both read as a placeholder, is left to the page that stands there.
pub fn redirects<'a>(urls: Urls<'_>, aliases: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let has_placeholder = |path: &str| {
        path.split(':')
            .skip(1)
            .any(|after| after.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let text: String = aliases
        .filter(|(from, _)| !has_placeholder(from))
        .map(|(from, to)| format!("{} {} 301\n", urls.local(from), urls.local(to)))
        .collect();
    (!text.is_empty()).then_some(text)
}

/// `robots.txt`: everything may be read, and here is the sitemap, where there is one.
pub fn robots(urls: Urls<'_>, site: &Site, has_sitemap: bool) -> String {
    let everyone = "User-agent: *\nDisallow:\n";
    if !has_sitemap {
        return everyone.to_owned();
    }
    format!("{everyone}\nSitemap: {}\n", sitemap_url(urls, site, SITEMAP))
}

/// The URL of a file of the sitemap: at the origin of the default language, else of the first that has one.
pub fn sitemap_url(urls: Urls<'_>, site: &Site, name: &str) -> String {
    let origin = std::iter::once(&site.default_language)
        .chain(site.languages.iter().map(|entry| &entry.language))
        .find_map(|language| urls.origin(language));
    format!(
        "{}{}",
        origin.unwrap_or_default(),
        urls.local(&format!("/{name}"))
    )
}

/// The web app manifest (<https://www.w3.org/TR/appmanifest/>): one for the site, in its default language, with a
/// shortcut to each language.
pub fn manifest(site: &Site, urls: Urls<'_>) -> String {
    let own = site.language(&site.default_language);
    let icon = |path: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": urls.local(path), "sizes": sizes, "type": kind, "purpose": purpose });
    let shortcuts: Vec<_> = site
        .languages
        .iter()
        .map(|entry| json!({ "name": format!("{} ({})", entry.title, entry.name), "short_name": entry.name, "url": entry.url }))
        .collect();
    let mut manifest = json!({
        "id": site.base_path,
        "name": own.map(|entry| &entry.title),
        "lang": site.default_language,
        "dir": site.default_language.direction(),
        "start_url": site.base_path,
        "scope": site.base_path,
        // With the browser's own way back and its address: a blog is read by its links.
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            icon("/assets/icons/favicon.svg", "any", "image/svg+xml", "any"),
            icon(ICON, "192x192", "image/png", "any"),
            icon("/assets/icons/icon-512.png", "512x512", "image/png", "any"),
            icon("/assets/icons/icon-maskable-512.png", "512x512", "image/png", "maskable"),
        ],
        "shortcuts": shortcuts,
    });
    if let Some(description) = own.and_then(|entry| entry.description.as_ref()) {
        manifest["description"] = description.clone().into();
    }
    format!("{manifest}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_with_a_hash_in_the_name_never_change() {
        for (file, never) in [
            ("assets/boot-cf2e5f141e0dfc68.js", true),
            ("assets/passerelle-reader-e94103de97a9044_bg.wasm", true),
            ("assets/icons/icon-1924.png", false),
            ("assets/icon.svg", false),
            ("assets/reader-style.css", false),
            ("sw.js", false),
            ("en/post-2024.html", false),
        ] {
            assert_eq!(never_changes(file), never, "{file}");
        }
    }
}
