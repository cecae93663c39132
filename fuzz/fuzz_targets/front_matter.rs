//! Front matter to a post: what is checked is in `crates/passerelle/tests/front_matter/fuzzed.rs`.
#![no_main]

#[path = "../../crates/passerelle/tests/front_matter/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|text: &str| fuzzed::check(text));
