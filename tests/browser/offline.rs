//! Reading without the network, and what must never come of a network that lies. The server is stopped, slowed and made
//! to lie; the service worker is the site's own.

use anyhow::{Result, ensure};
use content::{
    index::Item,
    url::{data_path, decode_path},
};
use passerelle_tests::{
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

fn page_key(path: &str) -> &str {
    path.trim_end_matches('/')
}

/// A post of `language` that has been read, with the worker there.
pub async fn has_read(reader: &Reader, language: &str) -> Result<(Item, String)> {
    let item = choose::translated(&reader.site, language)?;
    let path = reader.site.path(&item.url).to_owned();
    reader.visit(&path).await?;
    until_controlled(reader).await?;
    until_kept(reader, &data_path(&path)).await?;
    until_kept(reader, page_key(&path)).await?;
    Ok((item, path))
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

#[tokio::test]
async fn fault_01_a_server_that_is_gone_leaves_the_list_and_what_was_read() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (item, path) = has_read(reader, "fr").await?;
            reader.server.stop();
            reader.load(&path).await?;
            reader.one(Role::Heading, &folded(&item.title)).await?;
            for list in ["/fr/", "/en/"] {
                reader.load(list).await?;
                reader.live().await?;
                let words = reader.words().await?;
                reader.one(Role::Heading, words.all_posts).await?;
            }
            reader.server.restart()?;
            PostPage::open(reader, &path).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_02_the_first_visit_to_a_post_is_enough_for_the_home_page_offline() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (item, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            reader.server.stop();
            reader.load("/").await?;
            reader
                .until("the list is there", |screen| {
                    screen.is_live && screen.is_at("/en/")
                })
                .await?;
            is_told_unsaved(reader, reader.site.path(&other.url)).await?;
            reader.one(Role::Link, &folded(&item.title)).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_03_a_file_that_is_not_there_leaves_no_worker_until_it_is() -> Result<()> {
    fails_to_install(Fault::Status(404)).await
}

#[tokio::test]
async fn fault_04_a_file_that_fails_at_first_is_kept_only_when_it_is_right() -> Result<()> {
    fails_to_install(Fault::Status(500)).await
}

#[tokio::test]
async fn fault_05_a_file_that_breaks_off_is_not_kept() -> Result<()> {
    fails_to_install(Fault::Broken).await?;
    fails_to_install(Fault::Half).await
}

/// With a file of the shell at fault there is no worker; without, the next visit brings it.
async fn fails_to_install(fault: Fault) -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            reader
                .server
                .fail(Where::Prefix("/offline.html".to_owned()), fault);
            reader.visit("/en/").await?;
            // Twice: the browser's cache is asked past before it is given up.
            wait::until("the install has failed", async || {
                let tries = reader.server.requests();
                let tries = tries.iter().filter(|request| request.path == "/offline.html");
                Ok((tries.count() >= 2).then_some(()))
            })
            .await?;
            wait::until("there is no worker", async || {
                let workers = "return navigator.serviceWorker.getRegistrations().then((all) => all.length)";
                Ok((reader.script(workers, vec![]).await? == json!(0)).then_some(()))
            })
            .await?;
            ensure!(kept(reader, "/offline.html").await?.is_none());
            reader.server.mend();
            reader.visit("/en/").await?;
            until_controlled(reader).await?;
            let page = kept(reader, "/offline.html").await?.unwrap_or_default();
            ensure!(page.contains("data-base"), "{page}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_11_the_first_worker_takes_over_without_a_reload() -> Result<()> {
    stage()
        .play(async |reader| {
            reader.visit("/en/").await?;
            reader.mark().await?;
            until_controlled(reader).await?;
            ensure!(reader.is_marked().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_14_the_kill_switch_takes_the_worker_and_all_it_kept_away() -> Result<()> {
    stage()
        .play(async |reader| {
            let (_, path) = has_read(reader, "en").await?;
            reader
                .script("return caches.open('a stranger’s').then(() => null)", vec![])
                .await?;
            let switch = Fault::Changed(|_| include_str!("../../public/worker/kill-switch.js").to_owned());
            reader.server.fail(Where::Suffix("/sw.js".to_owned()), switch);
            reader.visit(&path).await?;
            wait::until("nothing is kept", async || {
                let names = reader.script("return caches.keys()", vec![]).await?;
                Ok((names == json!(["a stranger’s"])).then_some(()))
            })
            .await?;
            PostPage::open(reader, &path).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_15_a_worker_that_is_no_longer_there_goes_on_serving() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            for fault in [
                Fault::Status(404),
                Fault::Changed(|_| "}".to_owned()),
                Fault::Html,
            ] {
                let (item, path) = has_read(reader, "en").await?;
                reader.server.fail(Where::Suffix("/sw.js".to_owned()), fault);
                reader.visit(&path).await?;
                reader.server.stop();
                reader.load(&path).await?;
                reader.one(Role::Heading, &folded(&item.title)).await?;
                reader.server.restart()?;
                reader.server.mend();
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_18_a_captive_portals_page_is_not_kept_and_what_is_kept_stays() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (item, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            let other = reader.site.path(&other.url).to_owned();
            let index = kept(reader, "/en/feed.json").await?;
            reader.server.fail(Where::Prefix("/".to_owned()), Fault::Html);
            reader.load(&path).await?;
            reader.one(Role::Heading, &folded(&item.title)).await?;
            // What is not kept is the portal's: there the reader logs in.
            reader.load(&other).await?;
            reader.one(Role::Heading, "Something else answered").await?;
            for path in [page_key(&other), &data_path(&other)] {
                ensure!(kept(reader, path).await?.is_none(), "{path} is kept");
            }
            ensure!(kept(reader, "/en/feed.json").await? == index);
            reader.server.mend();
            PostPage::open(reader, &other).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_21_a_post_that_is_not_there_is_not_kept_and_shows_when_it_is() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (_, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            let other = reader.site.path(&other.url).to_owned();
            reader
                .server
                .fail(Where::Prefix(page_key(&other).to_owned()), Fault::Status(404));
            reader.load(&other).await?;
            reader.one(Role::Heading, "Something else answered").await?;
            ensure!(kept(reader, page_key(&other)).await?.is_none());
            reader.server.mend();
            PostPage::open(reader, &other).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_31_every_way_to_write_an_address_leads_to_the_post_that_is_kept() -> Result<()> {
    Stage::over(Tree::demo().under("/blog/"))
        .with_worker()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (item, path) = has_read(reader, "fr").await?;
            reader.server.stop();
            let decoded = decode_path(&path);
            for address in [
                format!("{path}?utm_source=x"),
                format!("{path}#main"),
                page_key(&path).to_owned(),
                format!("{path}index.html"),
                decoded,
            ] {
                reader.load(&address).await?;
                reader.one(Role::Heading, &folded(&item.title)).await?;
            }
            Ok(())
        })
        .await
}
