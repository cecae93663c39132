//! Checkers that npm has, in pinned versions in target/tools, where there is npm and a network. Where there is not, the
//! tests say that they did not look.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process::{on_path, run};
use crate::project::Project;

/// A checker that the tests run.
pub struct Checker {
    package: &'static str,
    /// What the tests run, below `node_modules`.
    file: &'static str,
    /// The variable that names it to the tests.
    pub variable: &'static str,
}

/// The accessibility checker that the browser tests run in every page.
pub const AXE: Checker = Checker {
    package: "axe-core@4.14.1",
    file: "axe-core/axe.min.js",
    variable: "PASSERELLE_AXE",
};

/// The checker of HTML that reads every page of the demo.
pub const HTML_VALIDATE: Checker = Checker {
    package: "html-validate@9.7.1",
    file: "html-validate/bin/html-validate.mjs",
    variable: "PASSERELLE_HTML_VALIDATE",
};

impl Checker {
    /// The file: what the variable names already, else what stands in target/tools, else what npm brings.
    pub fn find(&self, project: &Project) -> Option<PathBuf> {
        if let Some(named) = env::var_os(self.variable) {
            return Some(named.into());
        }
        let tools = project.path("target/tools");
        let file = tools.join("node_modules").join(self.file);
        if !file.is_file() && on_path("npm").is_some() {
            // Both at once: npm takes away what it is not told of.
            if let Err(error) = install(&tools, &[AXE.package, HTML_VALIDATE.package]) {
                eprintln!("warning: {error:#}");
            }
        }
        file.is_file().then_some(file)
    }
}

/// Installs `packages`, whose own scripts do not run, into `folder`.
///
/// # Errors
/// When npm is not there or cannot bring one of them.
pub fn install(folder: &Path, packages: &[&str]) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
    ]);
    run(npm.arg("--prefix").arg(folder).args(packages))
}
