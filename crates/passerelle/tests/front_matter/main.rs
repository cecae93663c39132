//! Front matter of any bytes: what holds of it, over the inputs of the fuzz target and over many more made from them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fuzzed;

use std::{fs, path::Path};

/// The inputs that the fuzz target begins with.
fn seeds() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/front_matter");
    let mut seeds: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (
                name,
                String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned(),
            )
        })
        .collect();
    seeds.sort();
    assert!(
        seeds.len() >= 5,
        "the inputs of the fuzz target are not where they were"
    );
    seeds
}

#[test]
fn the_inputs_of_the_fuzz_target_hold() {
    for (_, text) in seeds() {
        fuzzed::check(&text);
    }
}

/// What breaks parsers: marks of YAML, of front matter, and of text.
const PIECES: &[&str] = &[
    "\"",
    "'",
    ":",
    ": ",
    "\n",
    "\r\n",
    "---\n",
    "...\n",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "|\n",
    ">-\n",
    "#",
    " #",
    "\t",
    "  ",
    "\\",
    "!!",
    "%",
    "é",
    "\u{feff}",
    "\u{2028}",
    "\0",
    "date: ",
    "lang: ",
    "trans_url: ",
    "2021-02-30",
    "~",
];

#[test]
fn inputs_made_from_them_hold() {
    // A generator that gives the same numbers in every run (Knuth's MMIX).
    let mut state: u64 = 1;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    for (_, seed) in seeds() {
        for _ in 0..500 {
            let mut text: Vec<char> = seed.chars().collect();
            for _ in 0..=random(4) {
                let at = random(text.len() + 1);
                match random(3) {
                    0 => text.truncate(at),
                    1 => {
                        let end = (at + random(8)).min(text.len());
                        text.drain(at..end);
                    }
                    _ => {
                        let piece = PIECES[random(PIECES.len())];
                        text.splice(at..at, piece.chars());
                    }
                }
            }
            fuzzed::check(&text.into_iter().collect::<String>());
        }
    }
}
