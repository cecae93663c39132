//! Where `passerelle build` may write, and that the old site stands until the new one is whole.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use crate::run::{build, build_args, copy, files, fixture, names, passerelle, scratch, write_post};

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_as_it_is() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("thesis.txt"), "years of work").unwrap();
    for json in [None, Some("{}"), Some(r#"{"generator":"another 1.0"}"#)] {
        if let Some(json) = json {
            fs::write(site.join("site.json"), json).unwrap();
        }
        let before = files(&site);
        let ended = build(&fixture("blog"), &site, &[]).with(2);
        assert!(
            ended.err.contains("site: this folder is not empty") && ended.err.contains("--out"),
            "{}",
            ended.err
        );
        assert!(files(&site) == before);
    }
    assert_eq!(names(scratch.path()), ["site"]);
}

#[test]
fn a_site_with_a_history_of_its_own_is_refused_and_left_as_it_is() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build(&fixture("blog"), &site, &[]).with(0);
    for (name, file) in [
        (".git", ".git/HEAD"),
        (".git", ".git"),
        (".hg", ".hg/dirstate"),
        (".svn", ".svn/wc.db"),
    ] {
        let path = site.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "never pushed").unwrap();
        let before = files(&site);
        let ended = build(&fixture("blog"), &site, &[]).with(2);
        assert!(
            ended.err.contains(&format!("site: this folder holds {name}, ")) && ended.err.contains("rsync"),
            "{}",
            ended.err
        );
        assert!(files(&site) == before);
        let kept = site.join(name);
        if kept.is_dir() {
            fs::remove_dir_all(kept).unwrap();
        } else {
            fs::remove_file(kept).unwrap();
        }
    }
    assert_eq!(names(scratch.path()), ["site"]);
}

#[test]
fn a_file_is_no_output_folder() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    fs::write(&site, "a file").unwrap();
    let ended = build(&fixture("blog"), &site, &[]).with(2);
    assert!(ended.err.contains("this is a file"), "{}", ended.err);
    assert_eq!(fs::read_to_string(&site).unwrap(), "a file");
}

#[test]
fn an_output_folder_that_holds_the_posts_is_refused() {
    let scratch = scratch();
    let blog = scratch.path().join("blog");
    copy(&fixture("blog"), &blog);
    let before = files(&blog);
    for out in [blog.clone(), scratch.path().to_path_buf(), blog.join("en/..")] {
        let ended = build(&blog, &out, &[]).with(2);
        assert!(
            ended.err.contains("the posts are in the output folder"),
            "{}",
            ended.err
        );
    }
    assert!(files(&blog) == before);
}

#[test]
fn a_site_among_the_posts_is_not_read_by_the_next_build() {
    let scratch = scratch();
    let blog = scratch.path().join("blog");
    copy(&fixture("blog"), &blog);
    let site = blog.join("site");
    build(&blog, &site, &[]).with(0);
    let first = files(&site);
    build(&blog, &site, &[]).with(0);
    assert!(files(&site) == first);
}

#[test]
fn what_the_old_site_had_and_the_new_one_has_not_is_gone() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    copy(&fixture("blog"), &blog);
    build(&blog, &site, &[]).with(0);
    assert!(site.join("en/second/index.html").exists());
    fs::remove_file(blog.join("en/second.md")).unwrap();
    build(&blog, &site, &[]).with(0);
    assert!(!site.join("en/second").exists());
    assert_eq!(names(scratch.path()), ["blog", "site"]);
}

#[test]
fn a_tree_without_a_post_to_publish_leaves_the_old_site() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    write_post(&blog.join("en/a.md"), "title: A\ndate: 2024-01-01", "Text.");
    build(&blog, &site, &[]).with(0);
    let old = files(&site);
    for (front_matter, status, told) in [
        ("title: A\ndate: 2024-01-01\ndraft: true", 2, "--drafts"),
        ("title: [never closed", 1, "no site was written"),
    ] {
        write_post(&blog.join("en/a.md"), front_matter, "Text.");
        let ended = build(&blog, &site, &[]).with(status);
        assert!(ended.err.contains(told), "{}", ended.err);
        assert!(files(&site) == old);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_the_site_stays_a_link() {
    let scratch = scratch();
    let (real, link) = (scratch.path().join("real"), scratch.path().join("link"));
    build(&fixture("blog"), &real, &[]).with(0);
    std::os::unix::fs::symlink(&real, &link).unwrap();
    build(&fixture("blog"), &link, &[]).with(0);
    assert!(link.is_symlink() && real.join("site.json").is_file());
    assert_eq!(names(scratch.path()), ["link", "real"]);
}

/// Posts of the tree whose builds are killed: enough that a build lasts long beside what a test takes to kill it.
const MANY: usize = 200;

/// How often a build is killed, at moments spread over the whole of it.
const KILLS: u32 = 12;

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one_whole() {
    let scratch = scratch();
    let old = Tree::new(scratch.path(), "old");
    let new = Tree::new(scratch.path(), "new");
    let site = scratch.path().join("site");
    let started = Instant::now();
    build(&old.posts, &site, &[]).with(0);
    let whole = started.elapsed();
    let (mut stood, mut cut) = (0, 0);
    for kill in 0..KILLS {
        cut += u32::from(killed_after(whole * kill / KILLS, &new.posts, &site));
        let left = files(&site);
        if left == old.site {
            stood += 1;
        } else {
            assert!(
                left == new.site,
                "killed in {kill} of {KILLS}: neither the old site nor the new one"
            );
            build(&old.posts, &site, &[]).with(0);
        }
    }
    assert!(
        cut >= KILLS / 4 && stood > 0,
        "only {cut} of {KILLS} builds were killed before their end"
    );
    build(&new.posts, &site, &[]).with(0);
    assert!(files(&site) == new.site);
    assert_eq!(
        names(scratch.path()),
        ["new", "new-site", "old", "old-site", "site"],
        "a killed build left something"
    );
}

/// Starts a build and kills it after a while. Whether it was killed before its end.
fn killed_after(a_while: Duration, posts: &Path, site: &Path) -> bool {
    let mut child = passerelle()
        .args(build_args(posts, site))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Not a wait for something: the moment of the kill is what is tested.
    thread::sleep(a_while);
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

/// A tree of many posts, and the files of its site.
struct Tree {
    posts: std::path::PathBuf,
    site: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    fn new(scratch: &Path, word: &str) -> Tree {
        let posts = scratch.join(word);
        for number in 0..MANY {
            let front_matter = format!("title: {word} {number}\ndate: 2024-01-01");
            write_post(
                &posts.join(format!("en/post-{number}.md")),
                &front_matter,
                &format!("A *{word}* body.\n\n").repeat(20),
            );
        }
        let site = scratch.join(format!("{word}-site"));
        build(&posts, &site, &[]).with(0);
        Tree {
            posts,
            site: files(&site),
        }
    }
}
