//! Reading without the network, and what must never come of a network that lies. The server is stopped, slowed and made
//! to lie; the service worker is the site's own.

mod addresses;
mod answers;
mod install;
mod network;
mod storage;
mod updates;

use std::fs;

use anyhow::{Context, Result, ensure};
use content::{index::Item, url::data_path};
use passerelle_tests::{
    browser::Engine,
    pages::Reader,
    roles::{Role, folded},
    sites::{Tree, own_scratch},
    stage::Stage,
    wait,
};
use serde_json::json;

use crate::choose;

/// Why a test of more than one tab cannot run in WebKit.
pub const NO_TABS: &str =
    "WebKit's driver does not answer any more when the first tab is not the one that is shown";

/// Why a test of a device that is full runs in Chromium alone.
pub const NO_QUOTA: &str = "the other drivers have no command that makes the quota small";

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

/// The server is stopped: what is asked for then is told of by the browser itself.
fn expect_refused_connections(reader: &mut Reader) {
    reader.expect_complaint("net::ERR_CONNECTION_REFUSED");
}

/// A page is read without the network whose pictures were not seen: the list.
fn expect_unkept_pictures(reader: &mut Reader) {
    reader.expect_complaint(".webp - Failed to load resource: net::ERR_FAILED");
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

/// The paths of all that is kept.
async fn keys(reader: &Reader) -> Result<Vec<String>> {
    let script = "return caches.keys().then((names) => Promise.all(names.map(async (name) =>
        (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).then((all) => all.flat())";
    Ok(serde_json::from_value(reader.script(script, vec![]).await?)?)
}

/// The paths of the files that this page asks for to be started: they are those of its version.
async fn shell(reader: &Reader) -> Result<Vec<String>> {
    let script = "const { script, wasm } = JSON.parse(document.getElementById('reader').textContent);
        const linked = [...document.querySelectorAll('link[rel=stylesheet], script[src]')];
        return [script.url, wasm.url, ...linked.map((element) => element.getAttribute('href') ?? element.getAttribute('src'))]";
    Ok(serde_json::from_value(reader.script(script, vec![]).await?)?)
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

/// A blog of these files and texts, in a folder of its own.
pub fn blog(name: &str, posts: &[(String, String)]) -> Result<Tree> {
    let folder = own_scratch()?.join(format!("{name}-posts"));
    for (path, text) in posts {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(file, text)?;
    }
    Ok(Tree::at(name, folder))
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

/// The page at `url`, loaded anew, says that it is not saved, in both languages.
async fn is_told_unsaved(reader: &mut Reader, url: &str) -> Result<()> {
    let path = reader.site.path(url).to_owned();
    reader.expect_complaint(&format!(
        "{path} - Failed to load resource: the server responded with a status of 503"
    ));
    reader.load(&path).await?;
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

/// Goes to the list by a link of the post that is shown.
async fn open_the_list(reader: &Reader) -> Result<()> {
    let words = reader.words().await?;
    let mut links = reader.all(Role::Link, words.all_posts).await?;
    let link = links.pop().context("a post has a link to the list")?;
    Ok(link.click().await?)
}

/// The browser itself says that nothing comes from `path`. WebKit's driver never answers then, so it is not asked.
async fn does_not_come(reader: &Reader, path: &str) -> Result<()> {
    let is_told = reader.session.engine() != Engine::WebKit;
    ensure!(!is_told || reader.load(path).await.is_err(), "{path} is there");
    Ok(())
}

/// Closes the tab, with another open.
async fn close_the_tab(reader: &Reader) -> Result<()> {
    let closed = reader.session.window().await?;
    let open = reader.session.new_tab().await?;
    reader.session.switch_to_window(closed).await?;
    reader.session.close_window().await?;
    Ok(reader.session.switch_to_window(open).await?)
}

/// A post of `language` that is not `path`.
fn another(reader: &Reader, language: &str, path: &str) -> Result<Item> {
    let posts = reader.site.posts(language)?;
    let other = posts.into_iter().find(|item| reader.site.path(&item.url) != path);
    other.ok_or_else(|| anyhow::anyhow!("the site has one post"))
}
