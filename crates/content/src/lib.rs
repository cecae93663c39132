//! What a post is: its language, its URL, the index that lists it, and how its Markdown becomes safe HTML.
//!
//! This crate is the contract between the two ends. The `passerelle` command writes with these types; the reader in
//! the browser reads with the same ones, so the two cannot disagree. Nothing here does I/O or knows a DOM, and all of
//! it compiles natively and to wasm.

pub mod index;
pub mod language;
pub mod permalink;
pub mod post;
pub mod render;
pub mod site;
pub mod url;
pub mod words;
