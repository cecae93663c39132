//! `passerelle build`: from a folder of posts to a site.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use content::{language::Language, site::Site};
use serde::Serialize;

use super::Outcome;
use crate::{
    embed::Reader,
    finding::{Finding, Severity},
    library::{self, Library, LoadOptions},
    progress::Progress,
    write::{self, WriteOptions, output::Output, tree},
};

/// What to build.
#[derive(Clone, Debug)]
pub struct Build {
    /// The folder of posts.
    pub content: PathBuf,
    /// Where the site goes.
    pub out: PathBuf,
    /// What to read.
    pub load: LoadOptions,
    /// Whether posts that were left out are no reason to exit with 1.
    pub keep_going: bool,
    /// Whether the result is one JSON object instead of text.
    pub json: bool,
    /// Whether text files get compressed copies beside them.
    pub compress: bool,
    /// A bundled reader other than the embedded one.
    pub reader: Option<PathBuf>,
}

/// What was built: `--format json` prints it as it is.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// The folder of the site, as given.
    pub site: String,
    /// The digest that `site.json` names.
    pub build: String,
    /// The languages, the default first.
    pub languages: Vec<LanguageReport>,
    /// Posts that are published.
    pub posts: usize,
    /// Pairs of translations; three languages of one post are three pairs.
    pub pairs: usize,
    /// Posts without any translation.
    pub unpaired: usize,
    /// Posts that were left out since they are bad.
    pub left_out: usize,
    /// Posts that were left out as drafts, unpublished or future.
    pub held_back: usize,
    /// Languages without an origin, so that their pages have no canonical URL and stand in no sitemap and Atom feed.
    pub without_origin: Vec<String>,
    /// Posts whose main image is not in the tree, so that they have none.
    pub images_missing: usize,
    /// How long it took.
    pub seconds: f64,
    /// What is wrong with the posts.
    pub findings: &'a [Finding],
}

/// One language of what was built.
#[derive(Debug, Serialize)]
pub struct LanguageReport {
    /// Its tag.
    pub language: String,
    /// Its posts.
    pub posts: u32,
}

/// Builds, prints findings on standard error and the summary on standard output.
///
/// # Errors
/// When there is nothing to build with, from, or to. The old site stands then.
pub fn run(build: &Build) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let progress = Progress::on_terminal();
    let reader = Reader::find(build.reader.as_deref())?;
    progress.begin("Reading posts", 0);
    let library = library::load(&build.content, &build.load)?;
    let output = Output::claim(&build.out, &build.content)?;
    progress.clear();
    if !build.json || library.posts.is_empty() {
        print_findings(&library.findings)?;
    }
    let outcome = outcome(&library, build.keep_going);
    if library.posts.is_empty() {
        return nothing_to_publish(&library);
    }
    let options = WriteOptions {
        compress: build.compress,
        ..WriteOptions::default()
    };
    let (site, images_missing) = write_site(&library, reader, &options, &output, &progress)?;
    progress.clear();
    let report = report(&build.out, &library, &site, images_missing, started.elapsed());
    let summary = if build.json {
        serde_json::to_string(&report)?
    } else {
        summary(&report)
    };
    writeln!(io::stdout(), "{summary}").context("cannot print the summary")?;
    Ok(outcome)
}

/// Makes every file and puts them in place. Gives `site.json` and how many main images are missing.
///
/// # Errors
/// When the reader does not fit or the system refuses. The old site stands then.
pub fn write_site(
    library: &Library,
    reader: Reader,
    options: &WriteOptions,
    output: &Output,
    progress: &Progress,
) -> anyhow::Result<(Site, usize)> {
    progress.begin("Rendering posts:", library.posts.len());
    let files = write::site_files(library, reader, options, &tree::measure, &|| progress.step())?;
    let images_missing = files.images_missing;
    progress.begin("Writing files:", files.files.len());
    let site = output.write(files, options.compress, &|| progress.step())?;
    Ok((site, images_missing))
}

/// Prints findings on standard error, one a line.
///
/// # Errors
/// When standard error is closed.
pub fn print_findings(findings: &[Finding]) -> anyhow::Result<()> {
    let mut stderr = io::stderr().lock();
    for finding in findings {
        writeln!(stderr, "{finding}").context("cannot print the findings")?;
    }
    Ok(())
}

fn outcome(library: &Library, keep_going: bool) -> Outcome {
    let has_errors = library
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    if has_errors && !keep_going {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}

/// A site without posts would replace one that has some, for a mistake in a path or a date: nothing is written.
fn nothing_to_publish(library: &Library) -> anyhow::Result<Outcome> {
    let folder = library.root.display();
    if library.left_out == 0 && library.held_back > 0 {
        let held_back = number(library.held_back, "post is a draft", "posts are drafts");
        bail!(
            "{folder}: {held_back}, unpublished or in the future; publish one, or give `--drafts` or `--future`"
        );
    }
    eprintln!("no site was written, since there is no post to publish");
    Ok(Outcome::Findings)
}

fn report<'a>(
    out: &Path,
    library: &'a Library,
    site: &Site,
    images_missing: usize,
    elapsed: Duration,
) -> Report<'a> {
    let posts = || library.posts.iter();
    Report {
        site: out.display().to_string(),
        build: site.build.clone(),
        languages: site
            .languages
            .iter()
            .map(|entry| LanguageReport {
                language: entry.language.to_string(),
                posts: entry.posts,
            })
            .collect(),
        posts: library.posts.len(),
        pairs: posts().map(|entry| entry.translations.len()).sum::<usize>() / 2,
        unpaired: posts().filter(|entry| entry.translations.is_empty()).count(),
        left_out: library.left_out,
        held_back: library.held_back,
        without_origin: without_origin(library),
        images_missing,
        seconds: elapsed.as_secs_f64(),
        findings: &library.findings,
    }
}

fn without_origin(library: &Library) -> Vec<String> {
    let has_origin = |language: &&Language| {
        let about = library.config.languages.get(language);
        about.is_some_and(|about| about.origin.is_some())
    };
    let languages = library.languages.iter();
    languages
        .filter(|language| !has_origin(language))
        .map(ToString::to_string)
        .collect()
}

/// The report for people: one line, and one more for each thing that they may not expect.
fn summary(report: &Report<'_>) -> String {
    let by_language: Vec<_> = report
        .languages
        .iter()
        .map(|entry| format!("{} {}", entry.posts, entry.language))
        .collect();
    let mut lines = vec![format!(
        "{}: {} ({}), {}, {} without translation, in {:.1} s",
        report.site,
        number(report.posts, "post", "posts"),
        by_language.join(", "),
        number(report.pairs, "pair", "pairs"),
        report.unpaired,
        report.seconds
    )];
    if report.left_out > 0 {
        lines.push(format!(
            "left out: {}, for the errors named above",
            number(report.left_out, "post", "posts")
        ));
    }
    if report.held_back > 0 {
        let held_back = number(
            report.held_back,
            "draft, unpublished or future post",
            "draft, unpublished or future posts",
        );
        lines.push(format!(
            "held back: {held_back}; `--drafts` and `--future` publish them"
        ));
    }
    if report.images_missing > 0 {
        let posts = number(report.images_missing, "post names", "posts name");
        lines.push(format!(
            "without picture: {posts} a main image that is not in the tree; `passerelle check` tells which"
        ));
    }
    if !report.without_origin.is_empty() {
        lines.push(format!(
            "without origin: {}, so no canonical URLs, sitemap or Atom feed; set `origin` in passerelle.toml",
            report.without_origin.join(", ")
        ));
    }
    lines.join("\n")
}

fn number(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(posts: usize, left_out: usize, images_missing: usize) -> Report<'static> {
        Report {
            site: "site".to_owned(),
            build: String::new(),
            languages: vec![
                LanguageReport {
                    language: "en".to_owned(),
                    posts: 1,
                },
                LanguageReport {
                    language: "fr".to_owned(),
                    posts: 1,
                },
            ],
            posts,
            pairs: 1,
            unpaired: 0,
            left_out,
            held_back: 0,
            without_origin: Vec::new(),
            images_missing,
            seconds: 0.26,
            findings: &[],
        }
    }

    #[test]
    fn a_summary_is_one_line_when_all_is_well() {
        assert_eq!(
            summary(&report(2, 0, 0)),
            "site: 2 posts (1 en, 1 fr), 1 pair, 0 without translation, in 0.3 s"
        );
    }

    #[test]
    fn what_nobody_expects_has_a_line_of_its_own() {
        let report = Report {
            without_origin: vec!["fr".to_owned()],
            ..report(2, 1, 3)
        };
        let text = summary(&report);
        let lines: Vec<_> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "left out: 1 post, for the errors named above",
                "without picture: 3 posts name a main image that is not in the tree; `passerelle check` tells which",
                "without origin: fr, so no canonical URLs, sitemap or Atom feed; set `origin` in passerelle.toml"
            ]
        );
    }
}
