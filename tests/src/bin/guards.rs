//! Takes the guards out one by one and holds that the tests of its fault fail then: `guards [FAULT]...`.
//!
//! Prints a table, and at its end the line that test harnesses end with.

use std::{
    env,
    process::{Command, ExitCode},
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
    /// None failed, or none ran.
    Green,
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
    let (mut passed, mut failed) = (0, 0);
    println!("| fault | guard | without it |\n|---|---|---|");
    for guard in GUARDS.iter().filter(wanted) {
        let outcome = match without(guard) {
            Ok(Seen::Failing(words)) => {
                passed += 1;
                format!("failed as it must: {words}")
            }
            Ok(Seen::Green) => {
                failed += 1;
                "**GREEN**: it tests nothing".to_owned()
            }
            Err(error) => {
                failed += 1;
                format!("**not tried**: {error:#}")
            }
        };
        println!("| {} | {} | {outcome} |", guard.fault, guard.what);
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored");
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
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
    let words = text.lines().find_map(|line| line.strip_prefix("Error: "));
    let has_failed = text.contains("test result: FAILED");
    Ok(match words {
        Some(words) if has_failed => Seen::Failing(words.chars().take(160).collect()),
        _ if has_failed => Seen::Failing("it panicked".to_owned()),
        _ => Seen::Green,
    })
}
