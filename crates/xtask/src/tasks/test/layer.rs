//! The layers of tests, in the order in which they run: what says most in the least time comes first.

use std::cell::{OnceCell, RefCell};
use std::process::Command;

use anyhow::{Result, anyhow};

use super::tally::Tally;
use crate::browser::Browser;
use crate::npm::{self, Checker};
use crate::process::cargo;
use crate::project::{Project, WASM};
use crate::python;
use crate::servers;
use crate::tasks::dist;
use crate::tools;

/// One layer: a name for `--only`, what it is about, and how it is run.
pub struct Layer {
    pub name: &'static str,
    pub what: &'static str,
    /// Whether it runs when no layer is named.
    pub by_default: bool,
    pub run: fn(&Bench) -> Result<Tally>,
}

/// Every layer.
pub const LAYERS: [Layer; 9] = [
    Layer {
        name: "format",
        what: "the code is formatted",
        by_default: true,
        run: format,
    },
    Layer {
        name: "lint",
        what: "clippy and rustdoc have nothing to say, natively and for the browser",
        by_default: true,
        run: lint,
    },
    Layer {
        name: "unit",
        what: "the native crates, with the examples in their documentation",
        by_default: true,
        run: unit,
    },
    Layer {
        name: "reader",
        what: "the reader's own tests, in a browser",
        by_default: true,
        run: reader,
    },
    Layer {
        name: "command",
        what: "the finished command as a black box",
        by_default: true,
        run: command,
    },
    Layer {
        name: "deploy",
        what: "the finished site where the recipes of the documentation put it",
        by_default: true,
        run: deploy,
    },
    Layer {
        name: "browser",
        what: "the finished site in a browser",
        by_default: true,
        run: browser,
    },
    Layer {
        name: "xss",
        what: "nothing in a post runs, in the reader and in the page that came as HTML",
        by_default: true,
        run: xss,
    },
    Layer {
        name: "guards",
        what: "each fault test fails when its guard is taken out",
        // It says nothing of the reader that the others do not, and takes its time: a test that fails waits first.
        by_default: false,
        run: guards,
    },
];

/// What the layers work on.
pub struct Bench<'a> {
    project: &'a Project,
    browsers: &'a [Browser],
    finished: OnceCell<Result<(), String>>,
    in_browsers: RefCell<Vec<(Browser, Tally)>>,
}

impl<'a> Bench<'a> {
    /// A bench on which nothing has been built yet.
    pub fn new(project: &'a Project, browsers: &'a [Browser]) -> Self {
        Self {
            project,
            browsers,
            finished: OnceCell::new(),
            in_browsers: RefCell::default(),
        }
    }

    /// What the layers gave so far in each browser.
    pub fn in_browsers(&self) -> Vec<(Browser, Tally)> {
        let all = self.in_browsers.borrow();
        let of = |browser: Browser| all.iter().filter(move |(own, _)| *own == browser);
        Browser::ALL
            .into_iter()
            .filter(|browser| of(*browser).next().is_some())
            .map(|browser| {
                (
                    browser,
                    of(browser).fold(Tally::default(), |sum, (_, tally)| sum + *tally),
                )
            })
            .collect()
    }

    /// Builds the finished command, once for all the layers that want it.
    fn finish(&self) -> Result<()> {
        let outcome = self
            .finished
            .get_or_init(|| dist::run(self.project).map_err(|error| format!("{error:#}")));
        outcome
            .clone()
            .map_err(|error| anyhow!("there is no finished command to test: {error}"))
    }

    fn cargo(&self, words: &[&[&str]]) -> Command {
        cargo(self.project, &words.concat())
    }
}

const READER: &str = "passerelle-reader";
const TESTS: &str = "passerelle-tests";
const RUNNER: &str = "wasm-bindgen-test-runner";
/// What is built for this machine.
const NATIVE: &[&str] = &["--workspace", "--exclude", READER];
/// What is built for the browser.
const IN_BROWSER: &[&str] = &["--package", READER, "--target", WASM];
const TEST: &[&str] = &["test", "--locked", "--no-fail-fast"];

fn format(bench: &Bench) -> Result<Tally> {
    Ok(Tally::of_check(&mut bench.cargo(&[&["fmt", "--all", "--check"]])))
}

fn lint(bench: &Bench) -> Result<Tally> {
    let mut sum = Tally::default();
    for what in [NATIVE, IN_BROWSER] {
        let clippy = [
            &["clippy", "--locked", "--all-targets"],
            what,
            &["--", "-D", "warnings"],
        ];
        let docs = [&["doc", "--locked", "--no-deps"], what];
        sum = sum
            + Tally::of_check(&mut bench.cargo(&clippy))
            + Tally::of_check(bench.cargo(&docs).env("RUSTDOCFLAGS", "-D warnings"));
    }
    Ok(sum)
}

fn unit(bench: &Bench) -> Result<Tally> {
    // passerelle-tests holds the last two layers, which want the finished command.
    Tally::of_tests(&mut bench.cargo(&[TEST, NATIVE, &["--exclude", TESTS]]))
}

fn reader(bench: &Bench) -> Result<Tally> {
    // wasm-bindgen's runner does not drive WebKit; the reader's own tests are the same everywhere.
    let (driven, _): (Vec<_>, Vec<_>) = bench
        .browsers
        .iter()
        .partition(|browser| **browser != Browser::WebKit);
    let browsers = if driven.is_empty() {
        vec![Browser::Chromium]
    } else {
        driven
    };
    in_each(bench, &browsers, |browser| {
        // Not the examples in the documentation: the runner knows nothing of them.
        let mut tests = bench.cargo(&[TEST, IN_BROWSER, &["--lib", "--bins"]]);
        tests
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                tools::WASM_BINDGEN.program(bench.project, RUNNER)?,
            )
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
            // The runner takes the browser to use from a variable of its driver's name.
            .env(browser.driver().to_uppercase(), browser.driver());
        Ok(tests)
    })
}

fn command(bench: &Bench) -> Result<Tally> {
    bench.finish()?;
    // The harness that the last layers share is tested with the quickest one.
    let mut tests = against_the_finished_command(bench, &["--lib", "--test", "command"]);
    tell(&mut tests, &npm::HTML_VALIDATE, bench);
    Tally::of_tests(&mut tests)
}

fn deploy(bench: &Bench) -> Result<Tally> {
    bench.finish()?;
    servers::ensure(bench.project);
    python::ensure(bench.project);
    Tally::of_tests(&mut against_the_finished_command(bench, &["--test", "deploy"]))
}

/// Tells the tests where a checker stands, if it does.
fn tell(tests: &mut Command, checker: &Checker, bench: &Bench) {
    tests.envs(checker.find(bench.project).map(|file| (checker.variable, file)));
}

fn browser(bench: &Bench) -> Result<Tally> {
    in_each_against_the_finished_command(bench, "browser")
}

fn xss(bench: &Bench) -> Result<Tally> {
    in_each_against_the_finished_command(bench, "xss")
}

fn guards(bench: &Bench) -> Result<Tally> {
    bench.finish()?;
    in_each(bench, bench.browsers, |browser| {
        let mut guards = bench.cargo(&[&["run", "--locked", "--package", TESTS, "--bin", "guards"]]);
        guards
            .env("PASSERELLE_BIN", bench.project.binary())
            .env("PASSERELLE_BROWSER", browser.name());
        Ok(guards)
    })
}

fn in_each_against_the_finished_command(bench: &Bench, target: &str) -> Result<Tally> {
    bench.finish()?;
    in_each(bench, bench.browsers, |browser| {
        let mut tests = against_the_finished_command(bench, &["--test", target]);
        tests.env("PASSERELLE_BROWSER", browser.name());
        tell(&mut tests, &npm::AXE, bench);
        Ok(tests)
    })
}

fn against_the_finished_command(bench: &Bench, targets: &[&str]) -> Command {
    let mut tests = bench.cargo(&[TEST, &["--package", TESTS], targets]);
    tests.env("PASSERELLE_BIN", bench.project.binary());
    tests
}

/// Runs tests in one browser after the other, with the pinned drivers on PATH.
fn in_each(bench: &Bench, browsers: &[Browser], tests: impl Fn(Browser) -> Result<Command>) -> Result<Tally> {
    let mut sum = Tally::default();
    for &browser in browsers {
        browser.ensure(bench.project)?;
        let mut tests = tests(browser)?;
        let tally = Tally::of_tests(tests.env("PATH", tools::path_with_tools(bench.project)?))?;
        bench.in_browsers.borrow_mut().push((browser, tally));
        sum = sum + tally;
    }
    Ok(sum)
}
