//! The reader's rendering as a module of its own, string in and string out, so that `cargo xtask bench` can hold it
//! beside libraries of JavaScript in one page. Not part of the reader.

use content::{
    post::{Body, Dialect, Format},
    render,
};
use pulldown_cmark::{Options, Parser, html};
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
        base_path: String::new(),
        links: Vec::new(),
        images: Vec::new(),
        typography: true,
        prepared: Vec::new(),
    };
    render::render(&body).html
}

/// What the parser makes of the same Markdown by itself: no policy, no links or pictures resolved, nothing of Hugo's.
#[wasm_bindgen]
pub fn unsafe_html(source: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut written = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut written, Parser::new_ext(source, options));
    written
}
