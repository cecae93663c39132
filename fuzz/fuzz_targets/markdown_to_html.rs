//! Markdown and HTML to safe HTML: what is checked is in `crates/content/tests/render/fuzzed.rs`.
#![no_main]

#[path = "../../crates/content/tests/render/dom.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod dom;
#[path = "../../crates/content/tests/render/fuzzed.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzzed::check(input));
