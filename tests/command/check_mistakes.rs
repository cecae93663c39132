//! Bad input of every kind: each a clear message, at its place, with its cure; the rest is read all the same.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use passerelle_tests::skip::skip;
use tempfile::TempDir;

use crate::run::{Ended, run, scratch, write_post};

/// A folder with one good post.
fn tree() -> TempDir {
    let folder = scratch();
    write_post(
        &folder.path().join("en/good.md"),
        "title: Good\ndate: 2021-01-01",
        "Good",
    );
    folder
}

/// Checks a folder; paths are printed from there.
fn check(folder: &Path) -> Ended {
    let ended = run([OsStr::new("check"), folder.as_os_str()]);
    let shorter = |text: String| text.replace(&format!("{}/", folder.display()), "");
    Ended {
        out: shorter(ended.out),
        err: shorter(ended.err),
        ..ended
    }
}

/// One bad file beside a good post: what is told, and that the good one is read.
#[track_caller]
fn told(name: &str, bytes: &[u8], status: i32, expected: &str) {
    let folder = tree();
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    let ended = check(folder.path()).with(status);
    assert_eq!(ended.out.trim_end(), expected);
    let posts = if status == 1 { "1 post," } else { "2 posts," };
    assert!(ended.err.starts_with(posts), "{}", ended.err);
}

#[test]
fn invalid_yaml() {
    told(
        "en/a.md",
        b"---\ntitle: A walk: the river\ndate: 2021-01-01\n---\n",
        1,
        "en/a.md:2:14: the front matter is not YAML: mapping values are not allowed in this context; put the value in \
         quotes: title: \"A walk: the river\"",
    );
}

#[test]
fn front_matter_without_an_end() {
    told(
        "en/a.md",
        b"---\ntitle: A\ndate: 2021-01-01\n",
        1,
        "en/a.md:1:1: the front matter has no end; close it with a line of its own that holds `---`",
    );
}

#[test]
fn a_file_that_is_not_utf8() {
    told(
        "fr/a.md",
        b"---\ntitle: Un \xe9t\xe9\ndate: 2021-01-01\n---\n",
        1,
        "fr/a.md:2:11: the file is not UTF-8: the byte 0xe9 stands here; save it as UTF-8 (`iconv -f WINDOWS-1252 -t \
         UTF-8` converts older files)",
    );
}

#[test]
fn no_date_and_a_date_that_is_none() {
    told(
        "en/a.md",
        b"---\ntitle: A\n---\n",
        1,
        "en/a.md:1:1: the post has no date; write it as `date: 2021-02-04 10:00:00 -0500`",
    );
    told(
        "en/a.md",
        b"---\ntitle: A\ndate: 4 February 2021\n---\n",
        1,
        "en/a.md:3:7: the date \"4 February 2021\" is no date that Passerelle reads; write it as `date: 2021-02-04 \
         10:00:00 -0500`",
    );
}

#[test]
fn a_day_in_the_name_of_a_file_that_no_calendar_has() {
    let folder = scratch();
    write_post(&folder.path().join("_posts/en/2021-02-28-a.md"), "title: A", "A");
    write_post(&folder.path().join("_posts/en/2021-02-31-b.md"), "title: B", "B");
    let ended = check(folder.path()).with(1);
    assert_eq!(
        ended.out,
        "_posts/en/2021-02-31-b.md: the file's name begins with 2021-02-31, which no calendar has; rename the file, or \
         add a `date` to its front matter\n"
    );
    assert!(ended.err.starts_with("1 post,"), "{}", ended.err);
}

#[test]
fn what_is_odd_and_can_be_read_is_a_warning() {
    told(
        "fr/a.md",
        b"---\ntitle: A\ndate: 2021-01-01\nlang: en\n---\n",
        0,
        "fr/a.md:4:7: the post says that its language is en, and its place says fr; write `lang: fr`, or move the \
         file; en is taken",
    );
    told(
        "en/a-walk.md",
        b"---\ndate: 2021-01-01\n---\n",
        0,
        "en/a-walk.md:1:1: the post has no title; \"A walk\" is taken from the file's name; add a `title` to its front \
         matter",
    );
    told(
        "en/a.md",
        b"---\ntitle: A\ntitle: B\ndate: 2021-01-01\n---\n",
        0,
        "en/a.md:2:1: the key \"title\" stands again on line 3, and only the last counts; delete the one that is not \
         meant",
    );
    told(
        "en/a.md",
        b"---\ntitle: A\ndate: 2021-01-01\nimage: a.png\n---\n",
        0,
        "en/a.md:4:8: the main image a.png is not in the tree, and the post is shown without; add it, or correct its \
         path\n\
         en/a.md:4:8: the image a.png has no text for those who do not see it; say what it shows in `image-alt`, or \
         give that no value when it only decorates",
    );
}

#[test]
fn a_generators_configuration_that_is_not_understood_stops_the_command() {
    let folder = scratch();
    write_post(&folder.path().join("_posts/en/2021-01-01-a.md"), "title: A", "A");
    fs::write(
        folder.path().join("_config.yml"),
        "title: My blog: the river\nurl: https://b.example.ca\npermalink: /:title/\n",
    )
    .unwrap();
    let ended = check(folder.path()).with(2);
    assert_eq!(
        ended.err,
        "_config.yml:1:15: the configuration is not YAML: mapping values are not allowed in this context; put the value \
         in quotes: title: \"My blog: the river\"\n"
    );
}

#[test]
fn two_posts_with_one_url_are_told_in_both() {
    let folder = tree();
    write_post(
        &folder.path().join("en/Same.md"),
        "title: A\ndate: 2021-01-01",
        "A",
    );
    write_post(
        &folder.path().join("en/x/same.md"),
        "title: B\ndate: 2021-01-01",
        "B",
    );
    let ended = check(folder.path()).with(1);
    let cure = "give one of them another `slug`, date or file name, or delete it";
    assert_eq!(
        ended.out,
        format!(
            "en/Same.md: the permalink /en/same/ is also that of en/x/same.md; {cure}\n\
             en/x/same.md: the permalink /en/same/ is also that of en/Same.md; {cure}\n"
        )
    );
}

#[test]
fn a_permalink_that_the_site_needs_or_that_leaves_it() {
    let cure = "give the post another `slug` or `permalink`, or rename its file";
    for (permalink, what) in [
        ("/assets/a/", "the folder of the reader's own files"),
        ("/en/", "the list of posts"),
        ("/en/page/2/", "the list of posts"),
        ("/en/feed-2.json", "the index"),
        ("/site.json", "a file of the site"),
    ] {
        let text = format!("---\ntitle: A\ndate: 2021-01-01\npermalink: {permalink}\n---\n");
        let slash = if permalink.ends_with('/') { "" } else { "/" };
        told(
            "en/a.md",
            text.as_bytes(),
            1,
            &format!("en/a.md: the permalink {permalink}{slash} is where {what} stands; {cure}"),
        );
    }
    told(
        "en/a.md",
        b"---\ntitle: A\ndate: 2021-01-01\npermalink: /../../etc/\n---\n",
        1,
        "en/a.md:4:12: no page can stand at the permalink /../../etc/; give the post a `slug`, or rename its file",
    );
    told(
        "en/\u{2019}.md",
        b"---\ntitle: A\ndate: 2021-01-01\npermalink: /:nom/\n---\n",
        1,
        "en/\u{2019}.md:4:12: the permalink pattern \"/:nom/\" has the placeholder `:nom`, which Passerelle does not \
         know; write one of those that docs/front-matter.md lists",
    );
}

#[test]
fn a_name_that_a_terminal_would_act_upon_is_quoted_so_that_it_can_be_copied_back() {
    told(
        "en/a\nb\u{1b}[31m.md",
        b"---\ntitle: A\n---\n",
        1,
        r"$'en/a\x0ab\x1b[31m.md':1:1: the post has no date; write it as `date: 2021-02-04 10:00:00 -0500`",
    );
}

#[test]
fn odd_names_are_printed_as_they_are() {
    let name = "en/-l’été: «\u{a0}où?\u{a0}» [un] & … \"deux\".md";
    let expected = format!("{name}:1:1: the post has no date; write it as `date: 2021-02-04 10:00:00 -0500`");
    told(name, b"---\ntitle: A\n---\n", 1, &expected);
}

#[test]
fn what_is_no_post_is_passed_over() {
    let folder = tree();
    for (name, text) in [
        ("README.md", "# A blog\n"),
        ("LICENSE", "MIT"),
        ("en/rule.md", "---\n\nA rule stands above\n"),
        ("node_modules/x/post.md", "---\ntitle: [\n---\n"),
        (".git/post.md", "---\ntitle: [\n---\n"),
        ("_site/post.html", "---\ntitle: [\n---\n"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let ended = check(folder.path()).with(0);
    assert_eq!(ended.out, "");
    assert!(ended.err.starts_with("1 post,"), "{}", ended.err);
}

#[test]
fn a_folder_without_posts() {
    let folder = scratch();
    let ended = run([OsStr::new("check"), folder.path().as_os_str()]).with(1);
    assert_eq!(
        ended.out,
        format!(
            "{}: there is no post in the folder; name the folder that holds the posts: Markdown or HTML files that \
             begin with front matter between lines of `---`\n",
            folder.path().display()
        )
    );
}

#[test]
fn a_folder_that_is_not_there_or_is_a_file_cannot_be_checked() {
    let folder = tree();
    let missing = folder.path().join("blgo");
    let ended = run([OsStr::new("check"), missing.as_os_str()]).with(2);
    assert_eq!(
        ended.err,
        format!("{}: there is no such folder; check the path\n", missing.display())
    );
    let file = folder.path().join("en/good.md");
    let ended = run([OsStr::new("check"), file.as_os_str()]).with(2);
    assert_eq!(
        ended.err,
        format!(
            "{}: this is a file; name the folder that holds the posts\n",
            file.display()
        )
    );
}

#[test]
fn a_configuration_that_cannot_be_used() {
    let folder = tree();
    let config = folder.path().join("passerelle.toml");
    fs::write(&config, "page_size = 0\n").unwrap();
    let ended = check(folder.path()).with(2);
    assert!(
        ended
            .err
            .starts_with("passerelle.toml:1:13: the configuration cannot be used: "),
        "{}",
        ended.err
    );
    let named = folder.path().join("none.toml");
    let ended = run([
        OsStr::new("check"),
        folder.path().as_os_str(),
        OsStr::new("--config"),
        named.as_os_str(),
    ])
    .with(2);
    assert!(
        ended.err.contains("none.toml: the configuration cannot be read"),
        "{}",
        ended.err
    );
}

#[test]
fn a_command_line_that_cannot_be_used() {
    for args in [
        &["check"][..],
        &["chek", "."],
        &["check", ".", "--format", "xml"],
        &["build", "."],
    ] {
        let ended = run(args).with(2);
        assert_eq!(ended.out, "", "{args:?}");
        assert!(
            ended.err.contains("Usage") || ended.err.contains("--help"),
            "{}",
            ended.err
        );
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::{
        ffi::OsStrExt,
        fs::{PermissionsExt, symlink},
    };

    use super::*;

    #[test]
    fn a_link_that_leads_back_to_its_folder() {
        let folder = tree();
        symlink("..", folder.path().join("en/back")).unwrap();
        let ended = check(folder.path()).with(0);
        assert_eq!(
            ended.out,
            "en/back: the link leads back to a folder that it stands in, and is not followed; delete the link\n"
        );
        assert!(ended.err.starts_with("1 post,"), "{}", ended.err);
    }

    #[test]
    fn a_link_that_leads_out_of_the_folder() {
        let (folder, other) = (tree(), tree());
        symlink(other.path(), folder.path().join("en/other")).unwrap();
        let ended = check(folder.path()).with(0);
        assert_eq!(
            ended.out,
            "en/other: the link leads out of the content folder, and is not followed; copy what it leads to into the \
             content folder\n"
        );
        assert!(ended.err.starts_with("1 post,"), "{}", ended.err);
    }

    #[test]
    fn a_link_that_leads_to_nothing() {
        let folder = tree();
        symlink("gone.md", folder.path().join("en/a.md")).unwrap();
        let ended = check(folder.path()).with(1);
        assert_eq!(
            ended.out,
            "en/a.md: the link leads to nothing; mend the link or delete it\n"
        );
    }

    #[test]
    fn a_name_that_is_not_utf8() {
        let folder = tree();
        let name = PathBuf::from(OsStr::from_bytes(b"en/caf\xe9.md"));
        fs::write(folder.path().join(name), "---\ntitle: A\ndate: 2021-01-01\n---\n").unwrap();
        let ended = check(folder.path()).with(1);
        let path = format!("$'{}/en/caf\\xe9.md'", folder.path().display())
            .replace(&format!("{}/", folder.path().display()), "");
        assert_eq!(
            ended.out,
            format!("{path}: the name is not UTF-8, so it has no URL; rename it\n")
        );
    }

    #[test]
    fn a_file_that_may_not_be_read() {
        let folder = tree();
        let path = folder.path().join("en/a.md");
        fs::write(&path, "---\ntitle: A\ndate: 2021-01-01\n---\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&path).is_ok() {
            return skip("a_file_that_may_not_be_read", "this user may read every file");
        }
        let ended = check(folder.path()).with(1);
        assert_eq!(
            ended.out,
            "en/a.md: the file cannot be read: permission denied; give yourself the right to read it (`chmod u+r`), or \
             move it out of the folder\n"
        );
    }
}
