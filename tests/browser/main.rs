//! The reader in a real browser, over the demo, over fixtures, and over real blogs where they are at hand.
//!
//! Every scenario is a sentence. Expectations come from the built site (its feeds, its posts' JSON) and from the
//! interface words themselves, so that a scenario says what a person meets and not how a post is called.

mod accessibility;
mod addresses;
mod choose;
mod crossing;
mod harness;
mod keeping;
mod navigation;
mod notices;
mod offline;
mod promises;
mod reading;
mod same;
mod states;
mod sweeps;
mod take_over;
mod three_languages;
mod updates;
mod without_scripts;
mod without_wasm;
