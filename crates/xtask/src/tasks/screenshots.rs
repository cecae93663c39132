//! `cargo xtask screenshots`: pictures of the reader over the demo, to be looked at.

use anyhow::Result;

use crate::browser::Browser;
use crate::process::{cargo, run as execute};
use crate::project::Project;
use crate::tasks::dist;

/// Builds the finished command and has the test harness picture the demo with it.
///
/// # Errors
/// When the command cannot be built or a picture cannot be taken.
pub fn run(project: &Project) -> Result<()> {
    Browser::Chromium.ensure(project)?;
    dist::run(project)?;
    let pictures = project.path("target/screenshots");
    let arguments = [
        "run",
        "--locked",
        "--package",
        "passerelle-tests",
        "--bin",
        "screenshots",
        "--",
    ];
    execute(
        cargo(project, &arguments)
            .arg(&pictures)
            .env("PASSERELLE_BIN", project.binary()),
    )?;
    eprintln!("The pictures are in {}.", pictures.display());
    Ok(())
}
