//! `cargo xtask bench`: what a reader downloads, and what a publisher waits for. Both are measured on the spot.

mod size;
mod time;

use std::process::ExitCode;

use anyhow::Result;

use crate::project::Project;
use crate::tasks::dist;

/// Prints both tables; fails when the reader is larger than its budget.
///
/// # Errors
/// When the finished command cannot be built, or does not build a site.
pub fn run(project: &Project) -> Result<ExitCode> {
    dist::run(project)?;
    let within_budget = size::print(&project.reader())?;
    time::print(project)?;
    Ok(if within_budget {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
