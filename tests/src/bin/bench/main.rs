//! Measurements in Chromium, for `cargo xtask bench`: `bench page POSTS`, `bench click POSTS`,
//! `bench offline POSTS POSTS_AND_ONE`, `bench render POSTS PAGE`.
//!
//! Prints a row a line: what, number, and where something is promised its words and `met` or `missed`, with tabs
//! between. What is compared is measured by turns; the numbers are medians.

mod click;
mod offline;
mod page;
mod render;

use std::{env, fs, path::Path, process::ExitCode};

use anyhow::{Result, bail};
use passerelle_tests::{browser::Session, wait};
use serde_json::{Value, json};

/// From the request to the first byte of its answer, in milliseconds.
const ROUND_TRIP: f64 = 150.0;
/// 1.6 megabits a second, in bytes.
const DOWNLOAD: u32 = 1_600_000 / 8;
/// 750 kilobits a second, in bytes.
const UPLOAD: u32 = 750_000 / 8;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["page", posts] => page::measure(Path::new(posts)).await,
        ["click", posts] => click::measure(Path::new(posts)).await,
        ["offline", posts, more] => offline::measure(Path::new(posts), Path::new(more)).await,
        ["render", posts, page] => render::measure(Path::new(posts), Path::new(page)).await,
        _ => bail!(
            "give what to measure: page POSTS, click POSTS, offline POSTS POSTS_AND_ONE or render POSTS PAGE"
        ),
    }
}

/// Prints a number that nothing was promised about.
fn told(what: &str, measured: &str) {
    println!("{what}\t{measured}");
}

/// Prints a number that is held to a promise.
fn held(what: &str, measured: &str, words: &str, is_met: bool) {
    println!(
        "{what}\t{measured}\t{words}\t{}",
        if is_met { "met" } else { "missed" }
    );
}

/// The middle of the numbers; 0 where there are none.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

/// The network of a telephone far from the next mast.
async fn slow_network(session: &Session) -> Result<Value> {
    session.devtools("Network.enable", json!({})).await?;
    let conditions = json!({
        "offline": false, "latency": ROUND_TRIP, "downloadThroughput": DOWNLOAD, "uploadThroughput": UPLOAD,
    });
    session
        .devtools("Network.emulateNetworkConditions", conditions)
        .await
}

/// Waits until `script`, with these arguments, gives `true`.
async fn until_true(session: &Session, what: &str, script: &str, arguments: Vec<Value>) -> Result<()> {
    wait::until(what, async || {
        let answer = session.execute(script, arguments.clone()).await?;
        Ok((answer.json().as_bool() == Some(true)).then_some(()))
    })
    .await
}

/// Puts what a CDN sends, brotli, beside every file of text and wasm below `folder`; the server prefers it.
fn pack(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if path.is_dir() {
            pack(&path)?;
        } else if ["html", "json", "css", "js", "wasm"].contains(&kind) {
            let bytes = fs::read(&path)?;
            let mut packed = fs::File::create(path.with_extension(format!("{kind}.br")))?;
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: 9,
                ..Default::default()
            };
            brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &parameters)?;
        }
    }
    Ok(())
}
