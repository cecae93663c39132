//! The subcommands, one a file.

pub mod build;
pub mod check;
pub mod serve;

/// How a command ended that could do its work; one that could not gives an error, and the process exits with 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing that a reader would meet: exit status 0.
    Clean,
    /// There are findings that are errors: exit status 1.
    Findings,
}
