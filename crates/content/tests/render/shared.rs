//! Bodies for tests, and the data that lies beside the project.

use std::path::PathBuf;

use content::{
    post::{Body, Dialect, Format},
    render::render,
};

/// A body in English without anything that the build finds out.
pub fn body(source: &str, format: Format, dialect: Dialect) -> Body {
    Body {
        source: source.to_owned(),
        format,
        dialect,
        language: "en".parse().unwrap(),
        base_path: String::new(),
        links: Vec::new(),
        images: Vec::new(),
        typography: false,
        prepared: Vec::new(),
    }
}

/// The HTML of Markdown in a dialect.
pub fn markdown(source: &str, dialect: Dialect) -> String {
    render(&body(source, Format::Markdown, dialect)).html
}

/// The HTML of a post that is HTML.
pub fn html(source: &str) -> String {
    render(&body(source, Format::Html, Dialect::Kramdown)).html
}

/// A file or folder of the data beside the project; says so where there is none.
pub fn beside(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(path);
    if found.exists() {
        return Some(found);
    }
    eprintln!("SKIPPED: ../shared/{path} is not there, so nothing was tested with it");
    None
}

/// The entries of a JSON file beside the project.
pub fn entries(path: &str) -> Option<Vec<serde_json::Value>> {
    let text = std::fs::read_to_string(beside(path)?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}
