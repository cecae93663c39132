//! What a publisher waits for: `passerelle build` of a large blog, beside Hugo where it is installed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::{blog, hugo, median, row::Row, skip};
use crate::process::show;
use crate::project::Project;

const ROUNDS: usize = 5;

/// How often the real posts are repeated: 240 become 9,840.
const COPIES: usize = 41;

/// What one program took, in all rounds.
#[derive(Default)]
struct Taken {
    seconds: Vec<f64>,
    /// Megabytes.
    memory: Vec<f64>,
    /// Megabytes of all files together.
    output: f64,
}

/// Builds by turns; a time, a peak of memory and a size for each program.
///
/// # Errors
/// When a program fails or the posts cannot be written.
pub fn measure(project: &Project) -> Result<Vec<Row>> {
    let Some(corpus) = project.corpus() else {
        skip(
            "the build of 9,840 posts",
            "there is no ../shared/corpus beside the work tree",
        );
        return Ok(Vec::new());
    };
    let folder = project.path("target/bench");
    let tree = folder.join("many");
    let posts = blog::multiply(&corpus.join("hugo-2023"), COPIES, &tree)?;
    let version = hugo::version();
    let other = folder.join("hugo");
    match &version {
        Some(_) => hugo::prepare(&tree, &other)?,
        None => skip("Hugo", "it is not installed; Debian has it in the package hugo"),
    }
    let (mut ours, mut hugos) = (Taken::default(), Taken::default());
    for _ in 0..ROUNDS {
        let site = folder.join("many-site");
        build(&mut blog::command(project, &tree, &site), &site, &mut ours)?;
        let pages = blog::post_pages(&site)?.len();
        ensure!(
            pages * 100 > posts * 99,
            "only {pages} of {posts} posts became pages"
        );
        if version.is_some() {
            let site = folder.join("hugo-site");
            build(&mut hugo::command(&other, &site), &site, &mut hugos)?;
        }
    }
    Ok(rows(posts, version, ours, hugos))
}

fn rows(posts: usize, version: Option<String>, ours: Taken, hugos: Taken) -> Vec<Row> {
    let what = format!("`passerelle build` of {posts} posts");
    let mut rows = told(&what, posts, &ours);
    if let Some(version) = version {
        rows.extend(told(&format!("Hugo {version}, the same posts"), posts, &hugos));
        let times = ours
            .seconds
            .iter()
            .zip(&hugos.seconds)
            .map(|(a, b)| a / b)
            .collect();
        let memories = ours
            .memory
            .iter()
            .zip(&hugos.memory)
            .map(|(a, b)| a / b)
            .collect();
        for (name, ratio) in [("time", median(times)), ("peak memory", median(memories))] {
            rows.push(Row::held(
                format!("{name} of the build, of Hugo's"),
                format!("{ratio:.2}"),
                "at most 1.00",
                ratio <= 1.0,
            ));
        }
    }
    rows
}

fn told(what: &str, posts: usize, taken: &Taken) -> Vec<Row> {
    let seconds = median(taken.seconds.clone());
    vec![
        Row::told(
            format!("{what}: time"),
            format!("{seconds:.2} s, {:.0} posts a second", posts as f64 / seconds),
        ),
        Row::told(
            format!("{what}: peak memory"),
            format!("{:.0} MB", median(taken.memory.clone())),
        ),
        Row::told(format!("{what}: output"), format!("{:.0} MB", taken.output)),
    ]
}

/// Runs a build into an empty folder and adds what it took.
fn build(command: &mut Command, site: &Path, taken: &mut Taken) -> Result<()> {
    blog::emptied(site)?;
    show(command);
    let started = Instant::now();
    let mut process = command.spawn()?;
    let mut memory = 0.0;
    let status = loop {
        // The peak only grows, and what the last milliseconds add is little.
        memory = peak_memory(process.id()).unwrap_or(memory);
        if let Some(status) = process.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(5));
    };
    taken.seconds.push(started.elapsed().as_secs_f64());
    taken.memory.push(memory);
    ensure!(status.success(), "the build ended with {status}");
    let sizes = blog::files(site)?;
    let bytes: u64 = sizes
        .iter()
        .map(|file| {
            Ok(fs::metadata(file)
                .with_context(|| file.display().to_string())?
                .len())
        })
        .sum::<Result<u64>>()?;
    taken.output = bytes as f64 / 1e6;
    Ok(())
}

/// The most memory that a process has held so far, in megabytes, where the system tells it (Linux).
fn peak_memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_that_runs_holds_memory() {
        assert!(peak_memory(std::process::id()).is_some_and(|megabytes| megabytes > 0.5));
    }

    #[test]
    fn a_build_that_is_slower_than_hugos_misses_its_target() {
        let taken = |seconds: f64| Taken {
            seconds: vec![seconds],
            memory: vec![100.0],
            output: 1.0,
        };
        let rows = rows(10, Some("v1".to_owned()), taken(2.0), taken(1.0));
        let missed: Vec<_> = rows.iter().filter(|row| row.is_missed()).collect();
        assert_eq!(missed.len(), 1, "{missed:?}");
        assert!(missed[0].what.starts_with("time") && missed[0].measured == "2.00");
    }
}
