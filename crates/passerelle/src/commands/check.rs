//! `passerelle check`: what is wrong with a folder of posts, all at once.

mod bodies;
mod images;
mod links;

use std::{
    io::{self, Write},
    path::PathBuf,
    time::Instant,
};

use serde::Serialize;

use super::Outcome;
use crate::{
    finding::{Finding, Severity},
    library::{self, Library, LoadOptions},
};

/// What to check.
#[derive(Clone, Debug)]
pub struct Check {
    /// The folder of posts.
    pub content: PathBuf,
    /// What to read.
    pub load: LoadOptions,
    /// Whether the result is one JSON object instead of text.
    pub json: bool,
    /// Whether to tell also what is rendered another way than it is written.
    pub verbose: bool,
}

/// What was found: `--format json` prints it as it is.
#[derive(Debug, Serialize)]
struct Report {
    /// Posts that can be published.
    posts: usize,
    /// Pairs of translations; three languages of one post are three pairs.
    pairs: usize,
    /// Posts without any translation.
    unpaired: usize,
    /// Posts that are left out since they are bad.
    left_out: usize,
    /// Drafts, unpublished and future posts.
    held_back: usize,
    /// How many findings are errors.
    errors: usize,
    /// How many are not.
    warnings: usize,
    /// How long it took.
    seconds: f64,
    /// By file and line.
    findings: Vec<Finding>,
}

/// Reads the posts and prints findings on standard output, the summary on standard error.
///
/// # Errors
/// When the folder or the configuration cannot be read.
pub fn run(check: &Check) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let mut library = library::load(&check.content, &check.load)?;
    let mut findings = std::mem::take(&mut library.findings);
    findings.extend(bodies::findings(&library, check.verbose));
    findings.sort();
    let report = report(&library, findings, started);
    if check.json {
        print(&[serde_json::to_string(&report)?])?;
    } else {
        print(&report.findings)?;
        eprintln!("{}", summary(&report));
    }
    Ok(if report.errors > 0 {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn report(library: &Library, findings: Vec<Finding>, started: Instant) -> Report {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    Report {
        posts: library.posts.len(),
        pairs: library
            .posts
            .iter()
            .map(|entry| entry.translations.len())
            .sum::<usize>()
            / 2,
        unpaired: library
            .posts
            .iter()
            .filter(|entry| entry.translations.is_empty())
            .count(),
        left_out: library.left_out,
        held_back: library.held_back,
        errors,
        warnings: findings.len() - errors,
        seconds: started.elapsed().as_secs_f64(),
        findings,
    }
}

/// One line each. Whoever reads may stop early (`passerelle check . | head`).
fn print(lines: &[impl std::fmt::Display]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let printed = lines
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
        .and_then(|()| out.flush());
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

fn summary(report: &Report) -> String {
    let mut parts = vec![
        counted(report.posts, "post", "posts"),
        counted(report.pairs, "pair", "pairs"),
        format!("{} without translation", report.unpaired),
    ];
    if report.left_out > 0 {
        parts.push(format!("{} left out", report.left_out));
    }
    if report.held_back > 0 {
        parts.push(format!("{} held back", report.held_back));
    }
    let found = match (report.errors, report.warnings) {
        (0, 0) => "nothing to mend".to_owned(),
        (errors, warnings) => {
            format!(
                "{}, {}",
                counted(errors, "error", "errors"),
                counted(warnings, "warning", "warnings")
            )
        }
    };
    format!("{}; {found}; {:.2} s", parts.join(", "), report.seconds)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_posts_pairs_and_findings() {
        let mut report = Report {
            posts: 5,
            pairs: 2,
            unpaired: 1,
            left_out: 0,
            held_back: 0,
            errors: 0,
            warnings: 0,
            seconds: 0.123,
            findings: Vec::new(),
        };
        assert_eq!(
            summary(&report),
            "5 posts, 2 pairs, 1 without translation; nothing to mend; 0.12 s"
        );
        (
            report.posts,
            report.pairs,
            report.left_out,
            report.errors,
            report.warnings,
        ) = (1, 0, 1, 1, 2);
        assert_eq!(
            summary(&report),
            "1 post, 0 pairs, 1 without translation, 1 left out; 1 error, 2 warnings; 0.12 s"
        );
    }
}
