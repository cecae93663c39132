//! The scripts of our own, as they travel: those of the page in public as they are, and the parts of the service worker
//! in public/worker joined into one, all in target.
//!
//! A worker of one file starts with one request, and is compared as a whole when a browser looks for a new one. The
//! command puts the list of files in front.

use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

/// The parts of the worker, helpers first.
const WORKER: [&str; 8] = [
    "addresses",
    "checks",
    "pages",
    "kept",
    "news",
    "store",
    "keeping",
    "listeners",
];

/// The scripts of the page: what starts the reader, and what comes with it.
const PAGE: [&str; 2] = ["boot", "offline"];

/// Writes them all.
///
/// # Errors
/// When a part cannot be read or the result cannot be written.
pub fn run(project: &Project) -> Result<()> {
    let worker = WORKER.map(|part| format!("worker/{part}"));
    for script in PAGE {
        join(project, &[script.to_owned()], &format!("{script}.js"))?;
    }
    join(project, &worker, "sw.js")
}

fn join(project: &Project, parts: &[String], name: &str) -> Result<()> {
    let mut joined = String::new();
    for part in parts {
        let path = project.path("public").join(part).with_extension("js");
        let script = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        joined.push_str(&compact(&script));
    }
    let target = project.path("target").join(name);
    fs::write(&target, joined).with_context(|| target.display().to_string())
}

/// A script without indentation, empty lines and whole-line comments. No line of a string of ours, or of
/// wasm-bindgen's, begins as one.
pub fn compact(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    lines
        .filter(|line| {
            !line.is_empty()
                && !["//", "/**", "* ", "*/"]
                    .iter()
                    .any(|mark| line.starts_with(mark))
        })
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn comments_and_indentation_are_left_out() {
        assert_eq!(
            compact("// a\n/** b */\n/**\n * c\n */\nf(\n  1 * 2, // d\n);\n\n"),
            "f(\n1 * 2, // d\n);\n"
        );
    }
}
