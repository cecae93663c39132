//! `cargo xtask dist`: the finished command at target/dist/passerelle, with the reader inside.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{cargo, run as execute};
use crate::project::{Project, WASM};
use crate::tasks::bench::size;
use crate::tasks::{integrity, scripts, setup, slim, style};
use crate::{small_std, tools};

/// Brings the tools, bundles the reader, builds the command around it and holds the reader to its size.
///
/// # Errors
/// When one of these fails, or the reader is over its budget.
pub fn run(project: &Project) -> Result<()> {
    setup::for_building(project)?;
    bundle(project)?;
    binary(project)?;
    eprintln!("The finished command is at {}.", project.binary().display());
    size::hold(project)
}

/// Bundles the reader into target/reader.
///
/// # Errors
/// When a dependency cannot be fetched or the reader does not build.
pub fn bundle(project: &Project) -> Result<()> {
    style::run(project)?;
    scripts::run(project)?;
    // Trunk is kept from downloading tools of its own by --offline, which it hands to Cargo.
    let mut fetch = cargo(
        project,
        &["fetch", "--locked", "--target", WASM, "--target", "host-tuple"],
    );
    small_std::ask(project, &mut fetch);
    execute(&mut fetch)?;
    let mut trunk = Command::new(tools::TRUNK.program(project, "trunk")?);
    trunk
        .args(["build", "--offline", "true", "--skip-version-check"])
        .current_dir(project.root())
        .env("PATH", tools::path_with_tools(project)?)
        // Its backtraces bury the compiler's message.
        .env("RUST_BACKTRACE", "0");
    // Trunk takes these two for options of its own, and stops at values that everyone else understands.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env_remove("NO_COLOR").env("TRUNK_COLOR", "never");
    }
    small_std::ask(project, &mut trunk);
    execute(trunk.env_remove("RUST_LOG"))?;
    slim::run(&project.reader(), &project.path("target/offline.js"))?;
    integrity::run(&project.reader())
}

/// Builds the command around the bundled reader and leaves it in target/dist.
///
/// # Errors
/// When it does not build or cannot be put there.
pub fn binary(project: &Project) -> Result<()> {
    let mut build = cargo(
        project,
        &["build", "--release", "--locked", "--package", "passerelle"],
    );
    // Named, since a build script looks again where the name of what it looks for has changed.
    execute(build.env("PASSERELLE_READER", project.reader()))?;
    let finished = project.binary();
    let built = project.cargo_target().join("release").join(
        finished
            .file_name()
            .context("the finished command has a file name")?,
    );
    fs::create_dir_all(project.path("target/dist"))?;
    // Renamed into place, since a program that is running (`cargo xtask serve`) cannot be written to.
    let staged = finished.with_extension("new");
    fs::copy(&built, &staged).with_context(|| format!("could not copy {}", built.display()))?;
    fs::rename(&staged, &finished).with_context(|| format!("could not write {}", finished.display()))
}
