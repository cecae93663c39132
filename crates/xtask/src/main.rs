//! Every chore of the project, as `cargo xtask <task>`. What CI runs, anyone can run.
//!
//! `main` reads the command line and calls one task; each task is a file of `tasks`. They share where things
//! lie (`project`), how a program is run (`process`) and how the pinned tools come to be there (`tools`,
//! `browser`, `npm`, `python`, `servers`), and how the reader's build is told to be small (`small_std`).

mod browser;
mod npm;
mod process;
mod project;
mod python;
mod servers;
mod small_std;
mod tasks;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::tasks::{bench, corpus, dist, screenshots, serve, setup, test};

const HELP: &str = "\
Every chore of the project.

Usage: cargo xtask <TASK> [OPTIONS]

Tasks:
  setup                        Bring the tools in their pinned versions
  serve [FOLDER] [--port N]    Read a folder of posts (default: demo) in the browser
  test [--only LAYER] [--browser NAME]
                               Run every check and test; LAYER is one of format, lint, unit,
                               reader, command, deploy, browser, xss, and guards, which runs
                               only when it is named: each test of a fault without the guard
                               against it (some 15 minutes); NAME is one of chromium (the
                               default), firefox, webkit, all
  dist                         Leave the finished command at target/dist/passerelle
  bench [PART]...              Measure the reader and the build beside others, as a Markdown
                               table; PART is one of size, page, click, build, render
  screenshots                  Picture the reader into target/screenshots
  corpus                       Report how the posts of ../shared/corpus are rendered
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if words.contains(&"--help") || words.contains(&"-h") {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let project = Project::find()?;
    match words.as_slice() {
        ["setup"] => setup::run(&project)?,
        ["serve", rest @ ..] => serve::run(&project, &serve::Options::parse(rest)?)?,
        ["test", rest @ ..] => return test::run(&project, &test::Options::parse(rest)?),
        ["dist"] => dist::run(&project)?,
        ["bench", parts @ ..] => return bench::run(&project, parts),
        ["screenshots"] => screenshots::run(&project)?,
        ["corpus"] => corpus::run(&project)?,
        [] => {
            print!("{HELP}");
            return Ok(ExitCode::FAILURE);
        }
        [task, ..] => bail!(
            "cannot run `{}`: no such task, or words after {task} that it does not take; `cargo xtask --help` lists them",
            words.join(" ")
        ),
    }
    Ok(ExitCode::SUCCESS)
}
