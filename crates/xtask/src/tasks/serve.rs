//! `cargo xtask serve`: a folder of posts in the browser, from a fresh clone.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;
use crate::tasks::dist;

/// What to serve, and where.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    folder: Option<PathBuf>,
    port: Option<u16>,
}

impl Options {
    /// Reads `[FOLDER] [--port N]`.
    ///
    /// # Errors
    /// When a word is neither.
    pub fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--port" => options.port = Some(port(words.next())?),
                option if option.starts_with('-') => {
                    bail!("serve does not take {option}; it takes [FOLDER] [--port N]")
                }
                folder if options.folder.is_none() => options.folder = Some(folder.into()),
                extra => bail!("serve takes one folder; {extra} is a second"),
            }
        }
        Ok(options)
    }
}

fn port(word: Option<&&str>) -> Result<u16> {
    let word = word.context("--port takes a number")?;
    word.parse()
        .with_context(|| format!("--port takes a number from 0 to 65535, not {word}"))
}

/// Builds the finished command and serves the folder with it, until Ctrl-C.
///
/// # Errors
/// When the command cannot be built, or stops by itself with an error.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    dist::run(project)?;
    let mut command = Command::new(project.binary());
    command
        .arg("serve")
        .arg(options.folder.clone().unwrap_or_else(|| project.path("demo")));
    if let Some(port) = options.port {
        command.args(["--port", &port.to_string()]);
    }
    become_program(&mut command)
}

/// Puts the server in the place of this program, so that a signal sent to one reaches the other.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    process::show(command);
    Err(command.exec()).context("could not start the finished command")
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    process::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_asked_means_the_demo_on_the_usual_port() {
        assert_eq!(Options::parse(&[]).expect("no words"), Options::default());
    }

    #[test]
    fn a_folder_and_a_port_are_taken_in_any_order() {
        let expected = Options {
            folder: Some("posts".into()),
            port: Some(4000),
        };
        assert_eq!(
            Options::parse(&["posts", "--port", "4000"]).expect("folder first"),
            expected
        );
        assert_eq!(
            Options::parse(&["--port", "4000", "posts"]).expect("port first"),
            expected
        );
    }

    #[test]
    fn what_cannot_be_served_is_refused_by_name() {
        for (words, named) in [
            (&["--port"][..], "number"),
            (&["--port", "many"], "many"),
            (&["--port", "70000"], "70000"),
            (&["--open"], "--open"),
            (&["a", "b"], "b is a second"),
        ] {
            let error = format!("{:#}", Options::parse(words).expect_err("refused"));
            assert!(error.contains(named), "{words:?}: {error}");
        }
    }
}
