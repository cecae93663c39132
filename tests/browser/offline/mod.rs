//! Reading without the network, and what must never come of a network that lies. The server is stopped, slowed and made
//! to lie; the service worker is the site's own.

mod addresses;
mod answers;
mod install;
mod network;
mod updates;

use anyhow::{Context, Result, ensure};
use content::{
    index::Item,
    url::{data_path, decode_path},
};
use passerelle_tests::{
    bundle,
    pages::{PostPage, Reader},
    roles::{Role, folded},
    server::{Fault, Where},
    sites::Tree,
    stage::Stage,
    wait,
};
use serde_json::json;

use crate::choose;

fn stage() -> Stage {
    Stage::demo().with_worker()
}

/// What a browser says by itself of requests that fail.
pub fn expect_failed_requests(reader: &mut Reader) {
    for part in [
        "Failed to load resource",
        "net::ERR_",
        "Failed to fetch",
        "the FetchEvent",
        "ServiceWorker",
        "fetching the script",
        "Manifest:",
    ] {
        reader.expect_complaint(part);
    }
}

/// Waits until the worker has taken over this page.
pub async fn until_controlled(reader: &Reader) -> Result<()> {
    wait::until("the worker has taken over", async || {
        let is_so = "return navigator.serviceWorker.controller?.state === 'activated'";
        Ok((reader.script(is_so, vec![]).await? == json!(true)).then_some(()))
    })
    .await
}

/// Whether some cache has an answer for `path`; the text of it.
pub async fn kept(reader: &Reader, path: &str) -> Result<Option<String>> {
    let script = "return caches.match(arguments[0]).then((kept) => kept ? kept.text() : null)";
    let text = reader.script(script, vec![json!(path)]).await?;
    Ok(text.as_str().map(str::to_owned))
}

pub async fn until_kept(reader: &Reader, path: &str) -> Result<()> {
    wait::until("it is kept", async || Ok(kept(reader, path).await?.map(drop))).await
}

/// Asks whether there is another worker: `taken` or `refused`.
async fn update(reader: &Reader) -> Result<String> {
    let script = "return navigator.serviceWorker.getRegistration()
        .then((registration) => registration.update()).then(() => 'taken', () => 'refused')";
    let outcome = reader.script(script, vec![]).await?;
    Ok(outcome.as_str().unwrap_or_default().to_owned())
}

/// The states of the site's workers, the newest first.
async fn workers(reader: &Reader) -> Result<String> {
    let script = "return navigator.serviceWorker.getRegistration().then((registration) => registration
        ? [registration.installing, registration.waiting, registration.active]
            .filter(Boolean).map(({ state }) => state).join(', ')
        : 'none')";
    let states = reader.script(script, vec![]).await?;
    Ok(states.as_str().unwrap_or_default().to_owned())
}

/// Waits until the states of the site's workers are these.
async fn until_workers_are(reader: &Reader, states: &str) -> Result<()> {
    wait::until(format!("the workers are {states}"), async || {
        let now = workers(reader).await?;
        ensure!(now == states, "they are {now}");
        Ok(Some(()))
    })
    .await
}

/// Waits until a path that ends so was asked for.
async fn until_asked_for(reader: &Reader, end: &str) -> Result<()> {
    wait::until(format!("{end} was asked for"), async || {
        let asked = reader.server.requests();
        Ok(asked.iter().any(|it| it.path.ends_with(end)).then_some(()))
    })
    .await
}

fn page_key(path: &str) -> &str {
    path.trim_end_matches('/')
}

/// A post of `language` that has been read, with the worker there.
pub async fn has_read(reader: &Reader, language: &str) -> Result<(Item, String)> {
    let item = choose::translated(&reader.site, language)?;
    let path = reader.site.path(&item.url).to_owned();
    reads(reader, &path).await?;
    Ok((item, path))
}

/// Reads the post at `path`, until the worker has it.
async fn reads(reader: &Reader, path: &str) -> Result<()> {
    reader.visit(path).await?;
    until_controlled(reader).await?;
    until_kept(reader, &data_path(path)).await?;
    until_kept(reader, page_key(path)).await
}

/// The page at `path`, loaded anew, says that it is not saved, in both languages.
async fn is_told_unsaved(reader: &Reader, path: &str) -> Result<()> {
    reader.load(path).await?;
    for language in ["en", "fr"] {
        let words = reader.site.words(language)?;
        wait::until("it says so", async || {
            let text = reader.script("return document.body.innerText", vec![]).await?;
            let text = folded(text.as_str().unwrap_or_default());
            ensure!(text.contains(&folded(words.offline_help)), "{text}");
            Ok(Some(()))
        })
        .await?;
    }
    Ok(())
}

/// A post of `language` that is not `path`.
fn another(reader: &Reader, language: &str, path: &str) -> Result<Item> {
    let posts = reader.site.posts(language)?;
    let other = posts.into_iter().find(|item| reader.site.path(&item.url) != path);
    other.ok_or_else(|| anyhow::anyhow!("the site has one post"))
}
