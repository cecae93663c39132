//! One test: a server, a browser, the reader in it; a picture when it fails; a clean console and no violated policy at its end.

use std::{fs, panic::AssertUnwindSafe, sync::Arc, thread};

use anyhow::{Context, Result};
use futures_util::FutureExt;
use tokio::{sync::Semaphore, time::timeout};

use crate::{
    browser::{Engine, Session, Setup},
    pages::Reader,
    repository,
    server::Server,
    sites::{Site, Tree},
    skip::skip,
    wait,
};

/// Browsers at one time: more than two are slower together than one after the other on the machines that test.
static SESSIONS: Semaphore = Semaphore::const_new(2);

/// What a test needs before it begins.
#[derive(Clone, Debug)]
#[must_use]
pub struct Stage {
    tree: Tree,
    setup: Setup,
    has_worker: bool,
    only: Option<(Engine, &'static str)>,
    never: Option<(Engine, &'static str)>,
}

impl Stage {
    /// The reader over the site of `tree`.
    pub fn over(tree: Tree) -> Self {
        Stage {
            tree,
            setup: Setup::default(),
            has_worker: false,
            only: None,
            never: None,
        }
    }

    /// The reader over the demo.
    pub fn demo() -> Self {
        Stage::over(Tree::demo())
    }

    /// For a person who prefers these languages, best first: `fr-CA,fr,en`.
    pub fn preferring(mut self, languages: &str) -> Self {
        self.setup.languages = languages.to_owned();
        self
    }

    /// In a window of this inner width and height, in CSS pixels.
    pub fn sized(mut self, width: u32, height: u32) -> Self {
        self.setup.viewport = (width, height);
        self
    }

    /// Where no page may run scripts.
    pub fn without_scripts(mut self) -> Self {
        self.setup.scripts = false;
        self
    }

    /// With the site's service worker, which no other test meets.
    pub fn with_worker(mut self) -> Self {
        self.has_worker = true;
        self
    }

    /// In this engine alone; `why` the test cannot run in the others.
    pub fn only_in(mut self, engine: Engine, why: &'static str) -> Self {
        self.only = Some((engine, why));
        self
    }

    /// In every engine but this one; `why` the test cannot run there.
    pub fn never_in(mut self, engine: Engine, why: &'static str) -> Self {
        self.never = Some((engine, why));
        self
    }

    /// Runs `test`. A tree that is not there skips it, and so does another engine than the test can run in; it says so.
    ///
    /// # Errors
    /// Whatever `test` returns; when the stage cannot be set up; when the console has something at the end that the
    /// test did not expect.
    ///
    /// # Panics
    /// When `test` does, after the browser has ended.
    pub async fn play(self, test: impl AsyncFnOnce(&mut Reader) -> Result<()>) -> Result<()> {
        let name = thread::current().name().unwrap_or("a test").replace("::", "-");
        if !self.tree.is_there() {
            skip(&name, &format!("there is no {}", self.tree));
            return Ok(());
        }
        if let Some(why) = self.lacking(Engine::chosen()?) {
            skip(&name, why);
            return Ok(());
        }
        let site = Site::of(&self.tree)?;
        let _place = SESSIONS.acquire().await?;
        let mut reader = self.raise(site).await?;
        let outcome = AssertUnwindSafe(play_out(&mut reader, test)).catch_unwind().await;
        if !matches!(outcome, Ok(Ok(()))) {
            // The test has failed already; that its picture fails, too, is worth a line only.
            if let Err(error) = keep_evidence(&reader, &name).await {
                eprintln!("no picture of the failure: {error:#}");
            }
        }
        let ended = reader.session.quit().await;
        match outcome {
            Ok(result) => result.and(ended),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }

    /// Why the test cannot run in `engine`, when it cannot.
    fn lacking(&self, engine: Engine) -> Option<&'static str> {
        let elsewhere = self.only.filter(|(only, _)| *only != engine);
        let here = self.never.filter(|(never, _)| *never == engine);
        let why = elsewhere.or(here).map(|(_, why)| why);
        why.or_else(|| engine.lacks(&self.setup))
    }

    async fn raise(&self, site: Arc<Site>) -> Result<Reader> {
        let server = Server::start(&site)?;
        if self.has_worker {
            server.serve_worker();
        }
        let session = Session::start(&self.setup).await?;
        Ok(Reader::new(session, server, site))
    }
}

async fn play_out(reader: &mut Reader, test: impl AsyncFnOnce(&mut Reader) -> Result<()>) -> Result<()> {
    test(reader).await?;
    reader.check_console().await?;
    reader.check_policy().await
}

/// Leaves what the page looked like in `target/browser-tests/failures`.
async fn keep_evidence(reader: &Reader, name: &str) -> Result<()> {
    // What the server knows comes first: a driver that hangs answers nothing.
    for request in reader.server.requests() {
        eprintln!(
            "asked for {} ({}): {}",
            request.path, request.destination, request.status
        );
    }
    let folder = repository::scratch("failures");
    fs::create_dir_all(&folder)?;
    let url = reader.session.current_url().await.context("no URL")?;
    eprintln!("at {url}; see {}", folder.display());
    fs::write(
        folder.join(format!("{name}.html")),
        reader.session.source().await?,
    )?;
    fs::write(
        folder.join(format!("{name}.png")),
        // WebKit's may never come.
        timeout(wait::PATIENCE, reader.session.picture()).await??,
    )?;
    Ok(())
}
