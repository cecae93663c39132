//! The standard library built for size, with the reader.
//!
//! The standard library that comes with Rust tells at length what panicked and where. Nobody would read it in a
//! browser, and it and what it keeps alive are 23 kB of the reader in brotli. Built from its source it can be left out: a panic then
//! stops the reader at once, and the page stays as it is.
//!
//! Cargo builds the standard library behind switches that are not stable yet, so they are used with the one version of
//! Rust that they were seen to work with. With any other, or without the source, the reader is built as usual: larger,
//! and otherwise the same.

use std::fs;
use std::process::Command;

use crate::process::answer;
use crate::project::Project;

/// The version that the switches below are those of.
const RUST: &str = "rustc 1.95.";

/// Whether the reader can be built so.
pub fn is_at_hand(project: &Project) -> bool {
    let source =
        told(project, &["--print", "sysroot"]).map(|root| root + "/lib/rustlib/src/rust/library/std");
    is_known(project) && source.is_some_and(|folder| fs::exists(folder).unwrap_or(false))
}

/// Whether only the source is missing.
pub fn is_wanted(project: &Project) -> bool {
    is_known(project) && !is_at_hand(project)
}

fn is_known(project: &Project) -> bool {
    told(project, &["--version"]).is_some_and(|version| version.starts_with(RUST))
}

fn told(project: &Project, arguments: &[&str]) -> Option<String> {
    answer(Command::new("rustc").args(arguments).current_dir(project.root()))
}

/// Tells a Cargo that builds the reader, or a program that calls one, to build the standard library, too, where that
/// can be done.
pub fn ask(project: &Project, command: &mut Command) {
    if !is_at_hand(project) {
        return;
    }
    command.envs([
        ("RUSTC_BOOTSTRAP", "1"),
        ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
        ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
        ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
        ("CARGO_PROFILE_WASM_RELEASE_PANIC", "immediate-abort"),
        (
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "-Zlocation-detail=none -Zfmt-debug=none",
        ),
    ]);
}
