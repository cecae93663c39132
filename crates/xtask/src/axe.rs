//! axe-core, the accessibility checker that the browser tests run in every page, where npm can bring it.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::process::{on_path, run};
use crate::project::Project;

const PACKAGE: &str = "axe-core@4.14.1";

/// The variable that names axe's script to the tests.
pub const VARIABLE: &str = "PASSERELLE_AXE";

/// The script: what the variable names already, else what stands in target/tools, else what npm brings. Nothing
/// where there is no npm or no network; the tests say then that axe did not look.
pub fn script(project: &Project) -> Option<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        return Some(named.into());
    }
    let tools = project.path("target/tools");
    let script = tools.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() && on_path("npm").is_some() {
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ]);
        if let Err(error) = run(npm.arg("--prefix").arg(&tools).arg(PACKAGE)) {
            eprintln!("warning: {error:#}");
        }
    }
    script.is_file().then_some(script)
}
