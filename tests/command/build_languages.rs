//! `passerelle build` of blogs in more than two languages, and in languages that the interface has no words in.

use std::fs;

use passerelle_tests::sites::Tree;
use serde_json::Value;

use crate::run::{build, scratch, write_post};

#[test]
fn with_three_languages_the_crossing_is_a_list_that_says_which_lacks_the_post() {
    let scratch = scratch();
    for (language, key) in [("en", "a"), ("es", "b"), ("fr", "a")] {
        let front_matter = format!("title: T\ndate: 2024-01-01\ntranslationKey: {key}");
        write_post(
            &scratch.path().join(format!("blog/{language}/post.md")),
            &front_matter,
            "Text.",
        );
    }
    let site = scratch.path().join("site");
    build(&scratch.path().join("blog"), &site, &[]).with(0);
    let page = fs::read_to_string(site.join("en/post/index.html")).unwrap();
    for part in [
        concat!(
            r#"<ul class="crossing-list" role="list">"#,
            r#"<li><a class="crossing-link" href="/es/" lang="es" hreflang="es" aria-describedby="crossing-note-es">Español</a></li>"#,
            r#"<li><a class="crossing-link" href="/fr/post/" lang="fr" hreflang="fr">Français</a></li></ul>"#
        ),
        r#"<p class="crossing-note" id="crossing-note-es">No translation of this post: the link <span lang="es">Español</span>"#,
        r#"<link rel="alternate" hreflang="en" href="/en/post/"><link rel="alternate" hreflang="fr" href="/fr/post/">"#,
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains(r#"hreflang="es" href="#), "{page}");
}

#[test]
fn words_that_are_not_in_the_pages_language_say_which_they_are_in() {
    let scratch = scratch();
    write_post(
        &scratch.path().join("blog/ar/post.md"),
        "title: T\ndate: 2024-01-01\nauthor: كاتب",
        "نص.",
    );
    let site = scratch.path().join("site");
    build(&scratch.path().join("blog"), &site, &[]).with(0);
    let day = r#"<time class="meta-item" datetime="2024-01-01" lang="en">January 1, 2024</time>"#;
    let page = fs::read_to_string(site.join("ar/post/index.html")).unwrap();
    for part in [
        r#"<html lang="ar" dir="rtl" data-base="/">"#,
        r##"<a class="skip-link" href="#main" lang="en">Skip to main content</a>"##,
        r#"<p class="way-back" lang="en">"#,
        day,
        r#"<span class="meta-item" lang="en">By كاتب</span>"#,
        r#"<span class="meta-item" lang="en">1 min read</span>"#,
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let list = fs::read_to_string(site.join("ar/index.html")).unwrap();
    assert!(list.contains(day), "{list}");
}

#[test]
fn variants_of_one_language_are_told_apart_wherever_they_are_named() {
    let scratch = scratch();
    for language in ["en", "zh-Hans", "zh-Hant"] {
        write_post(
            &scratch.path().join(format!("blog/{language}/post.md")),
            "title: T\ndate: 2024-01-01",
            "Text.",
        );
    }
    let site = scratch.path().join("site");
    build(&scratch.path().join("blog"), &site, &[]).with(0);
    for file in ["en/post/index.html", "site.json", "manifest.webmanifest"] {
        let text = fs::read_to_string(site.join(file)).unwrap();
        for name in ["简体中文", "繁體中文"] {
            assert!(text.contains(name), "{name} is not in {file}: {text}");
        }
    }
}

#[test]
fn a_language_with_a_region_has_one_folder() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    write_post(&blog.join("fr-CA/a.md"), "title: A\ndate: 2024-01-01", "Texte.");
    fs::write(
        blog.join("passerelle.toml"),
        "origin = 'https://blogue.example.ca'\n",
    )
    .unwrap();
    build(&blog, &site, &[]).with(0);
    for file in [
        "index.html",
        "a/index.html",
        "feed.json",
        "saved/index.html",
        "atom.xml",
    ] {
        assert!(site.join("fr-ca").join(file).is_file(), "{file}");
    }
    assert!(!site.join("fr-CA").exists());
    let worker = fs::read_to_string(site.join("sw.js")).unwrap();
    assert!(worker.contains(r#""languages":["fr-ca"]"#), "{worker}");
}

#[test]
fn every_post_of_the_three_language_fixture_is_written() {
    let scratch = scratch();
    let tree = Tree::fixture("three-languages").to_string();
    let ended = build(tree.as_ref(), scratch.path(), &[]).with(0);
    assert!(ended.out.contains(": 6 posts ("), "{}", ended.out);
}

#[test]
fn a_site_whose_default_language_has_no_posts_begins_with_another_and_has_its_title() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    write_post(&blog.join("en/a.md"), "title: A\ndate: 2024-01-01", "Text.");
    write_post(&blog.join("fr/a.md"), "title: A\ndate: 2024-01-01", "Texte.");
    fs::write(
        blog.join("passerelle.toml"),
        "default_language = 'de'\n[languages.en]\ntitle = 'The ferry'\n[languages.fr]\ntitle = 'Le bac'\n",
    )
    .unwrap();
    let ended = build(&blog, &site, &[]).with(0);
    assert!(ended.err.contains("passerelle.toml:1:20: "), "{}", ended.err);
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    let root = read("index.html");
    assert!(root.contains("<title>The ferry / Le bac</title>"), "{root}");
    assert!(
        root.contains(r#"property="og:title" content="The ferry""#),
        "{root}"
    );
    let manifest: Value = serde_json::from_str(&read("manifest.webmanifest")).unwrap();
    assert_eq!(
        (manifest["name"].as_str(), manifest["lang"].as_str()),
        (Some("The ferry"), Some("en"))
    );
    let about: Value = serde_json::from_str(&read("site.json")).unwrap();
    assert_eq!(about["default_language"], "en");
}
