//! What the tests of recipes want that PyPI has, in pinned versions in target/tools/python, where there is Python and a
//! network. Where there is not, the tests say that they did not look.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{on_path, run};
use crate::project::Project;

/// Amazon's own command, a server that answers it as S3 does, and the checker of GitHub's workflows.
const PACKAGES: [&str; 3] = [
    "awscli==1.46.3",
    "moto[s3,server]==5.2.5",
    "check-jsonschema==0.39.0",
];

/// Makes sure that they are there. Where they cannot be had that is told, and so do the tests then.
pub fn ensure(project: &Project) {
    let wanted = PACKAGES.join("\n");
    let there = project.path("target/tools/python/packages");
    let is_there = fs::read_to_string(&there).is_ok_and(|installed| installed == wanted);
    if is_there || on_path("python3").is_none() {
        return;
    }
    let outcome = install(project).and_then(|()| Ok(fs::write(&there, wanted)?));
    if let Err(error) = outcome {
        eprintln!("warning: {error:#}");
    }
}

fn install(project: &Project) -> Result<()> {
    let folder = project.path("target/tools/python");
    eprintln!(
        "Installing what the recipes for S3 and GitHub Pages are tested with into target/tools: about a minute, once."
    );
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))
        .context("on Debian, python3 makes no environments without the package python3-venv")?;
    let pip = [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
    ];
    run(Command::new(folder.join("bin/pip")).args(pip).args(PACKAGES))
}
