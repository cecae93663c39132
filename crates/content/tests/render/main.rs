//! What rendering gives for whole bodies, held against oracles: the CommonMark and GFM specifications, an HTML parser, a
//! sanitiser, hostile input, and real posts.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod commonmark;
mod conversions;
mod corpus;
mod dom;
mod features;
mod fuzzed;
mod hostile;
mod limits;
mod shared;
