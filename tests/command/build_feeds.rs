//! The Atom feeds as RFC 4287 wants them, and the sitemap as sitemaps.org does.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use passerelle_tests::{repository, skip::skip};
use serde_json::Value;

use crate::{
    run::{CORPUS, build, build_demo, files, fixture, scratch, write_post},
    xml::Element,
};

#[test]
fn an_atom_feed_of_the_publishers_own_goes_before_ours() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    write_post(&blog.join("en/a.md"), "title: A\ndate: 2024-01-01", "Text.");
    fs::write(
        blog.join("passerelle.toml"),
        "origin = 'https://blog.example.ca'\n",
    )
    .unwrap();
    fs::create_dir_all(blog.join("static/en")).unwrap();
    fs::write(blog.join("static/en/atom.xml"), "<feed/>").unwrap();
    build(&blog, &site, &[]).with(0);
    assert_eq!(fs::read_to_string(site.join("en/atom.xml")).unwrap(), "<feed/>");
}

#[test]
fn a_picture_is_absolute_in_the_feed_alone() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    for (name, image) in [("a", "pic.png"), ("b", "https://cdn.example/pic.png")] {
        let front_matter = format!("title: A\ndate: 2024-01-01\nimage: {image}");
        write_post(&blog.join(format!("en/{name}.md")), &front_matter, "Text.");
    }
    fs::write(blog.join("en/pic.png"), "").unwrap();
    let images = |origin: &str| {
        fs::write(blog.join("passerelle.toml"), origin).unwrap();
        build(&blog, &site, &[]).with(0);
        let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
        let feed: Value = serde_json::from_str(&read("en/feed.json")).unwrap();
        let post: Value = serde_json::from_str(&read("en/a/index.json")).unwrap();
        assert_eq!(post["item"]["image"], "/en/pic.png");
        let list = read("en/index.html");
        assert!(list.contains(r#"<img src="/en/pic.png""#), "{list}");
        let mut images: Vec<String> = feed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["image"].as_str().unwrap().to_owned())
            .collect();
        images.sort();
        images
    };
    assert_eq!(images(""), ["/en/pic.png", "https://cdn.example/pic.png"]);
    assert_eq!(
        images("origin = 'https://blog.example.ca'\n"),
        [
            "https://blog.example.ca/en/pic.png",
            "https://cdn.example/pic.png"
        ]
    );
}

/// Holds what RFC 4287 asks of a feed (section 4) and its readers rely on. Gives its entries.
fn check_atom(text: &str) -> usize {
    let feed = Element::parse(text);
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.attribute("xmlns"), Some("http://www.w3.org/2005/Atom"));
    assert!(feed.attribute("xml:lang").is_some());
    check_common(&feed);
    assert!(!feed.all("author").is_empty());
    let own: Vec<_> = links(&feed, "self");
    assert!(own.len() == 1 && own[0].ends_with("/atom.xml"), "{own:?}");
    let entries = feed.all("entry");
    let mut ids = BTreeSet::from([feed.one("id")]);
    for entry in &entries {
        check_common(entry);
        assert!(ids.insert(entry.one("id")), "{} is there twice", entry.one("id"));
        date(entry.one("published"));
        let [content] = entry.all("content")[..] else {
            panic!("an entry has one content")
        };
        assert_eq!(content.attribute("type"), Some("html"));
        for relative in ["href=\"/", "src=\"/", "href=\"#", "<script"] {
            assert!(!content.text.contains(relative), "{relative} in {}", content.text);
        }
        let languages: Vec<_> = entry
            .all("link")
            .iter()
            .filter(|link| link.attribute("rel") == Some("alternate"))
            .map(|link| link.attribute("hreflang").unwrap().to_owned())
            .collect();
        let distinct: BTreeSet<_> = languages.iter().collect();
        assert!(
            !languages.is_empty() && distinct.len() == languages.len(),
            "{languages:?}"
        );
    }
    assert!((1..=20).contains(&entries.len()));
    assert_eq!(feed.one("updated"), entries[0].one("updated"));
    entries.len()
}

/// What a feed and an entry share: one id, title and date; authors with names; links with absolute addresses.
fn check_common(element: &Element) {
    absolute(element.one("id"));
    assert!(!element.one("title").is_empty());
    date(element.one("updated"));
    for author in element.all("author") {
        assert!(!author.one("name").is_empty());
    }
    for link in element.all("link") {
        absolute(link.attribute("href").unwrap());
    }
}

fn links<'a>(element: &'a Element, rel: &str) -> Vec<&'a str> {
    let all = element.all("link").into_iter();
    all.filter(|link| link.attribute("rel") == Some(rel))
        .filter_map(|link| link.attribute("href"))
        .collect()
}

fn absolute(iri: &str) {
    let (scheme, rest) = iri.split_once("://").expect("an absolute IRI");
    assert!(["http", "https"].contains(&scheme) && rest.contains('/'), "{iri}");
}

/// `2024-05-02T09:00:00-04:00`, or with `Z` (RFC 3339).
fn date(text: &str) {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let known = [
        "0000-00-00T00:00:00Z",
        "0000-00-00T00:00:00+00:00",
        "0000-00-00T00:00:00-00:00",
    ];
    assert!(known.contains(&shape.as_str()), "{text}");
}

/// Every URL of a sitemap with its alternates, as (language, URL).
fn sitemap(text: &str) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let urls = Element::parse(text);
    assert_eq!(
        urls.attribute("xmlns"),
        Some("http://www.sitemaps.org/schemas/sitemap/0.9")
    );
    let url = |url: &&Element| {
        let alternates = url.all("xhtml:link");
        let named = alternates.iter().map(|link| {
            let value = |name| link.attribute(name).unwrap().to_owned();
            (value("hreflang"), value("href"))
        });
        (url.one("loc").to_owned(), named.collect())
    };
    urls.all("url").iter().map(url).collect()
}

fn check(site: &Path) -> (usize, usize) {
    let entries = files(site)
        .into_iter()
        .filter(|(name, _)| name.ends_with("atom.xml"))
        .map(|(_, bytes)| check_atom(&String::from_utf8(bytes).unwrap()))
        .sum();
    let pages = sitemap(&fs::read_to_string(site.join("sitemap.xml")).unwrap());
    for (url, alternates) in &pages {
        absolute(url);
        for (language, other) in alternates {
            assert_eq!(
                pages.get(other),
                Some(alternates),
                "{url} names {other} as its {language}"
            );
        }
        assert!(
            alternates.is_empty() || alternates.iter().any(|(_, own)| own == url),
            "{url} does not name itself"
        );
    }
    (entries, pages.len())
}

#[test]
fn the_feeds_and_the_sitemap_of_the_demo_are_as_their_standards_say() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build_demo(&site, &[]).with(0);
    let about: Value = serde_json::from_slice(&fs::read(site.join("site.json")).unwrap()).unwrap();
    let posts: u64 = (0..2)
        .map(|language| about["languages"][language]["posts"].as_u64().unwrap())
        .sum();
    let (entries, pages) = check(&site);
    assert_eq!(entries as u64, posts);
    // The posts, two list pages in each language, and the root.
    assert_eq!(pages as u64, posts + 5);
    let robots = fs::read_to_string(site.join("robots.txt")).unwrap();
    assert_eq!(
        robots,
        "User-agent: *\nDisallow:\n\nSitemap: https://blog.example.ca/sitemap.xml\n"
    );
}

#[test]
fn the_feeds_and_the_sitemaps_of_real_blogs_are_as_their_standards_say() {
    let corpus = repository::root().join("../shared/corpus");
    if !corpus.is_dir() {
        return skip(
            "the_feeds_and_the_sitemaps_of_real_blogs_are_as_their_standards_say",
            "there is no ../shared/corpus",
        );
    }
    for tree in CORPUS {
        let scratch = scratch();
        let config = scratch.path().join("c.toml");
        fs::write(
            &config,
            "[languages.en]\norigin = \"https://en.example\"\n[languages.fr]\norigin = \"https://fr.example\"\n",
        )
        .unwrap();
        let site = scratch.path().join("site");
        let more = ["--keep-going", "--config", config.to_str().unwrap()];
        build(&corpus.join(tree), &site, &more).with(0);
        let (entries, pages) = check(&site);
        assert!(entries >= 6 && pages > entries, "{tree}: {entries}, {pages}");
    }
}

#[test]
fn without_an_origin_there_is_neither_and_the_summary_says_why() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    let ended = build(&fixture("blog"), &site, &[]).with(0);
    assert!(
        ended
            .out
            .contains("\nwithout origin: en, fr, so no canonical URLs, sitemap or Atom feed"),
        "{}",
        ended.out
    );
    assert!(!site.join("sitemap.xml").exists() && !site.join("en/atom.xml").exists());
}

#[test]
fn an_earlier_url_leads_on_by_page_and_by_host() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build(&fixture("blog"), &site, &["--base-path", "/notes/"]).with(0);
    let page = fs::read_to_string(site.join("old/crossing/index.html")).unwrap();
    assert!(
        page.contains(r#"http-equiv="refresh" content="0; url=/notes/en/crossing/""#),
        "{page}"
    );
    assert_eq!(
        fs::read_to_string(site.join("_redirects")).unwrap(),
        "/notes/old/crossing/ /notes/en/crossing/ 301\n"
    );
}
