//! The pinned tools that build and test the reader, and how they come to be there.
//!
//! A tool on PATH in the pinned version is used as it is; any other is installed once into target/tools.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process::{answer, cargo, on_path, run};
use crate::project::{Project, WASM};
use crate::small_std;

/// A program from crates.io, in the one version that is known to work.
pub struct Tool {
    package: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    /// How long an installation takes on two cores, so that nobody waits in the dark.
    takes: &'static str,
}

/// Writes the JavaScript that starts the reader, and runs its tests. Its version is that of the wasm-bindgen
/// crate in Cargo.lock: the two speak a format of their own.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.126",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    takes: "about 2 minutes",
};

/// Bundles the reader.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    programs: &["trunk"],
    takes: "about 3 minutes",
};

/// Drives Firefox; wanted only when the tests are to run there.
pub const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    version: "0.37.1",
    programs: &["geckodriver"],
    takes: "about 2 minutes",
};

impl Tool {
    /// Makes sure that the tool is there; says what it does when that takes time.
    ///
    /// # Errors
    /// When the tool is not there and cannot be installed.
    pub fn ensure(&self, project: &Project) -> Result<()> {
        let Self {
            package,
            version,
            takes,
            ..
        } = self;
        if self
            .programs
            .iter()
            .all(|program| self.find(project, program).is_some())
        {
            return Ok(());
        }
        eprintln!("Installing {package} {version} into target/tools: {takes}, once.");
        let started = Instant::now();
        run(&mut self.installation(project)).with_context(|| {
            format!("{package} {version} could not be installed; it needs a C compiler and the network")
        })?;
        eprintln!(
            "{package} {version} is there after {} s.",
            started.elapsed().as_secs()
        );
        Ok(())
    }

    /// The path of one of the tool's programs.
    ///
    /// # Errors
    /// When it is not there in the pinned version.
    pub fn program(&self, project: &Project, program: &str) -> Result<PathBuf> {
        self.find(project, program)
            .with_context(|| format!("{program} {} is not there; run `cargo xtask setup`", self.version))
    }

    fn find(&self, project: &Project, program: &str) -> Option<PathBuf> {
        let installed = bin(project).join(format!("{program}{}", env::consts::EXE_SUFFIX));
        [on_path(program), Some(installed)]
            .into_iter()
            .flatten()
            .find(|path| self.is_version(answer(Command::new(path).arg("--version"))))
    }

    fn is_version(&self, printed: Option<String>) -> bool {
        printed.is_some_and(|text| text.split_whitespace().nth(1) == Some(self.version))
    }

    /// A debug build without debug information and without TLS, which neither tool needs here: it installs in
    /// half the time and is fast enough for a module of this size.
    fn installation(&self, project: &Project) -> Command {
        let mut command = cargo(
            project,
            &[
                "install",
                "--locked",
                "--debug",
                "--no-default-features",
                "--force",
            ],
        );
        if !io::stderr().is_terminal() {
            // A log has no use for the names of three hundred crates.
            command.arg("--quiet");
        }
        command
            .args([self.package, "--version", self.version])
            .arg("--root")
            .arg(project.path("target/tools"))
            .arg("--target-dir")
            .arg(scratch(project))
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        command
    }
}

/// Frees what installing left behind: it is many times the size of the tools.
///
/// # Errors
/// When it cannot be deleted.
pub fn clean(project: &Project) -> Result<()> {
    let scratch = scratch(project);
    if scratch.exists() {
        fs::remove_dir_all(&scratch).with_context(|| format!("could not delete {}", scratch.display()))?;
    }
    Ok(())
}

fn scratch(project: &Project) -> PathBuf {
    project.path("target/tools/build")
}

/// PATH with the pinned tools before everything else.
///
/// # Errors
/// When a folder's name holds the separator of PATH.
pub fn path_with_tools(project: &Project) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(
        std::iter::once(bin(project)).chain(env::split_paths(&rest)),
    )?)
}

fn bin(project: &Project) -> PathBuf {
    project.path("target/tools/bin")
}

/// Makes sure that Rust can build for the browser.
///
/// # Errors
/// When the target is not there and rustup cannot add it.
pub fn ensure_wasm_target(project: &Project) -> Result<()> {
    let libraries = answer(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|folder| fs::exists(folder).unwrap_or(false)) {
        return Ok(());
    }
    rustup(project, &["target", "add", WASM])
}

/// Brings the source of the standard library where [`small_std`] has a use for it. The reader can be built without.
pub fn want_std_source(project: &Project) {
    if small_std::is_wanted(project) && rustup(project, &["component", "add", "rust-src"]).is_err() {
        eprintln!(
            "warning: the source of the standard library cannot be had; the reader will be larger than it need be"
        );
    }
}

/// Makes sure that the formatter and the linter are there, which a minimal toolchain lacks.
///
/// # Errors
/// When one is not there and rustup cannot add it.
pub fn ensure_components(project: &Project) -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if answer(&mut cargo(project, &[subcommand, "--version"])).is_none() {
            rustup(project, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    if on_path("rustup").is_none() {
        bail!(
            "this Rust toolchain lacks {}, and there is no rustup to add it; install it as you installed Rust",
            arguments.last().copied().unwrap_or_default()
        );
    }
    run(Command::new("rustup").args(arguments).current_dir(project.root()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked_version(package: &str) -> Option<String> {
        let lock = include_str!("../../../Cargo.lock");
        let entry = lock
            .split("[[package]]")
            .find(|entry| entry.contains(&format!("name = \"{package}\"\n")))?;
        entry
            .lines()
            .find_map(|line| line.strip_prefix("version = "))
            .map(|version| version.replace('"', ""))
    }

    #[test]
    fn the_wasm_bindgen_tool_is_of_the_version_of_the_crate() {
        assert_eq!(
            locked_version("wasm-bindgen").as_deref(),
            Some(WASM_BINDGEN.version)
        );
    }

    #[test]
    fn trunk_is_told_the_pinned_versions() {
        let config = include_str!("../../../Trunk.toml");
        assert!(config.contains(&format!("wasm_bindgen = \"{}\"", WASM_BINDGEN.version)));
        assert!(config.contains("trunk-version = \"0.21\"") && TRUNK.version.starts_with("0.21."));
    }

    #[test]
    fn another_version_on_the_path_is_not_the_tool() {
        assert!(TRUNK.is_version(Some(format!("trunk {}", TRUNK.version))));
        assert!(!TRUNK.is_version(Some("trunk 0.20.0".into())));
        assert!(!TRUNK.is_version(Some(String::new())));
        assert!(!TRUNK.is_version(None));
    }
}
