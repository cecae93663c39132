//! axe-core, where it is at hand: a second pair of eyes for what the scripted checks do not look at.

use std::env;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::{pages::Reader, skip::skip};

/// The rules of WCAG 2.0 to 2.2, levels A and AA, and axe's own best practices.
const RUN: &str = r#"
    const done = arguments[arguments.length - 1];
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    axe.run(document, { runOnly: { type: "tag", values } }).then(
        result => done(result.violations.map(({ id, help, nodes }) =>
            ({ id, help, nodes: nodes.map(node => node.html) }))),
        error => done([{ id: "axe", help: String(error), nodes: [] }]));
"#;

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

/// The source of axe-core, which `PASSERELLE_AXE` names (`axe.min.js` of the npm package axe-core 4). `None`, said
/// aloud, when it names nothing.
///
/// # Errors
/// When the file cannot be read.
pub fn source(test: &str) -> Result<Option<String>> {
    match env::var_os("PASSERELLE_AXE") {
        None => {
            skip(
                test,
                "PASSERELLE_AXE does not name axe.min.js, so axe did not look at the page",
            );
            Ok(None)
        }
        Some(path) => std::fs::read_to_string(&path)
            .map(Some)
            .with_context(|| format!("cannot read PASSERELLE_AXE, {}", path.display())),
    }
}

/// Holds that axe finds nothing wrong with the page as it is now.
///
/// # Errors
/// When it does; with each rule and the elements that break it.
pub async fn check(reader: &Reader, axe: &str, page: &str) -> Result<()> {
    // WebDriver runs the source in a world of its own right, whatever the page's policy says of scripts.
    reader.session.execute(axe, Vec::new()).await?;
    let violations: Vec<Violation> = reader.session.execute_async(RUN, Vec::new()).await?.convert()?;
    if violations.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = violations
        .iter()
        .map(|violation| {
            format!(
                "{}: {}\n  {}",
                violation.id,
                violation.help,
                violation.nodes.join("\n  ")
            )
        })
        .collect();
    bail!("axe on {page}:\n{}", told.join("\n"))
}
