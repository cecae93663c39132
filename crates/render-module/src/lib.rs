//! The reader's rendering as a module of its own, string in and string out, so that `cargo xtask bench` can hold it
//! beside libraries of JavaScript in one page. Not part of the reader.

use content::{
    post::{Body, Dialect, Format},
    render,
};
use wasm_bindgen::prelude::wasm_bindgen;

/// The safe HTML of a post's Markdown in Hugo's dialect; empty for a `language` that is none.
#[wasm_bindgen]
pub fn render(source: String, language: &str) -> String {
    let Ok(language) = language.parse() else {
        return String::new();
    };
    let body = Body {
        source,
        format: Format::Markdown,
        dialect: Dialect::Goldmark,
        language,
        links: Vec::new(),
        images: Vec::new(),
        typography: true,
        prepared: Vec::new(),
    };
    render::render(&body).html
}
