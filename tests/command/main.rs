//! The finished command as a black box: exit status, what it prints, and the files that it leaves.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod aliases;
mod build;
mod build_compressed;
mod build_feeds;
mod build_heads;
mod build_html;
mod build_languages;
mod build_output;
mod build_schemas;
mod check;
mod check_corpus;
mod check_images;
mod check_mistakes;
mod references;
mod run;
mod serve;
mod xml;
