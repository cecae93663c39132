//! What can be typed: the subcommands and their options.

use std::{path::PathBuf, time::SystemTime};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    commands::{build::Build, check::Check, serve::Serve},
    library::LoadOptions,
};

/// Turns a folder of Markdown posts into a multilingual blog that any browser reads
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "Exit status: 0 clean, 1 findings that are errors, 2 could not run.";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build a site from a folder of posts
    Build(BuildArgs),
    /// Tell what is wrong with a folder of posts, without building anything
    Check(CheckArgs),
    /// Build, serve on this machine, and build again when a post changes
    Serve(ServeArgs),
}

/// What every subcommand reads.
#[derive(Debug, Args)]
struct ReadArgs {
    /// The folder of posts
    content: PathBuf,
    /// The configuration, where it is not passerelle.toml in the folder of posts
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Also posts that are drafts or unpublished
    #[arg(long)]
    drafts: bool,
    /// Also posts with a date to come
    #[arg(long)]
    future: bool,
}

/// `passerelle build`
#[derive(Debug, Args)]
pub struct BuildArgs {
    #[command(flatten)]
    read: ReadArgs,
    /// The folder that the site goes to
    #[arg(long, value_name = "SITE")]
    out: PathBuf,
    #[command(flatten)]
    base: BaseArgs,
    /// Also a .br and a .gz of each text file, for servers that send such copies
    #[arg(long)]
    compress: bool,
    /// Exit with 0 even though bad posts were left out
    #[arg(long)]
    keep_going: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// `passerelle check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    read: ReadArgs,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Also what is rendered another way than it is written
    #[arg(long)]
    verbose: bool,
}

/// `passerelle serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    read: ReadArgs,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 4000)]
    port: u16,
    #[command(flatten)]
    base: BaseArgs,
}

/// What a site is built with.
#[derive(Debug, Args)]
struct BaseArgs {
    /// The path that the site stands under, such as /blog/
    #[arg(long, value_name = "PATH")]
    base_path: Option<String>,
    /// A bundled reader other than the one in this command
    #[arg(long, value_name = "FOLDER")]
    reader: Option<PathBuf>,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object on standard output
    Json,
}

impl ReadArgs {
    fn options(&self, base_path: Option<&String>) -> LoadOptions {
        LoadOptions {
            config: self.config.clone(),
            base_path: base_path.cloned(),
            drafts: self.drafts,
            future: self.future,
            now: now(),
        }
    }
}

impl From<BuildArgs> for Build {
    fn from(args: BuildArgs) -> Self {
        Build {
            load: args.read.options(args.base.base_path.as_ref()),
            content: args.read.content,
            out: args.out,
            keep_going: args.keep_going,
            compress: args.compress,
            json: args.format == Format::Json,
            reader: args.base.reader,
        }
    }
}

impl From<CheckArgs> for Check {
    fn from(args: CheckArgs) -> Self {
        Check {
            load: args.read.options(None),
            content: args.read.content,
            json: args.format == Format::Json,
            verbose: args.verbose,
        }
    }
}

impl From<ServeArgs> for Serve {
    fn from(args: ServeArgs) -> Self {
        Serve {
            load: args.read.options(args.base.base_path.as_ref()),
            content: args.read.content,
            port: args.port,
            reader: args.base.reader,
        }
    }
}

/// Seconds since 1970 UTC.
fn now() -> i64 {
    let elapsed = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_options_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_reaches_its_command() {
        let Command::Build(args) = Cli::try_parse_from([
            "passerelle",
            "build",
            "posts",
            "--out",
            "site",
            "--config",
            "c.toml",
            "--base-path",
            "/blog/",
            "--drafts",
            "--future",
            "--keep-going",
            "--compress",
            "--format",
            "json",
        ])
        .unwrap()
        .command
        else {
            panic!("not a build")
        };
        let build = Build::from(args);
        assert_eq!((build.content, build.out), ("posts".into(), "site".into()));
        assert_eq!(build.load.config, Some("c.toml".into()));
        assert_eq!(build.load.base_path.as_deref(), Some("/blog/"));
        assert!(build.load.drafts && build.load.future && build.keep_going && build.compress && build.json);
    }
}
