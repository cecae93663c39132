//! Earlier URLs of posts: none takes the place of something else, and each is told where it is written.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::run::{build, run, scratch, write_post};

/// A folder of two posts, of which the first has these lines below `aliases:`, from the fifth line of the file on.
fn tree(aliases: &[&str]) -> TempDir {
    let folder = scratch();
    let lines: String = aliases.iter().map(|alias| format!("\n  - {alias}")).collect();
    write_post(
        &folder.path().join("en/a.md"),
        &format!("title: A\ndate: 2021-01-01\naliases:{lines}"),
        "A",
    );
    write_post(&folder.path().join("en/b.md"), "title: B\ndate: 2021-01-02", "B");
    folder
}

#[track_caller]
fn told(folder: &Path, status: i32, expected: &[&str]) {
    let ended = run(["check", folder.to_str().unwrap()]).with(status);
    let out = ended.out.replace(&format!("{}/", folder.display()), "");
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn an_alias_takes_the_place_of_nothing_else() {
    let folder = tree(&[
        "/en/b/",
        "/en/b",
        "/sw.js",
        "/",
        "/robots.txt",
        "/_headers",
        "/site.json",
        "/en/saved/",
        "/assets/app.js",
        "/plan.pdf",
        "/en/a/",
        "/en/a/index.html",
        "/fine/",
        "/fine/",
    ]);
    fs::create_dir(folder.path().join("static")).unwrap();
    fs::write(folder.path().join("static/plan.pdf"), "a plan").unwrap();
    let post = "delete it, or give that post another permalink";
    told(
        folder.path(),
        1,
        &[
            &format!("en/a.md:5:5: the alias /en/b/ is where en/b.md stands; {post}"),
            &format!("en/a.md:6:5: the alias /en/b is where en/b.md stands; {post}"),
            "en/a.md:7:5: the alias /sw.js is where the service worker stands; delete it",
            "en/a.md:8:5: the alias / is where the home page stands; delete it",
            "en/a.md:9:5: the alias /robots.txt is where a file of the site stands; delete it",
            "en/a.md:10:5: the alias /_headers is where a file of the site stands; delete it",
            "en/a.md:11:5: the alias /site.json is where a file of the site stands; delete it",
            "en/a.md:12:5: the alias /en/saved/ is where the list of saved posts stands; delete it",
            "en/a.md:13:5: the alias /assets/app.js is where the folder of the reader's own files stands; delete it",
            "en/a.md:14:5: the alias /plan.pdf is where the file static/plan.pdf stands; delete it, or rename the file",
        ],
    );
    let site = folder.path().join("site");
    build(folder.path(), &site, &[]).with(1);
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    assert_eq!(read("_redirects"), "/fine/ /en/a/ 301\n");
    assert!(read("robots.txt").starts_with("User-agent"));
    assert!(read("en/b/index.html").contains("<title>B"));
    assert!(read("fine/index.html").contains("/en/a/"));
    assert_eq!(read("plan.pdf"), "a plan");
}

#[test]
fn an_alias_of_two_posts_is_told_in_both_and_leads_to_neither() {
    let folder = tree(&["/old/", "/older/"]);
    write_post(
        &folder.path().join("en/b.md"),
        "title: B\ndate: 2021-01-02\nredirect_from: /old",
        "B",
    );
    let cure = "delete it in the one that did not stand there";
    told(
        folder.path(),
        1,
        &[
            &format!("en/a.md:5:5: the alias /old/ is also that of en/b.md; {cure}"),
            &format!("en/b.md:4:16: the alias /old is also that of en/a.md; {cure}"),
        ],
    );
    let site = folder.path().join("site");
    build(folder.path(), &site, &[]).with(1);
    assert_eq!(
        fs::read_to_string(site.join("_redirects")).unwrap(),
        "/older/ /en/a/ 301\n"
    );
}

#[test]
fn an_alias_where_no_page_can_stand_is_left_out_and_the_post_stays() {
    let long = "x".repeat(256);
    let folder = tree(&[
        "/*",
        "/x/../y/",
        "/old.php?id=3",
        "/old/#part",
        &format!("/{long}/"),
        "/c%23/",
    ]);
    let cure = "write a path from the root of the site, such as `/2018/old-name/`";
    let tail = "has a query or a fragment, which no host of files looks at; write the path alone, with `%3F` and `%23` for \
                characters of its own, or lead it on with the settings of your host";
    told(
        folder.path(),
        1,
        &[
            "en/a.md:5:5: the alias /* is a pattern, and a page has one URL; write each earlier URL of the post",
            &format!("en/a.md:6:5: no page can stand at the alias /x/../y/; {cure}"),
            &format!("en/a.md:7:5: the alias /old.php?id=3 {tail}"),
            &format!("en/a.md:8:5: the alias /old/#part {tail}"),
            &format!("en/a.md:9:5: the alias /{long}/ has a part of more than 255 bytes; {cure}"),
        ],
    );
    let site = folder.path().join("site");
    let ended = build(folder.path(), &site, &[]).with(1);
    assert!(ended.out.contains("2 posts"), "{}", ended.out);
    assert_eq!(
        fs::read_to_string(site.join("_redirects")).unwrap(),
        "/c%23/ /en/a/ 301\n"
    );
}

#[test]
fn an_alias_with_what_redirects_read_as_a_placeholder_has_its_page_alone() {
    let folder = tree(&["/talk:one/"]);
    told(folder.path(), 0, &[]);
    let site = folder.path().join("site");
    build(folder.path(), &site, &[]).with(0);
    assert!(site.join("talk:one/index.html").is_file());
    assert!(!site.join("_redirects").exists());
}

#[test]
fn a_post_at_a_url_of_the_site_is_told_and_not_counted() {
    let cure = "give the post another `slug` or `permalink`, or rename its file";
    for (name, permalink, message) in [
        (
            "saved",
            "",
            "the permalink /en/saved/ is where the list of saved posts stands",
        ),
        (
            "a",
            "\npermalink: /offline.html",
            "the permalink /offline.html is where the page for what is not saved stands",
        ),
        (
            "a",
            "\npermalink: /index.html",
            "the permalink /index.html is where the home page stands",
        ),
        (
            "a",
            "\npermalink: /site.html",
            "the permalink /site.html has its data at /site.json, which is where a file of the site stands",
        ),
        (
            "a",
            "\npermalink: /en/feed.html",
            "the permalink /en/feed.html has its data at /en/feed.json, which is where the index stands",
        ),
    ] {
        let folder = scratch();
        write_post(
            &folder.path().join("en/good.md"),
            "title: G\ndate: 2021-01-01",
            "G",
        );
        let front = format!("title: A\ndate: 2021-01-01{permalink}");
        write_post(&folder.path().join(format!("en/{name}.md")), &front, "A");
        told(folder.path(), 1, &[&format!("en/{name}.md: {message}; {cure}")]);
    }
}

#[test]
fn a_number_sign_or_question_mark_in_a_name_parts_no_page_from_its_data() {
    let folder = scratch();
    for name in ["c", "c#", "c#.fr"] {
        write_post(
            &folder.path().join(format!("content/posts/{name}.md")),
            "title: C\ndate: 2021-01-01",
            "C",
        );
    }
    fs::write(folder.path().join("hugo.toml"), "defaultContentLanguage = 'en'\n").unwrap();
    let site = folder.path().join("site");
    build(folder.path(), &site, &[]).with(0);
    for folder in ["posts/c", "posts/c#", "fr/posts/c#"] {
        for file in ["index.html", "index.json"] {
            assert!(site.join(folder).join(file).is_file(), "{folder}/{file}");
        }
    }
    let data = fs::read_to_string(site.join("posts/c#/index.json")).unwrap();
    assert!(data.contains(r#""data_url":"/posts/c%23/index.json""#), "{data}");
}

#[test]
fn a_post_below_a_file_of_another_is_told_and_not_counted() {
    let folder = scratch();
    for (name, permalink) in [("a", "/a.html"), ("b", "/a.html/b/"), ("c", "/a.html.x/")] {
        let front = format!("title: T\ndate: 2021-01-01\npermalink: {permalink}");
        write_post(&folder.path().join(format!("en/{name}.md")), &front, "T");
    }
    told(
        folder.path(),
        1,
        &[
            "en/b.md: no page can stand at the permalink /a.html/b/, since /a.html is a file of en/a.md; give one of them \
            another `slug` or `permalink`",
        ],
    );
}

#[test]
fn a_page_has_room_for_the_names_of_its_compressed_copies() {
    let folder = scratch();
    let (fits, long) = ("x".repeat(247), "y".repeat(248));
    for name in [&fits, &long] {
        let front = format!("title: T\ndate: 2021-01-01\npermalink: /{name}.html");
        write_post(
            &folder.path().join(format!("en/{}.md", &name[..1])),
            &front,
            &"Some text. ".repeat(100),
        );
    }
    told(
        folder.path(),
        1,
        &[&format!(
            "en/y.md:4:12: the permalink /{long}.html has a part of more than 252 bytes; give the post a `slug`, or rename \
             its file"
        )],
    );
    let site = folder.path().join("site");
    build(folder.path(), &site, &["--compress"]).with(1);
    assert!(site.join(format!("{fits}.html.br")).is_file());
}
