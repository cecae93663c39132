//! `passerelle serve`: builds, serves on this machine, builds again and reloads open pages when a post changes.

use std::{
    io::{self, Write},
    path::PathBuf,
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, ensure};
use tempfile::TempDir;
use tokio::sync::broadcast;

use super::{Outcome, build};
use crate::{
    embed::Reader,
    library::{self, Library, LoadOptions},
    progress::Progress,
    serve::{server, watch::Watch},
    write::{WriteOptions, output::Output},
};

/// What to serve.
#[derive(Clone, Debug)]
pub struct Serve {
    /// The folder of posts.
    pub content: PathBuf,
    /// What to read.
    pub load: LoadOptions,
    /// The port, 0 for any that is free.
    pub port: u16,
    /// A bundled reader other than the embedded one.
    pub reader: Option<PathBuf>,
}

/// Serves until it is interrupted. The last line on standard output is the URL.
///
/// # Errors
/// When the first build cannot be made, or the port cannot be had. Later mistakes are printed, and the last good site
/// stays.
pub fn run(serve: &Serve) -> anyhow::Result<Outcome> {
    let reader = Reader::find(serve.reader.as_deref())?;
    let listener = server::listen(serve.port)?;
    let folder = TempDir::with_prefix("passerelle-").context("cannot make a folder for the site")?;
    let mut workshop = Workshop {
        serve: serve.clone(),
        reader,
        root: folder.path().to_owned(),
    };
    let base_path = workshop.build()?;
    // The server has its place now; a base path that is configured later takes the next start.
    workshop.serve.load.base_path = Some(base_path.clone());
    let (built, _) = broadcast::channel(1);
    let url = format!("http://{}{base_path}", listener.local_addr()?);
    build_after_changes(workshop, built.clone())?;
    writeln!(io::stdout(), "{url}").context("cannot print the URL")?;
    server::serve(listener, folder.path(), &base_path, built)?;
    Ok(Outcome::Clean)
}

/// Builds after each change, in a thread of its own, for as long as the process lives.
fn build_after_changes(workshop: Workshop, built: broadcast::Sender<()>) -> anyhow::Result<()> {
    let Serve { content, load, .. } = &workshop.serve;
    let watch = Watch::over(content, load.config.as_deref())
        .with_context(|| format!("cannot watch {}", content.display()))?;
    thread::spawn(move || {
        while watch.changed() {
            match workshop.build() {
                // Nobody listens when no page is open.
                Ok(_) => drop(built.send(())),
                Err(error) => eprintln!("{error:#}\nthe site stays as it was before"),
            }
        }
    });
    Ok(())
}

/// Builds one site again and again.
struct Workshop {
    serve: Serve,
    reader: Reader,
    /// Holds the site at its base path, so that a server of this folder serves it there.
    root: PathBuf,
}

impl Workshop {
    /// Builds, prints findings and a line about the result on standard error, and gives the base path.
    fn build(&self) -> anyhow::Result<String> {
        let progress = Progress::on_terminal();
        let options = LoadOptions {
            now: now(),
            ..self.serve.load.clone()
        };
        let mut library = library::load(&self.serve.content, &options)?;
        forget_origins(&mut library);
        build::print_findings(&library.findings)?;
        ensure!(
            !library.posts.is_empty(),
            "{}: there is no post that can be shown",
            self.serve.content.display()
        );
        let base_path = library.config.base_path.clone();
        let output = Output::claim(&self.site_folder(&base_path), &self.serve.content)?;
        let options = WriteOptions {
            extra_head: server::reload_head(),
            ..WriteOptions::default()
        };
        build::write_site(&library, self.reader.clone(), &options, &output, &progress)?;
        progress.clear();
        eprintln!("built {} posts", library.posts.len());
        Ok(base_path)
    }

    /// Without a base path the site has a folder in the root, not the root itself: it is swapped at each build.
    fn site_folder(&self, base_path: &str) -> PathBuf {
        match base_path.trim_matches('/') {
            "" => self.root.join(server::ROOT_SITE),
            base => self.root.join(base),
        }
    }
}

/// Links to the published site must lead to the one that is served here, so none is absolute.
fn forget_origins(library: &mut Library) {
    library.config.origins = library.config.own_origins();
    for language in library.config.languages.values_mut() {
        language.origin = None;
    }
}

/// Seconds since 1970 UTC; a clock before that is at 0.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
