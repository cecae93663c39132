//! Nothing in a post runs, and nothing of it is in the page that may not be there: every entry of ../shared/xss as
//! title, description and body of a post, in the reader and in the page that came as HTML, in three browsers.
//!
//! The control is the same driver over a careless renderer: it must report most of the entries, or it would not see
//! them in the reader either. The pages of the site are served without their Content-Security-Policy, so that it is
//! the renderer's policy that holds, and not the browser's.

mod blog;
mod careless;
mod entries;
mod trial;

use std::{
    env,
    io::{self, Write},
};

use anyhow::{Result, ensure};
use passerelle_tests::{
    browser::{Engine, Session, Setup},
    server::Server,
    skip::skip,
};

use blog::Blog;
use entries::{Entries, Entry};
use trial::{Job, Report};

/// Of the vectors, how many the control must report.
const SEEN_AT_LEAST: usize = 180;

const TEST: &str = "no entry runs";

#[tokio::test]
async fn no_entry_runs_in_the_chosen_browsers() -> Result<()> {
    let Some(entries) = Entries::read()? else {
        skip(TEST, "there is no ../shared/xss beside the repository");
        return Ok(());
    };
    let mut failures = Vec::new();
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        if engine.is_chosen()?
            && let Err(error) = no_entry_runs_in(engine, &entries).await
        {
            failures.push(format!("{}: {error:#}", engine.name()));
        }
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

async fn no_entry_runs_in(engine: Engine, entries: &Entries) -> Result<()> {
    if let Some(cure) = engine.cure()? {
        // Who names a browser wants it; who names none does without.
        ensure!(env::var_os("PASSERELLE_BROWSER").is_none(), cure);
        skip(TEST, &cure);
        return Ok(());
    }
    let session = Session::start_in(engine, &Setup::default()).await?;
    let outcome = try_entries(&session, entries).await;
    session.quit().await?;
    outcome
}

async fn try_entries(session: &Session, entries: &Entries) -> Result<()> {
    let (loaded, poured) = control(session, entries).await?;
    let blog = Blog::build(entries)?;
    let server = blog.serve()?;
    let count = entries.all().count();
    let mut complaints = trial(session, &server, "in the reader", count, &blog.pages, &poured).await?;
    blog::block_the_reader(&server);
    let prerendered: Vec<Job> = blog.pages.iter().cloned().map(Job::prerendered).collect();
    complaints.extend(trial(session, &server, "prerendered", count, &prerendered, &loaded).await?);
    ensure!(complaints.is_empty(), "{}", complaints.join("\n"));
    Ok(())
}

/// What the careless renderer lets run, in pages that come with the post and in pages that a script pours it into.
async fn control(session: &Session, entries: &Entries) -> Result<(String, String)> {
    let server = Server::over(careless::write(entries)?, "/".to_owned())?;
    let loaded = |entry: &Entry| Job::loaded(&entry.id, careless::path(entry));
    let poured = |entry: &Entry| Job {
        html: Some(careless::render(&entry.markdown)),
        ..Job::loaded(&entry.id, careless::EMPTY_PAGE.to_owned())
    };
    Ok((
        seen(session, &server, entries, loaded).await?,
        seen(session, &server, entries, poured).await?,
    ))
}

async fn seen(
    session: &Session,
    server: &Server,
    entries: &Entries,
    job: impl Fn(&Entry) -> Job,
) -> Result<String> {
    let jobs: Vec<Job> = entries.vectors.iter().map(job).collect();
    let report = Report::of(session, server.origin() + careless::EMPTY_PAGE, &jobs).await?;
    let ran = report.ran();
    let fires = entries
        .vectors
        .iter()
        .filter(|entry| entry.fires_in(session.engine()));
    let missed: Vec<&str> = fires
        .map(|entry| entry.id.as_str())
        .filter(|id| !ran.contains(id))
        .collect();
    let said = format!("{} of {} ran", ran.len(), jobs.len());
    ensure!(
        ran.len() >= SEEN_AT_LEAST,
        "the control is too low: {said}; missed: {}",
        missed.join(", ")
    );
    if !missed.is_empty() {
        say(&format!(
            "xss {}: the control missed {}",
            session.engine().name(),
            missed.join(", ")
        ));
    }
    Ok(format!(
        "{said}, {} nodes outside the allow-list",
        report.strangers()
    ))
}

/// Looks at all pages of the blog; gives what is wrong with them.
async fn trial(
    session: &Session,
    server: &Server,
    how: &str,
    entries: usize,
    jobs: &[Job],
    control: &str,
) -> Result<Vec<String>> {
    let report = Report::of(session, server.origin() + careless::EMPTY_PAGE, jobs).await?;
    say(&format!(
        "xss {} {how}: {entries} entries on {} pages with {} elements, {} ran, {} nodes outside the allow-list; \
         control: {control}",
        session.engine().name(),
        report.pages(),
        report.elements(),
        report.ran().len(),
        report.strangers(),
    ));
    Ok(report
        .complaints()
        .into_iter()
        .map(|complaint| format!("{how}: {complaint}"))
        .collect())
}

/// Says a line even where the test runner keeps the output of passing tests to itself.
fn say(line: &str) {
    // A closed standard error is no reason to fail.
    let _ = writeln!(io::stderr(), "{line}");
}
