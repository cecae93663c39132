//! The workflow for GitHub Pages: GitHub's own schema reads it, and what it runs builds a site for its place.

use std::{fs, os::unix::fs::symlink, path::Path, process::Command};

use passerelle_tests::{repository, skip::skip};
use tempfile::TempDir;

use crate::{
    recipe,
    running::{find, tools},
};

#[test]
fn the_workflow_for_github_pages_is_one_that_github_reads() {
    let test = "the_workflow_for_github_pages_is_one_that_github_reads";
    let Some(checker) = find(&[tools().join("python/bin")], "check-jsonschema") else {
        return skip(
            test,
            "there is no check-jsonschema; `cargo xtask test` fetches it",
        );
    };
    let folder = TempDir::with_prefix("passerelle-deploy-").unwrap();
    let check = |workflow: &str| {
        let file = folder.path().join("pages.yml");
        fs::write(&file, workflow).unwrap();
        let output = Command::new(&checker)
            .args(["--builtin-schema", "vendor.github-workflows"])
            .arg(file)
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    let workflow = recipe::block("yaml");
    let (is_right, said) = check(&workflow);
    assert!(is_right, "{said}");
    let (is_right, _) = check(&recipe::put(&workflow, "runs-on", "run-on"));
    assert!(!is_right, "the checker takes anything");
}

#[test]
fn the_workflow_for_github_pages_builds_a_site_under_the_repositorys_name() {
    let workflow = recipe::block("yaml");
    let folder = TempDir::with_prefix("passerelle-deploy-").unwrap();
    symlink(repository::command().unwrap(), folder.path().join("passerelle")).unwrap();
    symlink(repository::root().join("demo"), folder.path().join("posts")).unwrap();
    let step = workflow
        .lines()
        .find_map(|line| line.trim().strip_prefix("- run: "))
        .expect("the workflow runs the command");
    let step = recipe::put(step, "${{ github.event.repository.name }}", "notes");
    let output = Command::new("sh")
        .args(["-e", "-c", &step])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(workflow.contains("upload-pages-artifact") && workflow.contains("with: { path: site }"));
    let site = folder.path().join("site");
    for page in ["index.html", "404.html", "fr/bienvenue/index.html"] {
        lead_somewhere(&site, page);
    }
}

/// Holds that what a page names from the root is below the repository's name, and there.
fn lead_somewhere(site: &Path, page: &str) {
    let html = fs::read_to_string(site.join(page)).unwrap();
    let named: Vec<&str> = [" href=\"/", " src=\"/"]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(named.len() > 5, "{page} names {named:?}");
    for path in named {
        let file = path
            .strip_prefix("notes/")
            .unwrap_or_else(|| panic!("{page} leads to /{path}, which is not the blog's"));
        let file = site.join(file);
        assert!(
            file.is_file() || file.join("index.html").is_file(),
            "{page} leads to /{path}, which is not there"
        );
    }
}
