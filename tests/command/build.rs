//! `passerelle build`: the site that comes out of a tree.

use std::{fmt::Write, fs, path::Path};

use serde_json::Value;

use crate::run::{build, copy, files, fixture, run, scratch, write_post};

/// Every page and document of a site, one under the other; of other files, the name.
fn written(site: &Path) -> String {
    let digest = json(&site.join("site.json"))["build"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut all = String::new();
    for (name, bytes) in files(site) {
        let is_ours = [
            ".html",
            ".json",
            ".txt",
            ".xml",
            "_headers",
            "_redirects",
            ".webmanifest",
        ]
        .iter()
        .any(|end| name.ends_with(end));
        let text = if is_ours {
            String::from_utf8(bytes).unwrap()
        } else {
            String::new()
        };
        // The digest hangs on all the rest; a test of its own looks at it.
        let text = text.replace(&digest, "[digest]").replace("><", ">\n<");
        writeln!(all, "==> {name}\n{}", text.trim_end()).unwrap();
    }
    all
}

#[test]
fn a_small_blog_becomes_this_site() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    let ended = build(&fixture("blog"), &site, &[]).with(0);
    let (summary, _) = ended.out.split_once(", in ").unwrap();
    assert_eq!(
        summary,
        format!(
            "{}: 4 posts (3 en, 1 fr), 1 pair, 2 without translation",
            site.display()
        )
    );
    insta::assert_snapshot!(written(&site));
}

#[test]
fn two_builds_are_the_same_byte_for_byte() {
    let scratch = scratch();
    let sites = ["one", "two"].map(|name| scratch.path().join(name));
    for site in &sites {
        build(&fixture("blog"), site, &[]).with(0);
    }
    assert!(files(&sites[0]) == files(&sites[1]));
}

#[test]
fn the_digest_of_a_build_changes_with_any_file() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    copy(&fixture("blog"), &blog);
    let digest = || {
        build(&blog, &site, &[]).with(0);
        json(&site.join("site.json"))["build"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let before = digest();
    assert_eq!(digest(), before);
    fs::write(blog.join("static/robots.txt"), "User-agent: nobody\n").unwrap();
    assert_ne!(digest(), before);
}

#[test]
fn html_in_static_is_published_as_it_is_and_takes_no_page_of_the_sites() {
    let scratch = scratch();
    let (posts, site) = (scratch.path().join("posts"), scratch.path().join("site"));
    write_post(&posts.join("en/a.md"), "title: A\ndate: 2024-01-01", "a");
    let of_theirs = "google-site-verification: google1.html";
    for (file, text) in [
        ("static/google1.html", of_theirs),
        ("static/404.html", "mine"),
        ("static/en/a/index.html", "mine"),
        ("assets/demo.html", "of the theme"),
    ] {
        let file = posts.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    build(&posts, &site, &[]).with(0);
    let published = files(&site);
    assert_eq!(published["google1.html"], of_theirs.as_bytes());
    assert_ne!(published["404.html"], b"mine");
    assert_ne!(published["en/a/index.html"], b"mine");
    assert!(!published.contains_key("assets/demo.html"));
}

#[test]
fn every_url_stands_under_the_base_path() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build(&fixture("blog"), &site, &["--base-path", "/notes/"]).with(0);
    let mut seen = 0;
    for (name, bytes) in files(&site)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".html"))
    {
        let html = String::from_utf8(bytes).unwrap();
        for attribute in ["href=\"/", "src=\"/", "url=/"] {
            for (at, _) in html.match_indices(attribute) {
                let url = &html[at + attribute.len() - 1..];
                assert!(
                    url.starts_with("/notes/"),
                    "{name}: {}",
                    &url[..url.len().min(60)]
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "only {seen} URLs were looked at");
    let about = json(&site.join("site.json"));
    assert_eq!(about["base_path"], "/notes/");
    assert_eq!(about["languages"][1]["feed_url"], "/notes/fr/feed.json");
    let post = json(&site.join("en/crossing/index.json"));
    assert_eq!(post["item"]["url"], "/notes/en/crossing/");
    assert_eq!(post["body"]["links"][0]["url"], "/notes/en/alone/#post-rail");
    assert_eq!(post["body"]["images"][0]["url"], "/notes/en/plan.png");
}

#[test]
fn links_that_jekyll_makes_with_its_base_path_stay_in_the_blog() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    let body = "[a]({{ site.baseurl }}/) [b]({{ site.baseurl }}/about/) [c]({{ \"/about/\" | relative_url }}) \
                [d]({{ 'about/' | absolute_url }}) [e]({{ site.url }}{{ site.baseurl }}/about/) [f]({{ site.baseurl }}) \
                [g]({{ \"/about/\" | prepend: site.baseurl | prepend: site.url }}) [h]({{ site.url }}/other/) [i](/other/) \
                [j]({{ site.baseurl }}{% post_url 2021-02-04-a %}) [k]({{ site.baseurl }}/2021/02/04/a/)\n\n\
                ![l]({{ site.baseurl }}/none.png)\n\n<img src=\"{{ '/none.png' | relative_url }}\" alt=\"\">";
    write_post(&blog.join("_posts/2021-02-04-a.md"), "title: A\nlang: en", body);
    fs::write(
        blog.join("_config.yml"),
        "url: https://b.example.ca\nbaseurl: /blog\npermalink: pretty\n",
    )
    .unwrap();
    build(&blog, &site, &[]).with(0);
    let page = fs::read_to_string(site.join("2021/02/04/a/index.html")).unwrap();
    let (_, article) = page.split_once("<p><a").unwrap();
    let urls = |attribute: &str| -> Vec<String> {
        let values = article.split(attribute).skip(1);
        values
            .map(|value| value.split('"').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        urls(" href=\"")[..11],
        [
            "/blog/",
            "/blog/about/",
            "/blog/about/",
            "/blog/about/",
            "/blog/about/",
            "/blog/",
            "/blog/about/",
            "/other/",
            "/other/",
            "/blog/2021/02/04/a/",
            "/blog/2021/02/04/a/",
        ]
    );
    assert_eq!(urls(" src=\"")[..2], ["/blog/none.png", "/blog/none.png"]);
    let body = &json(&site.join("2021/02/04/a/index.json"))["body"];
    assert_eq!(body["base_path"], "/blog/");
    let told = run(["check", blog.to_str().unwrap()]).with(0).out;
    assert_eq!(
        told.matches("the image /blog/none.png is not in the tree")
            .count(),
        2,
        "{told}"
    );
}

#[test]
fn each_language_has_its_own_origin_in_permalinks_and_in_links_across() {
    let scratch = scratch();
    let (config, site) = (scratch.path().join("c.toml"), scratch.path().join("site"));
    let text =
        "[languages.en]\norigin = \"https://en.example\"\n[languages.fr]\norigin = \"https://fr.example\"\n";
    fs::write(&config, text).unwrap();
    build(&fixture("blog"), &site, &["--config", config.to_str().unwrap()]).with(0);
    let item = &json(&site.join("en/crossing/index.json"))["item"];
    assert_eq!(item["url"], "https://en.example/en/crossing/");
    assert_eq!(
        item["_passerelle"]["translations"][0]["url"],
        "https://fr.example/fr/traversee/"
    );
    assert_eq!(item["_passerelle"]["data_url"], "/en/crossing/index.json");
    let page = fs::read_to_string(site.join("en/crossing/index.html")).unwrap();
    for part in [
        r#"<link rel="canonical" href="https://en.example/en/crossing/">"#,
        r#"<link rel="alternate" hreflang="fr" href="https://fr.example/fr/traversee/">"#,
        r#"href="https://fr.example/fr/traversee/" lang="fr" hreflang="fr">Français</a>"#,
        r#"<a class="site-title" href="/en/">"#,
        r#"rel="prev" href="/en/alone/">"#,
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

#[test]
fn drafts_and_future_posts_stay_out_unless_they_are_asked_for() {
    let scratch = scratch();
    for (options, posts, draft, future) in [
        (&[][..], 4, false, false),
        (&["--drafts"], 5, true, false),
        (&["--future"], 5, false, true),
        (&["--drafts", "--future"], 6, true, true),
    ] {
        let site = scratch.path().join(format!("site{}", options.concat()));
        let ended = build(&fixture("blog"), &site, options).with(0);
        assert!(ended.out.contains(&format!(": {posts} posts (")), "{}", ended.out);
        assert_eq!(site.join("en/draft/index.html").exists(), draft, "{options:?}");
        assert_eq!(site.join("fr/futur/index.html").exists(), future, "{options:?}");
    }
}

#[test]
fn a_bad_post_is_told_and_left_out_and_the_rest_is_built() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    copy(&fixture("blog"), &blog);
    write_post(&blog.join("en/bad.md"), "title: [never closed", "Text.");
    let ended = build(&blog, &site, &[]).with(1);
    assert!(
        ended.err.lines().any(|line| line.contains("en/bad.md:")),
        "{}",
        ended.err
    );
    assert!(
        ended
            .out
            .contains("\nleft out: 1 post, for the errors named above\n"),
        "{}",
        ended.out
    );
    assert!(!site.join("en/bad").exists() && site.join("en/crossing/index.html").exists());
    build(&blog, &site, &["--keep-going"]).with(0);
}

#[test]
fn json_gives_the_summary_and_the_findings_as_data() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    copy(&fixture("blog"), &blog);
    write_post(&blog.join("en/bad.md"), "title: [never closed", "Text.");
    let ended = build(&blog, &site, &["--format", "json"]).with(1);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    for (member, value) in [
        ("posts", 4),
        ("pairs", 1),
        ("unpaired", 2),
        ("left_out", 1),
        ("held_back", 2),
    ] {
        assert_eq!(report[member], value, "{member}");
    }
    assert!(
        report["findings"][0]["path"]
            .as_str()
            .unwrap()
            .ends_with("en/bad.md")
    );
    assert_eq!(report["build"], json(&site.join("site.json"))["build"]);
    assert_eq!(ended.err, "");
}

#[test]
fn nothing_but_the_result_is_printed_when_piped() {
    let scratch = scratch();
    let ended = build(&fixture("blog"), &scratch.path().join("site"), &[]).with(0);
    assert_eq!(ended.err, "");
    assert!(!ended.out.contains(['\r', '\u{1b}']), "{:?}", ended.out);
    assert_eq!(ended.out.lines().count(), 4, "{}", ended.out);
}

#[test]
fn a_folder_that_is_no_reader_is_named_with_the_cure() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    let (blog, empty) = (fixture("blog"), scratch.path().join("none"));
    let args = [
        Path::new("build"),
        &blog,
        Path::new("--out"),
        &site,
        Path::new("--reader"),
        &empty,
    ];
    let ended = run(args).with(2);
    assert!(
        ended.err.contains("none: ") && ended.err.contains("cargo xtask dist"),
        "{}",
        ended.err
    );
    assert!(!site.exists());
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}
