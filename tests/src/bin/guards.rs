//! Takes the guards out one by one and holds that the tests of its fault fail then: `guards [FAULT]...`.
//!
//! Prints a table, and at its end the line that test harnesses end with.

use std::{
    env,
    process::{Command, ExitCode},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use anyhow::{Context, Result, ensure};
use passerelle_tests::{
    bundle,
    guards::{GUARDS, Guard, VARIABLE},
    repository,
};

/// How the tests of a fault took it that its guard was out.
enum Seen {
    /// They failed, the first with these words.
    Failing(String),
    /// None failed.
    Green,
    /// It cannot run in this browser, and says why.
    Skipped(String),
}

fn main() -> ExitCode {
    let faults: Vec<String> = env::args().skip(1).collect();
    match run(&faults) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(faults: &[String]) -> Result<ExitCode> {
    // What does not build must not pass for what fails.
    ensure!(
        tests().arg("--no-run").status()?.success(),
        "the tests do not build"
    );
    let wanted = |guard: &&Guard| faults.is_empty() || faults.iter().any(|fault| fault == guard.fault);
    let guards: Vec<&Guard> = GUARDS.iter().filter(wanted).collect();
    let outcomes = all_without(&guards);
    println!("| fault | guard | without it |\n|---|---|---|");
    for (guard, outcome) in guards.iter().zip(&outcomes) {
        let told = match outcome {
            Ok(Seen::Failing(words)) => format!("failed as it must: {words}"),
            Ok(Seen::Green) => "**GREEN**: it tests nothing".to_owned(),
            Ok(Seen::Skipped(why)) => format!("skipped: {why}"),
            Err(error) => format!("**not tried**: {error:#}"),
        };
        println!("| {} | {} | {told} |", guard.fault, guard.what);
    }
    let passed = count(&outcomes, |seen| matches!(seen, Ok(Seen::Failing(_))));
    let skipped = count(&outcomes, |seen| matches!(seen, Ok(Seen::Skipped(_))));
    let failed = outcomes.len() - passed - skipped;
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; {skipped} ignored");
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn count(outcomes: &[Result<Seen>], is_so: impl Fn(&Result<Seen>) -> bool) -> usize {
    outcomes.iter().filter(|outcome| is_so(outcome)).count()
}

/// Takes out one guard after the other, some at a time: a test that fails has waited for most of its time.
fn all_without(guards: &[&Guard]) -> Vec<Result<Seen>> {
    const AT_A_TIME: usize = 3;
    let next = AtomicUsize::new(0);
    let run = || {
        std::iter::from_fn(|| {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let guard = guards.get(number)?;
            eprintln!("without the guard of {}", guard.fault);
            Some((number, without(guard)))
        })
        .collect::<Vec<_>>()
    };
    let mut outcomes: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_A_TIME).map(|_| scope.spawn(run)).collect();
        let joined = threads.into_iter().flat_map(thread::ScopedJoinHandle::join);
        joined.flatten().collect()
    });
    outcomes.sort_by_key(|(number, _)| *number);
    outcomes.into_iter().map(|(_, seen)| seen).collect()
}

/// Cargo with the tests in a browser.
fn tests() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["test", "--quiet", "--locked", "--no-fail-fast"])
        .args(["--package", "passerelle-tests", "--test", "browser"])
        .current_dir(repository::root());
    command
}

/// Runs the tests of the guard's fault without it.
fn without(guard: &Guard) -> Result<Seen> {
    bundle::check(guard)?;
    let output = tests()
        .arg(guard.fault)
        .env(VARIABLE, guard.fault)
        .output()
        .context("cannot run cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure!(
        text.contains("test result: "),
        "the tests did not run to their end"
    );
    if text.contains("test result: FAILED") {
        let words = text.lines().find_map(|line| line.strip_prefix("Error: "));
        let words = words.unwrap_or("it panicked");
        return Ok(Seen::Failing(words.chars().take(160).collect()));
    }
    ensure!(!text.contains(" 0 passed;"), "there is no test of this fault");
    let skipped = text.lines().find_map(|line| line.split_once("SKIPPED ("));
    Ok(skipped.map_or(Seen::Green, |(_, why)| Seen::Skipped(why.to_owned())))
}
