//! `cargo xtask setup`: the tools in their pinned versions. What is there already is not touched.

use anyhow::Result;

use crate::browser::Browser;
use crate::project::Project;
use crate::tools;

/// Everything that building, serving and testing need.
///
/// # Errors
/// When a tool is not there and cannot be brought; the message says how to bring it by hand.
pub fn run(project: &Project) -> Result<()> {
    for_building(project)?;
    tools::ensure_components(project)?;
    Browser::Chromium.ensure(project)?;
    eprintln!("The tools are there. `cargo xtask serve` shows the demo, `cargo xtask test` runs every test.");
    Ok(())
}

/// What bundling the reader needs: no browser.
///
/// # Errors
/// As [`run`].
pub fn for_building(project: &Project) -> Result<()> {
    tools::ensure_wasm_target(project)?;
    tools::want_std_source(project);
    tools::WASM_BINDGEN.ensure(project)?;
    tools::TRUNK.ensure(project)?;
    tools::clean(project)
}
