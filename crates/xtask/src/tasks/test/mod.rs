//! `cargo xtask test`: every check and test, layer by layer, whatever an earlier layer gave; then the count.

mod layer;
mod tally;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::browser::Browser;
use crate::project::Project;
use crate::tasks::setup;
use crate::tools;
use layer::{Bench, LAYERS, Layer};
use tally::Tally;

/// Which layers to run, and in which browsers.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    only: Option<String>,
    browsers: Vec<Browser>,
}

impl Options {
    /// Reads `[--only LAYER] [--browser NAME]`.
    ///
    /// # Errors
    /// When a word is neither, or names a layer or browser that is not there.
    pub fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self {
            only: None,
            browsers: vec![Browser::Chromium],
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} takes a name"));
            match *word {
                "--only" => options.only = Some(layer_name(value()?)?),
                "--browser" => options.browsers = Browser::named(value()?)?,
                _ => bail!("test does not take {word}; it takes [--only LAYER] [--browser NAME]"),
            }
        }
        Ok(options)
    }

    fn layers(&self) -> impl Iterator<Item = &'static Layer> {
        LAYERS.iter().filter(|layer| match &self.only {
            Some(only) => only == layer.name,
            None => layer.by_default,
        })
    }
}

fn layer_name(name: &str) -> Result<String> {
    let names = LAYERS.map(|layer| layer.name);
    if !names.contains(&name) {
        bail!("there is no layer {name:?}; the layers are {}", names.join(", "));
    }
    Ok(name.to_owned())
}

/// What one layer gave.
struct Outcome {
    layer: &'static Layer,
    tally: Tally,
    time: Duration,
}

/// Runs the layers and prints the count; fails when anything failed or a layer ran no test.
///
/// # Errors
/// When the tools are not there.
pub fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    setup::for_building(project)?;
    tools::ensure_components(project)?;
    let bench = Bench::new(project, &options.browsers);
    let outcomes: Vec<Outcome> = options.layers().map(|layer| measured(layer, &bench)).collect();
    print_table(&outcomes);
    for (browser, tally) in bench.in_browsers() {
        let Tally {
            passed,
            failed,
            ignored,
        } = tally;
        println!(
            "In {}: {} tests run, {passed} passed, {failed} failed; {ignored} skipped, each with its reason above",
            browser.name(),
            passed + failed
        );
    }
    if project.corpus().is_none() {
        println!(
            "\nThere is no ../shared/corpus beside the work tree: the tests over real posts were skipped."
        );
    }
    let sum = outcomes
        .iter()
        .fold(Tally::default(), |sum, outcome| sum + outcome.tally);
    println!("\n{sum}");
    Ok(if sum.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn measured(layer: &'static Layer, bench: &Bench) -> Outcome {
    eprintln!("\n== {}: {}", layer.name, layer.what);
    let started = Instant::now();
    let tally = (layer.run)(bench).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Tally::FAILURE
    });
    Outcome {
        layer,
        tally,
        time: started.elapsed(),
    }
}

fn print_table(outcomes: &[Outcome]) {
    println!(
        "\n{:<8} {:>7} {:>7} {:>7} {:>7}",
        "layer", "passed", "failed", "skipped", "seconds"
    );
    for Outcome { layer, tally, time } in outcomes {
        let Tally {
            passed,
            failed,
            ignored,
        } = tally;
        println!(
            "{:<8} {passed:>7} {failed:>7} {ignored:>7} {:>7}",
            layer.name,
            time.as_secs()
        );
    }
    let failed: Vec<&str> = outcomes
        .iter()
        .filter(|it| it.tally.failed > 0)
        .map(|it| it.layer.name)
        .collect();
    if let [first, ..] = failed.as_slice() {
        println!(
            "\nFailed: {}. One layer alone: cargo xtask test --only {first}",
            failed.join(", ")
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_no_options_every_layer_runs_that_need_not_be_named() {
        let options = Options::parse(&[]).expect("no options");
        let names: Vec<&str> = options.layers().map(|layer| layer.name).collect();
        assert_eq!(names.len(), LAYERS.len() - 1);
        assert!(!names.contains(&"guards"));
        let options = Options::parse(&["--only", "guards"]).expect("it can be named");
        assert_eq!(options.layers().count(), 1);
    }

    #[test]
    fn one_layer_can_run_alone() {
        let options = Options::parse(&["--only", "unit", "--browser", "chromium"]).expect("known names");
        assert_eq!(
            options.layers().map(|layer| layer.name).collect::<Vec<_>>(),
            ["unit"]
        );
    }

    #[test]
    fn a_layer_that_is_not_there_is_refused_with_those_that_are() {
        let error = Options::parse(&["--only", "units"])
            .expect_err("no such layer")
            .to_string();
        assert!(
            error.contains("units")
                && error.contains("format, lint, unit, reader, command, deploy, browser, xss, guards"),
            "{error}"
        );
    }

    #[test]
    fn an_option_without_its_name_is_refused() {
        for words in [&["--only"][..], &["--browser"], &["--fast"]] {
            assert!(Options::parse(words).is_err(), "{words:?}");
        }
    }
}
