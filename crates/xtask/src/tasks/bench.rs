//! `cargo xtask bench`: what a reader downloads and waits for, and what a publisher waits for. All of it is measured
//! on the spot, and what is compared is measured by turns in one run, so that the ratios say something on any machine.

mod blog;
mod crates;
mod driver;
mod hugo;
mod publish;
mod render;
mod row;
pub mod size;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::tasks::dist;
use row::{Row, table};

/// One part of the bench: a name for the command line, and how it is measured.
struct Part {
    name: &'static str,
    measure: fn(&Project) -> Result<Vec<Row>>,
}

const PARTS: [Part; 6] = [
    Part {
        name: "size",
        measure: size::measure,
    },
    Part {
        name: "page",
        measure: driver::page,
    },
    Part {
        name: "click",
        measure: driver::click,
    },
    Part {
        name: "offline",
        measure: driver::offline,
    },
    Part {
        name: "build",
        measure: publish::measure,
    },
    Part {
        name: "render",
        measure: render::measure,
    },
];

/// Measures the parts named, or all of them, and prints one Markdown table; fails when a target is missed.
///
/// # Errors
/// When there is no such part, the finished command cannot be built, or a part cannot be measured.
pub fn run(project: &Project, names: &[&str]) -> Result<ExitCode> {
    if let Some(unknown) = names
        .iter()
        .find(|name| PARTS.iter().all(|part| part.name != **name))
    {
        bail!(
            "the bench has no part {unknown:?}; name size, page, click, offline, build or render, or none for all"
        );
    }
    dist::run(project)?;
    let mut rows = Vec::new();
    for part in &PARTS {
        if names.is_empty() || names.contains(&part.name) {
            eprintln!("Measuring: {}.", part.name);
            rows.extend((part.measure)(project)?);
        }
    }
    println!("\n{}", table(&rows));
    Ok(if rows.iter().any(Row::is_missed) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Says on standard error that something is not measured here, and why.
fn skip(what: &str, why: &str) {
    eprintln!("SKIPPED: {what}: {why}");
}

/// The middle of the numbers; the greater of the two where their count is even, 0 where there are none.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_moved_by_one_slow_round() {
        assert_eq!(median(vec![9.0, 1.0, 2.0, 900.0, 3.0]), 3.0);
        assert_eq!(median(Vec::new()), 0.0);
    }

    #[test]
    fn a_part_that_is_not_there_is_named() {
        let project = Project::find().expect("the work tree");
        let error = run(&project, &["weight"]).expect_err("no such part");
        assert!(error.to_string().contains("\"weight\""), "{error}");
    }
}
