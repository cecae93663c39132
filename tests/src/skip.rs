//! Tests that cannot run here say so, even where the test runner keeps the output of passing tests to itself. `cargo xtask
//! test` counts what they say.

use std::{
    io::{self, Write},
    sync::atomic::{AtomicUsize, Ordering},
};

static SKIPPED: AtomicUsize = AtomicUsize::new(0);

/// Says on the process's own standard output that `test` was skipped, why, and how many were so far.
pub fn skip(test: &str, why: &str) {
    let count = SKIPPED.fetch_add(1, Ordering::Relaxed) + 1;
    // Not `println!`: the test runner captures that. A closed standard output is no reason to fail.
    let _ = writeln!(io::stdout(), "SKIPPED ({count} so far): {test}: {why}");
}
