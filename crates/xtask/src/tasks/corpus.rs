//! `cargo xtask corpus`: how the posts of ../shared/corpus are rendered, post by post.

use anyhow::{Context, Result};

use crate::process::{cargo, run as execute};
use crate::project::Project;

/// Prints the report.
///
/// # Errors
/// When the posts are not there, or one of them is rendered wrong.
pub fn run(project: &Project) -> Result<()> {
    let corpus = project
        .corpus()
        .context("there is no ../shared/corpus beside the work tree; nothing to report on")?;
    let arguments = [
        "run",
        "--quiet",
        "--locked",
        "--package",
        "content",
        "--example",
        "corpus_report",
        "--",
    ];
    execute(cargo(project, &arguments).arg(corpus))
}
