//! What is measured in a browser: by the program `bench` of the package `tests`, which has the harness.

use std::ffi::OsStr;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::{blog, row::Row, skip};
use crate::browser::Browser;
use crate::process::{cargo, line, show};
use crate::project::Project;

/// The first page of a post, cold, on a slow network and a slow processor.
///
/// # Errors
/// When it cannot be measured.
pub fn page(project: &Project) -> Result<Vec<Row>> {
    over_posts(project, "page")
}

/// From a click to the article.
///
/// # Errors
/// When it cannot be measured.
pub fn click(project: &Project) -> Result<Vec<Row>> {
    over_posts(project, "click")
}

/// How many posts the blog has in each language with which reading offline is measured.
const IN_EACH_LANGUAGE: usize = 163;

/// What the service worker promises: over as many posts as the real blog had when the promises were made, some of them
/// twice, and over the same with one post more.
///
/// # Errors
/// When it cannot be measured or the posts cannot be written.
pub fn offline(project: &Project) -> Result<Vec<Row>> {
    let Some(corpus) = project.corpus() else {
        skip(
            "reading offline",
            "there is no ../shared/corpus beside the work tree",
        );
        return Ok(Vec::new());
    };
    let folder = project.path("target/bench");
    let (tree, more) = (folder.join("offline"), folder.join("offline-and-one"));
    for (tree, is_more) in [(&tree, false), (&more, true)] {
        blog::multiply(&corpus.join("hugo-2023"), 2, tree)?;
        blog::keep_first(tree, IN_EACH_LANGUAGE)?;
        if is_more {
            blog::add_one(tree)?;
        }
    }
    drive(project, &["offline".as_ref(), tree.as_os_str(), more.as_os_str()])
}

/// Over the largest real blog, or the demo where that is not at hand.
fn over_posts(project: &Project, part: &str) -> Result<Vec<Row>> {
    let tree = match project.corpus() {
        Some(corpus) => corpus.join("hugo-2023"),
        None => {
            skip(
                &format!("{part} over real posts, so it is the demo's"),
                "there is no ../shared/corpus beside the work tree",
            );
            project.path("demo")
        }
    };
    drive(project, &[OsStr::new(part), tree.as_os_str()])
}

/// Runs the program and reads the rows that it prints.
///
/// # Errors
/// When there is no browser or the program fails.
pub fn drive(project: &Project, arguments: &[&OsStr]) -> Result<Vec<Row>> {
    Browser::Chromium.ensure(project)?;
    let words = [
        "run",
        "--locked",
        "--release",
        "--package",
        "passerelle-tests",
        "--bin",
        "bench",
        "--",
    ];
    let mut program = cargo(project, &words);
    program
        .args(arguments)
        .env("PASSERELLE_BIN", project.binary())
        .env("PASSERELLE_BROWSER", Browser::Chromium.name())
        .stderr(Stdio::inherit());
    show(&program);
    let output = program
        .output()
        .with_context(|| format!("could not start `{}`", line(&program)))?;
    ensure!(
        output.status.success(),
        "`{}` failed ({})",
        line(&program),
        output.status
    );
    Ok(String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(Row::read)
        .collect())
}
