//! `cargo xtask worker`: the parts of the service worker in public/worker joined into target/sw.js.
//!
//! A worker of one file starts with one request, and is compared as a whole when a browser looks for a new one. Trunk
//! runs this task itself before it bundles (`Trunk.toml`); the command puts the list of files in front.

use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

/// The parts, helpers first.
const PARTS: [&str; 5] = ["addresses", "checks", "pages", "store", "listeners"];

/// Joins the parts, without the lines that are comments alone.
///
/// # Errors
/// When a part cannot be read or the result cannot be written.
pub fn run(project: &Project) -> Result<()> {
    let mut joined = String::new();
    for part in PARTS {
        let path = project.path("public/worker").join(part).with_extension("js");
        let script = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        joined.push_str(&compact(&script));
    }
    let target = project.path("target/sw.js");
    fs::write(&target, joined).with_context(|| target.display().to_string())
}

/// A script without indentation, empty lines and whole-line comments. No line of a string of ours begins as one.
fn compact(script: &str) -> String {
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
