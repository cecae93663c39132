//! The time of `passerelle build` beside the time of copying the same tree, in turns, so that the ratio says
//! something on any machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project::Project;

const ROUNDS: usize = 5;

/// Prints the median times and their ratio for the demo, and for the largest real tree when it is at hand.
///
/// # Errors
/// When a tree cannot be copied or a site cannot be built.
pub fn print(project: &Project) -> Result<()> {
    println!(
        "{:<12} {:>10} {:>10} {:>7}",
        "tree", "copy ms", "build ms", "ratio"
    );
    for tree in trees(project) {
        let scratch = project.path("target/bench");
        let (mut copies, mut builds) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            emptied(&scratch)?;
            copies.push(timed(|| copy(&tree, &scratch.join("copy")))?);
            builds.push(timed(|| build(project, &tree, &scratch.join("site")))?);
        }
        let (copied, built) = (median(copies), median(builds));
        let name = tree.file_name().unwrap_or_default().to_string_lossy();
        let ratio = built.as_secs_f64() / copied.as_secs_f64();
        println!(
            "{name:<12} {:>10} {:>10} {ratio:>7.1}",
            copied.as_millis(),
            built.as_millis()
        );
    }
    println!("\nMedians of {ROUNDS} rounds, by turns, on this machine.");
    Ok(())
}

fn trees(project: &Project) -> Vec<PathBuf> {
    let real = project.corpus().map(|folder| folder.join("hugo-2023"));
    std::iter::once(project.path("demo")).chain(real).collect()
}

fn emptied(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).with_context(|| entry.path().display().to_string())?;
        }
    }
    Ok(())
}

/// Findings are the posts' own matter: exit status 1 still leaves a site.
fn build(project: &Project, tree: &Path, site: &Path) -> Result<()> {
    let mut command = Command::new(project.binary());
    command
        .arg("build")
        .arg(tree)
        .arg("--out")
        .arg(site)
        .arg("--keep-going");
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if !site.join("site.json").is_file() {
        bail!("passerelle build {} left no site ({status})", tree.display());
    }
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_moved_by_one_slow_round() {
        let times = [9, 1, 2, 900, 3].map(Duration::from_millis).to_vec();
        assert_eq!(median(times), Duration::from_millis(3));
    }
}
