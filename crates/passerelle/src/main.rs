//! The `passerelle` command.

use std::process::ExitCode;

use clap::Parser;
use passerelle::{
    cli::{Cli, Command},
    commands::{Outcome, build, check, serve},
};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    match cli.command {
        Command::Build(args) => build::run(&args.into()),
        Command::Check(args) => check::run(&args.into()),
        Command::Serve(args) => serve::run(&args.into()),
    }
}
