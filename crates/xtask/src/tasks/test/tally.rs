//! Counting what tests say of themselves, while their output streams by.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::ops::Add;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::process::{line as command_line, run, show};

/// How many tests passed, failed and were ignored, or said that they were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub ignored: usize,
}

impl Tally {
    /// Something failed that counts no tests of its own.
    pub const FAILURE: Self = Self {
        passed: 0,
        failed: 1,
        ignored: 0,
    };

    /// Runs a check that counts nothing: it counts as one.
    pub fn of_check(command: &mut Command) -> Self {
        match run(command) {
            Ok(()) => Self {
                passed: 1,
                ..Self::default()
            },
            Err(error) => {
                eprintln!("error: {error:#}");
                Self::FAILURE
            }
        }
    }

    /// Runs tests and adds up the `test result:` lines that libtest and wasm-bindgen-test print.
    ///
    /// A command that fails without a failed test (it did not build, it crashed) counts as one failure, and so
    /// does one that ran no test.
    ///
    /// # Errors
    /// When the command cannot be started or its output not be read.
    pub fn of_tests(command: &mut Command) -> Result<Self> {
        show(command);
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start `{}`", command_line(command)))?;
        let output = child.stdout.take().context("the output is piped")?;
        let mut tally = Self::default();
        let mut skipped = BTreeSet::new();
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally = tally + Self::of_line(&line).unwrap_or_default();
            skipped.extend(skipped_in(&line).map(str::to_owned));
        }
        Ok(tally.judged(child.wait()?.success()).without(skipped.len()))
    }

    /// Tests that say that they were skipped have passed for the harness, and not for us.
    fn without(self, skipped: usize) -> Self {
        Self {
            passed: self.passed.saturating_sub(skipped),
            ignored: self.ignored + skipped,
            ..self
        }
    }

    fn judged(self, success: bool) -> Self {
        if self.failed == 0 && !success {
            eprintln!("error: the tests did not build, or did not run to their end");
            return self + Self::FAILURE;
        }
        if self.failed == 0 && self.passed == 0 {
            eprintln!("error: no test ran");
            return self + Self::FAILURE;
        }
        self
    }

    fn of_line(line: &str) -> Option<Self> {
        let (_, counts) = line
            .trim_start()
            .strip_prefix("test result: ")?
            .split_once(". ")?;
        let count = |name: &str| {
            counts
                .split(';')
                .find_map(|part| part.trim().strip_suffix(name)?.trim().parse().ok())
        };
        Some(Self {
            passed: count("passed")?,
            failed: count("failed")?,
            ignored: count("ignored").unwrap_or(0),
        })
    }
}

/// The test that a line says was skipped: `SKIPPED (2 so far): a_test: why`, perhaps behind something else.
fn skipped_in(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("SKIPPED (")?;
    let (_, rest) = rest.split_once("): ")?;
    rest.split_once(": ").map(|(test, _)| test)
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: usize, failed: usize, ignored: usize) -> Tally {
        Tally {
            passed,
            failed,
            ignored,
        }
    }

    #[test]
    fn the_result_line_of_libtest_is_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 5 filtered out; finished in 0.02s";
        assert_eq!(Tally::of_line(line), Some(tally(12, 3, 1)));
    }

    #[test]
    fn the_result_line_of_wasm_bindgen_test_is_read() {
        let line = "test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.41s";
        assert_eq!(Tally::of_line(line), Some(tally(7, 0, 0)));
    }

    #[test]
    fn a_line_that_is_no_result_counts_nothing() {
        for line in [
            "test it_passes ... ok",
            "",
            "test result: ",
            "3 passed; 0 failed",
            "running 3 tests",
        ] {
            assert_eq!(Tally::of_line(line), None, "{line:?}");
        }
    }

    #[test]
    fn a_test_that_says_that_it_was_skipped_has_not_passed() {
        let line = "test a ... SKIPPED (2 so far): a_test: there is no blog: none";
        assert_eq!(skipped_in(line), Some("a_test"));
        assert_eq!(skipped_in("test a ... ok"), None);
        assert_eq!(tally(9, 1, 1).without(2), tally(7, 1, 3));
    }

    #[test]
    fn a_crash_after_passing_tests_is_a_failure() {
        assert_eq!(tally(9, 0, 0).judged(false), tally(9, 1, 0));
    }

    #[test]
    fn failed_tests_are_not_counted_twice() {
        assert_eq!(tally(9, 2, 0).judged(false), tally(9, 2, 0));
    }

    #[test]
    fn a_run_without_tests_is_a_failure() {
        assert_eq!(tally(0, 0, 0).judged(true), tally(0, 1, 0));
        assert_eq!(tally(0, 0, 4).judged(true), tally(0, 1, 4));
    }

    #[test]
    fn the_sum_is_told_as_passed_and_failed() {
        assert_eq!(
            (tally(1, 2, 3) + tally(10, 20, 30)).to_string(),
            "11 passed, 22 failed"
        );
    }
}
