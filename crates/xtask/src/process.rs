//! Running other programs: each is shown before it runs, and named when it fails.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// A Cargo command in the work tree, with the Cargo that runs this program.
pub fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(project.root());
    command
}

/// Runs a program to its end, with its output on the terminal.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    show(command);
    let status = command
        .status()
        .with_context(|| format!("could not start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a program quietly; gives what it printed, or nothing when it is not there or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Prints the command line of a program that is about to run.
pub fn show(command: &Command) {
    eprintln!("$ {}", line(command));
}

/// The command line as a person would type it, with the program's name alone.
pub fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first file of this name in the folders of PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_shown_without_the_programs_folder() {
        let mut command = Command::new("/somewhere/bin/trunk");
        command.args(["build", "--offline"]);
        assert_eq!(line(&command), "trunk build --offline");
    }

    #[test]
    fn a_program_that_is_not_there_gives_no_answer() {
        assert_eq!(
            answer(Command::new("no-program-has-this-name").arg("--version")),
            None
        );
    }

    #[test]
    fn a_program_that_fails_is_named() {
        let mut command = Command::new(env!("CARGO"));
        let error = run(command.arg("no-such-subcommand")).expect_err("no such subcommand");
        assert!(
            format!("{error:#}").contains("cargo no-such-subcommand` failed"),
            "{error:#}"
        );
    }
}
