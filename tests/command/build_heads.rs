//! What the head of every page says, over the demo and over real blogs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use content::url::decode_path;
use passerelle_tests::{repository, skip::skip};
use serde_json::Value;
use sha2::{Digest, Sha384};

use crate::run::{CORPUS, build, build_demo, files, fixture, scratch, write_post};

/// Every page by its path in the site, decoded: `/`, `/en/x/`, `/a.html`.
fn pages(site: &Path) -> BTreeMap<String, String> {
    files(site)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| {
            let path = format!("/{}", name.strip_suffix("index.html").unwrap_or(&name));
            (path, String::from_utf8(bytes).unwrap())
        })
        .collect()
}

/// The values of `attribute` in each tag of the head that begins so.
fn values<'a>(page: &'a str, tag: &str, attribute: &str) -> Vec<&'a str> {
    let head = page.split("</head>").next().unwrap();
    let begin = format!(" {attribute}=\"");
    head.match_indices(tag)
        .map(|(at, _)| &head[at..at + head[at..].find('>').unwrap()])
        .filter_map(|tag| tag.split_once(begin.as_str())?.1.split('"').next())
        .collect()
}

fn alternates(page: &str) -> BTreeSet<(&str, &str)> {
    const TAG: &str = "<link rel=\"alternate\" hreflang=";
    let languages = values(page, TAG, "hreflang");
    let urls = values(page, TAG, "href");
    assert_eq!(languages.len(), urls.len());
    languages.into_iter().zip(urls).collect()
}

/// The path of one of the site's own URLs, decoded.
fn path(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/').unwrap()..],
        None => url,
    };
    decode_path(path)
}

/// Holds that whatever names a page as its translation is named by it. Gives how many pages name any.
fn reciprocal(site: &Path) -> usize {
    let pages = pages(site);
    let mut naming = 0;
    for (own, page) in &pages {
        let named = alternates(page);
        naming += usize::from(!named.is_empty());
        assert!(
            named.is_empty() || named.iter().any(|(_, url)| path(url) == *own),
            "{own} does not name itself: {named:?}"
        );
        assert_eq!(
            named
                .iter()
                .filter(|(language, _)| *language == "x-default")
                .count(),
            usize::from(!named.is_empty()),
            "{own}"
        );
        for (language, url) in &named {
            let other = pages
                .get(&path(url))
                .unwrap_or_else(|| panic!("{own} names {url}, which is not there"));
            assert_eq!(alternates(other), named, "{own} names {url} as its {language}");
            if *language != "x-default" {
                assert!(
                    other.contains(&format!("<html lang=\"{language}\"")) || path(url) == "/",
                    "{url}"
                );
            }
        }
    }
    naming
}

#[test]
fn translations_name_each_other_in_the_demo() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build_demo(&site, &[]).with(0);
    assert!(reciprocal(&site) > 20);
}

#[test]
fn translations_name_each_other_in_real_blogs() {
    let corpus = repository::root().join("../shared/corpus");
    if !corpus.is_dir() {
        return skip(
            "translations_name_each_other_in_real_blogs",
            "there is no ../shared/corpus",
        );
    }
    for (tree, least) in CORPUS.into_iter().zip([9, 21, 60, 200]) {
        let scratch = scratch();
        build(&corpus.join(tree), scratch.path(), &["--keep-going"]).with(0);
        let naming = reciprocal(scratch.path());
        assert!(naming >= least, "{tree}: {naming}");
    }
}

#[test]
fn every_page_of_the_demo_says_what_it_is() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build_demo(&site, &[]).with(0);
    let pages = pages(&site);
    let mut descriptions = 0;
    let is_redirect = |page: &str| page.contains("http-equiv=\"refresh\"");
    for (own, page) in pages.iter().filter(|(_, page)| !is_redirect(page)) {
        if ["/404.html", "/offline.html"].contains(&own.as_str()) || own.ends_with("/saved/") {
            assert!(page.contains(r#"<meta name="robots" content="noindex">"#));
            assert_eq!(values(page, "<link rel=\"canonical\"", "href"), [""; 0]);
            continue;
        }
        let one = |tag: &str, attribute: &str| {
            let values = values(page, tag, attribute);
            assert_eq!(values.len(), 1, "{own}: {tag}");
            values[0].to_owned()
        };
        let canonical = one("<link rel=\"canonical\"", "href");
        assert!(canonical.starts_with("https://blog.example.ca/") && path(&canonical) == *own);
        assert_eq!(one("<meta property=\"og:url\"", "content"), canonical);
        for property in [
            "og:type",
            "og:title",
            "og:site_name",
            "og:locale",
            "og:description",
        ] {
            assert!(!one(&format!("<meta property=\"{property}\""), "content").is_empty());
        }
        assert!(!one("<meta name=\"description\"", "content").is_empty());
        descriptions += 1;
        for image in values(page, "<meta property=\"og:image\"", "content") {
            let file = path(image);
            assert!(
                image.starts_with("https://") && site.join(&file[1..]).is_file(),
                "{image}"
            );
            one("<meta property=\"og:image:width\"", "content");
        }
        let feeds = page.matches("type=\"application/atom+xml\"").count();
        assert_eq!(feeds, if own == "/" { 2 } else { 1 }, "{own}");
    }
    assert!(descriptions > 20);
    let list = &pages["/en/"];
    assert!(list.contains(r#"<link rel="next" href="/en/page/2/">"#));
    assert!(pages["/en/page/2/"].contains(r#"<link rel="prev" href="/en/">"#));
}

/// A page that names no icon is asked for `/favicon.ico`, which is not there.
#[test]
fn every_page_names_an_icon_that_is_there() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build_demo(&site, &["--base-path", "/notes/"]).with(0);
    for (own, page) in pages(&site) {
        let icons = values(&page, "<link rel=\"icon\"", "href");
        assert!(!icons.is_empty(), "{own}");
        for icon in icons {
            let file = icon.strip_prefix("/notes/").unwrap();
            assert!(site.join(file).is_file(), "{own}: {icon}");
        }
    }
}

/// The data block of a page.
fn json_ld(page: &str) -> Value {
    let (_, behind) = page.split_once(r#"<script type="application/ld+json">"#).unwrap();
    serde_json::from_str(behind.split("</script>").next().unwrap()).unwrap()
}

#[test]
fn machines_read_the_post_whatever_its_title_is() {
    let scratch = scratch();
    let blog = scratch.path().join("blog");
    let title = "</script><script>alert(1)</script><!--";
    // Written with entities, since tags in a title are formatting.
    let written = title.replace('<', "&lt;").replace('>', "&gt;");
    let front_matter = format!("title: '{written}'\nauthor: A\ndate: 2024-01-01\ntranslationKey: k");
    for language in ["en", "fr"] {
        write_post(&blog.join(format!("{language}/p.md")), &front_matter, "Text.");
    }
    let site = scratch.path().join("site");
    build(&blog, &site, &[]).with(0);
    let page = fs::read_to_string(site.join("en/p/index.html")).unwrap();
    let posting = json_ld(&page);
    assert_eq!(posting["headline"], title);
    assert_eq!(posting["@type"], "BlogPosting");
    assert_eq!(posting["inLanguage"], "en");
    assert_eq!(posting["workTranslation"][0]["url"], "/fr/p/");
    assert_eq!(posting["author"][0]["name"], "A");
    // The shell's boot script, and the data block.
    assert_eq!(page.matches("<script").count(), 2, "{page}");
    assert!(!page.contains("<script>"), "{page}");
}

#[test]
fn style_and_boot_script_are_named_with_their_digests() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build_demo(&site, &["--base-path", "/blog/"]).with(0);
    let page = fs::read_to_string(site.join("en/welcome/index.html")).unwrap();
    let mut kinds = Vec::new();
    for tag in page.split('<').filter(|tag| tag.contains(" integrity=\"sha384-")) {
        let value = |name: &str| {
            let (_, behind) = tag.split_once(&format!(" {name}=\"")).unwrap();
            behind.split('"').next().unwrap()
        };
        let url = value(if tag.starts_with("script") { "src" } else { "href" });
        let bytes = fs::read(site.join(url.strip_prefix("/blog/").unwrap())).unwrap();
        use base64::Engine;
        let digest = base64::engine::general_purpose::STANDARD.encode(Sha384::digest(&bytes));
        assert_eq!(value("integrity"), format!("sha384-{digest}"), "{url}");
        kinds.push(url.rsplit('.').next().unwrap().to_owned());
    }
    kinds.sort();
    assert!(
        kinds.starts_with(&["css".to_owned(), "js".to_owned()]),
        "{kinds:?}"
    );
}

#[test]
fn the_policy_of_every_page_names_the_hosts_of_images_and_no_more() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build(&fixture("blog"), &site, &[]).with(0);
    let header = fs::read_to_string(site.join("_headers")).unwrap();
    let (_, header) = header.split_once("Content-Security-Policy: ").unwrap();
    let header = header.lines().next().unwrap();
    for (own, page) in pages(&site) {
        let policies = values(&page, "<meta http-equiv=\"Content-Security-Policy\"", "content");
        assert_eq!(policies.len(), 1, "{own}");
        assert!(
            policies[0].contains("img-src 'self' data: https://images.example;"),
            "{own}"
        );
        assert!(policies[0].starts_with("default-src 'none'; "), "{own}");
        assert!(!policies[0].contains("unsafe-inline") && !policies[0].contains("'unsafe-eval'"));
        assert_eq!(
            header,
            format!("{}; frame-ancestors 'none'", policies[0]),
            "{own}"
        );
    }
}

#[test]
fn only_what_the_build_made_is_kept_for_ever_whatever_a_publishers_file_is_called() {
    let scratch = scratch();
    let (posts, site) = (scratch.path().join("posts"), scratch.path().join("site"));
    write_post(
        &posts.join("en/a.md"),
        "title: A\ndate: 2024-01-01",
        "[r](/assets/report-2023.pdf)",
    );
    fs::create_dir(posts.join("assets")).unwrap();
    fs::write(posts.join("assets/report-2023.pdf"), "%PDF").unwrap();
    build(&posts, &site, &[]).with(0);
    assert!(site.join("assets/report-2023.pdf").exists());
    let headers = fs::read_to_string(site.join("_headers")).unwrap();
    let forever: Vec<_> = headers.matches("\n/assets/").collect();
    assert!(!forever.is_empty() && !headers.contains("report"), "{headers}");
}
