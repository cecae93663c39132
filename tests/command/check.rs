//! `passerelle check`: what it prints, where, and how it ends.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::run::{Ended, run, scratch, write_post};

/// Checks a folder of `tests/fixtures/check`. Paths are printed from there.
fn check_fixture(name: &str, more: &[&str]) -> Ended {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/check");
    let tree = folder.join(name).into_os_string().into_string().unwrap();
    let ended = run(["check", &tree].iter().chain(more));
    let shorter = |text: String| text.replace(&format!("{}/", folder.display()), "");
    Ended {
        out: shorter(ended.out),
        err: shorter(ended.err),
        ..ended
    }
}

/// The findings of a fixture, and whether a reader would meet one.
#[track_caller]
fn told(name: &str, status: i32, expected: &[&str]) {
    let ended = check_fixture(name, &[]).with(status);
    assert_eq!(ended.out.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn references_that_disagree_are_told_where_the_crossing_works() {
    told(
        "two-domains",
        0,
        &[
            "two-domains/traversier.example.ca/_posts/2021-05-03-l-horaire-du-traversier.md:7:6: ref \"horaire\" is not \
           that of its translation ferry.example.ca/_posts/2021-05-03-the-ferry-timetable.md, which another reference \
           joins it with; write \"ferry-post\" in both",
        ],
    );
}

#[test]
fn a_url_that_misses_by_case_or_apostrophe_is_told_where_the_crossing_works() {
    told(
        "case-only-url",
        0,
        &[
            "case-only-url/_posts/fr/2021-05-03-l-horaire.md:6:12: trans_url \"/2021/05/03/the-ops-timetable\" leads to \
           no post; did you mean \"/2021/05/03/the-OPS-timetable/\"?",
        ],
    );
    told(
        "apostrophe-url",
        0,
        &[
            "apostrophe-url/_posts/en/2021-05-03-the-ferry-timetable.md:6:12: trans_url \"/2021/05/03/l'horaire\" leads \
           to no post; did you mean \"/2021/05/03/l-horaire/\"?",
        ],
    );
}

#[test]
fn references_that_cost_the_crossing_are_errors_with_the_cure() {
    told(
        "wrong-url",
        1,
        &[
            "wrong-url/_posts/en/2021-05-03-the-ferry-timetable.md:6:12: trans_url \
             \"2021-05-03/l-horaire-du-travesier\" leads to no post; did you mean \
             \"/2021/05/03/l-horaire-du-traversier/\"?",
            "wrong-url/_posts/fr/2021-05-03-l-horaire-du-traversier.md:6:12: trans_url \
             \"2021-05-03/the-ferry-timetable\" leads to no post; did you mean \"/2021/05/03/the-ferry-timetable/\"?",
        ],
    );
    told(
        "typo-in-key",
        1,
        &[
            "typo-in-key/content/fr/blog/l-horaire.md:5:17: translationKey \"he-ferry-timetable\" meets no other post; \
           did you mean \"the-ferry-timetable\", the key of content/en/blog/the-ferry-timetable.md?",
        ],
    );
    told(
        "space-in-key",
        1,
        &[
            "space-in-key/content/fr/blog/traversier.md:5:17: translationKey \" ferry-times\" meets no other post; did \
           you mean \"ferry-times\", the key of content/en/blog/ferry.md?",
        ],
    );
    told(
        "shared-key",
        1,
        &[
            "shared-key/content/fr/blog/le-service-d-hiver.md:5:17: translationKey \"the-ferry-timetable\" joins two \
           posts of one language, this one and content/fr/blog/l-horaire.md; did you mean \"winter-service-2\", the \
           key of content/en/blog/the-winter-service.md, of the same day?",
        ],
    );
}

#[test]
fn an_entity_in_a_file_name_is_told_with_the_permalink_that_comes_of_it() {
    told(
        "entity-in-name",
        0,
        &[
            "entity-in-name/content/en/blog/ferries-&#8211;-a-history.md: the file's name holds the HTML entity \
           \"&#8211;\", and its permalink is /2021/05/03/ferries-#8211-a-history/; write \"–\" in its place, or give \
           the post a `slug`",
        ],
    );
}

#[test]
fn the_summary_goes_to_standard_error() {
    let ended = check_fixture("shared-key", &[]).with(1);
    let (summary, time) = ended.err.trim_end().rsplit_once("; ").unwrap();
    assert_eq!(
        summary,
        "4 posts, 0 pairs, 4 without translation; 1 error, 0 warnings"
    );
    assert!(time.ends_with(" s"), "{time}");
}

#[test]
fn the_same_comes_as_one_json_object() {
    let ended = check_fixture("space-in-key", &["--format", "json"]).with(1);
    assert_eq!((ended.out.lines().count(), ended.err.as_str()), (1, ""));
    let mut report: Value = serde_json::from_str(&ended.out).unwrap();
    assert!(report["seconds"].take().as_f64().is_some());
    assert_eq!(
        report,
        serde_json::json!({
            "posts": 2, "pairs": 0, "unpaired": 2, "left_out": 0, "held_back": 0,
            "errors": 1, "warnings": 0, "seconds": null,
            "findings": [{
                "path": "space-in-key/content/fr/blog/traversier.md",
                "line": 5, "column": 17,
                "severity": "error", "rule": "translation-key-near",
                "message": "translationKey \" ferry-times\" meets no other post",
                "cure": "did you mean \"ferry-times\", the key of content/en/blog/ferry.md?",
            }],
        })
    );
}

#[test]
fn drafts_and_posts_to_come_are_read_when_asked_for() {
    let folder = scratch();
    write_post(&folder.path().join("en/a.md"), "title: A\ndate: 2021-01-01", "A");
    write_post(
        &folder.path().join("en/b.md"),
        "title: B\ndate: 2021-01-01\ndraft: true",
        "B",
    );
    write_post(
        &folder.path().join("en/c.md"),
        "title: C\ndate: 2021-01-01\npublished: false",
        "C",
    );
    write_post(&folder.path().join("en/d.md"), "title: D\ndate: 9000-01-01", "D");
    let counts = |more: &[&str]| {
        let tree = folder.path().to_str().unwrap();
        let ended = run(["check", tree, "--format", "json"].iter().chain(more)).with(0);
        let report: Value = serde_json::from_str(&ended.out).unwrap();
        (
            report["posts"].as_u64().unwrap(),
            report["held_back"].as_u64().unwrap(),
        )
    };
    assert_eq!(counts(&[]), (1, 3));
    assert_eq!(counts(&["--drafts"]), (3, 1));
    assert_eq!(counts(&["--future"]), (2, 2));
    assert_eq!(counts(&["--drafts", "--future"]), (4, 0));
}

#[test]
fn what_is_rendered_another_way_is_told_when_asked_for() {
    let folder = scratch();
    write_post(
        &folder.path().join("en/a.md"),
        "title: A\ndate: 2021-01-01",
        "See [the plan] (/plan.html).",
    );
    let tree = folder.path().to_str().unwrap();
    assert_eq!(run(["check", tree]).with(0).out, "");
    let verbose = run(["check", tree, "--verbose"]).with(0).out;
    assert!(verbose.starts_with(&format!("{tree}/en/a.md:5:")), "{verbose}");
}

#[test]
fn a_link_to_a_permalink_that_is_not_there_is_told_and_other_pages_are_not() {
    let folder = scratch();
    let links =
        "[one](/en/bridge/) [typo](/en/bridg/) [about](/about/) [elsewhere](https://example.com/en/x/)";
    write_post(
        &folder.path().join("en/a.md"),
        "title: A\ndate: 2021-01-01",
        links,
    );
    write_post(
        &folder.path().join("en/bridge.md"),
        "title: B\ndate: 2021-01-01",
        "B",
    );
    let tree = folder.path().to_str().unwrap();
    assert_eq!(
        run(["check", tree]).with(0).out,
        format!("{tree}/en/a.md:5:20: the link /en/bridg/ leads to no post; did you mean /en/bridge/?\n")
    );
}

#[test]
fn links_to_the_blogs_permalinks_on_a_host_that_it_does_not_know_are_told_once() {
    let folder = scratch();
    let links = "[one](https://blog.ca/en/b/) [two](https://Blog.ca/en/b/#x) [three](https://blog.ca/about/)";
    write_post(
        &folder.path().join("en/a.md"),
        "title: A\ndate: 2021-01-01",
        links,
    );
    write_post(&folder.path().join("en/b.md"), "title: B\ndate: 2021-01-01", "B");
    let tree = folder.path().to_str().unwrap();
    assert_eq!(
        run(["check", tree]).with(0).out,
        format!(
            "{tree}/en/a.md:5:1: 2 links lead to permalinks of this blog on https://blog.ca, which is not known as its \
             own; add \"https://blog.ca\" to `origins` in passerelle.toml, so that they stay in the reader\n"
        )
    );
    fs::write(
        folder.path().join("passerelle.toml"),
        "origins = ['https://blog.ca']\n",
    )
    .unwrap();
    assert_eq!(run(["check", tree]).with(0).out, "");
}

#[test]
fn the_configuration_is_read_from_the_folder_or_from_where_it_is_named() {
    let folder = scratch();
    write_post(&folder.path().join("a.md"), "title: A\ndate: 2021-01-01", "A");
    fs::write(
        folder.path().join("passerelle.toml"),
        "default_language = 'fr'\npage_sise = 3\n",
    )
    .unwrap();
    let tree = folder.path().to_str().unwrap();
    assert_eq!(
        run(["check", tree]).with(0).out,
        format!(
            "{tree}/a.md:1:1: nothing tells the language of the post; fr is taken; add `lang: fr` to its front matter\n\
             {tree}/passerelle.toml:2:1: there is no key \"page_sise\"; did you mean `page_size`?\n"
        )
    );
    let other = folder.path().join("other.toml");
    fs::write(&other, "default_language = 'de'\n").unwrap();
    let ended = run(["check", tree, "--config", other.to_str().unwrap()]).with(0);
    assert!(ended.out.contains("de is taken"), "{}", ended.out);
}
