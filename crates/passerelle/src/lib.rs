//! The command as a library: posts are read, checked against each other, and written as a site.
//!
//! The flow has one direction: [`read`] makes a [`read::Post`] of a file, [`library`] resolves posts against each
//! other, [`mod@write`] makes files of a [`library::Library`]. I/O stands at the rim: in `read::walk`, in `write::output`
//! and in the subcommands under [`commands`].

pub mod cli;
pub mod commands;
pub mod config;
pub mod embed;
pub mod finding;
pub mod library;
pub mod places;
pub mod prepare;
pub mod progress;
pub mod read;
pub mod serve;
pub mod write;
