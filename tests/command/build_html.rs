//! html-validate, where it is at hand, finds no error in any page.

use std::{env, fs, path::Path, process::Command};

use passerelle_tests::skip::skip;
use serde::Deserialize;

use crate::run::{build_demo, scratch};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    file_path: String,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    rule_id: String,
    message: String,
    line: u32,
    column: u32,
}

/// What the checker says of the pages below `folder`; `None` where it is not at hand.
fn faults(folder: &Path, test: &str) -> Option<Vec<String>> {
    let Some(checker) = env::var_os("PASSERELLE_HTML_VALIDATE") else {
        skip(
            test,
            "PASSERELLE_HTML_VALIDATE does not name html-validate, so it did not look",
        );
        return None;
    };
    // `standard` is what the HTML standard itself forbids; no rule of it is turned off.
    let config = folder.with_extension("rules.json");
    fs::write(
        &config,
        r#"{"root": true, "extends": ["html-validate:standard"]}"#,
    )
    .unwrap();
    // Into a file: the checker ends before a pipe has taken all that it says.
    let said = folder.with_extension("report.json");
    let output = Command::new("node")
        .arg(checker)
        .args(["--ext", "html", "--formatter", "json", "--config"])
        .arg(config)
        .arg(folder)
        .stdout(fs::File::create(&said).unwrap())
        .output()
        .unwrap();
    let reports: Vec<Report> = serde_json::from_slice(&fs::read(said).unwrap())
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let faults = reports.iter().flat_map(|Report { file_path, messages }| {
        messages.iter().map(move |fault| {
            let Message {
                rule_id,
                message,
                line,
                column,
            } = fault;
            format!("{file_path}:{line}:{column}: {rule_id}: {message}")
        })
    });
    Some(faults.collect())
}

#[test]
fn no_page_of_the_demo_has_a_fault() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build_demo(&site, &[]).with(0);
    if let Some(faults) = faults(&site, "no_page_of_the_demo_has_a_fault") {
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn a_page_with_faults_is_found() {
    let scratch = scratch();
    let folder = scratch.path().join("pages");
    fs::create_dir(&folder).unwrap();
    let page = "<!doctype html><html lang=\"en\"><head><title>T</title></head>\
                <body><p id=\"a\"><div id=\"a\"></div></p></body></html>";
    fs::write(folder.join("a.html"), page).unwrap();
    if let Some(faults) = faults(&folder, "a_page_with_faults_is_found") {
        assert!(
            faults.iter().any(|fault| fault.contains("no-dup-id")),
            "{faults:?}"
        );
    }
}
