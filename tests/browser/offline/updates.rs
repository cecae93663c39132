//! Faults of a deploy: another worker, none, an older one, or one that takes the worker away.

use std::sync::Arc;

use anyhow::{Result, ensure};
use passerelle_tests::{
    bundle,
    pages::{PostPage, Reader},
    roles::{Role, folded},
    server::{Fault, Where},
    sites::{Site, Tree},
    stage::Stage,
    wait,
};
use serde_json::json;

use crate::choose;

use super::{
    close_the_tab, expect_refused_connections, has_read, shell, stage, until_asked_for, until_controlled,
    until_workers_are, update, workers,
};

/// The demo as it is published with the next version of the reader.
fn next() -> Result<Arc<Site>> {
    Site::of(&Tree::demo().with_the_next_reader())
}

/// How many versions of the shell are on the device.
async fn shells(reader: &Reader) -> Result<usize> {
    let script =
        "return caches.keys().then((names) => names.filter((name) => name.includes(' shell ')).length)";
    Ok(serde_json::from_value(reader.script(script, vec![]).await?)?)
}

#[tokio::test]
async fn fault_07_a_page_of_an_old_version_goes_on_when_its_files_are_gone() -> Result<()> {
    stage()
        .play(async |reader| {
            let (_, path) = has_read(reader, "en").await?;
            let post = PostPage::open(reader, &path).await?;
            let (twin, files) = (post.twin("fr")?, shell(reader).await?);
            reader.mark().await?;
            reader.server.deploy(&*next()?);
            ensure!(update(reader).await? == "taken");
            until_workers_are(reader, "installed, activated").await?;
            reader.cross("fr").await?;
            PostPage::showing(reader, &twin).await?;
            ensure!(reader.is_marked().await?);
            for file in &files {
                let script = "return fetch(arguments[0]).then(({ status }) => status)";
                let status = reader.script(script, vec![json!(file)]).await?;
                ensure!(status == json!(200), "{file}: {status}");
            }
            reader.reload().await?;
            ensure!(shells(reader).await? == 2);

            // The last page is closed: the new version takes over, and what was the old one's goes.
            wait::until("the old version is gone", async || {
                close_the_tab(reader).await?;
                reader.visit(&path).await?;
                Ok((shells(reader).await? == 1).then_some(()))
            })
            .await?;
            ensure!(workers(reader).await? == "activated");
            ensure!(shell(reader).await? != files);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_08_a_page_whose_files_are_gone_offers_the_new_version_once() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "fr")?;
            let path = reader.site.path(&item.url).to_owned();
            let words = reader.site.words("fr")?;
            // A page of the old version, as a cache between has it still.
            let files = "/assets/passerelle-reader";
            reader
                .server
                .fail(Where::Prefix(files.to_owned()), Fault::Status(404));
            reader.expect_complaint(files);
            reader.load(&path).await?;
            let button = reader.one(Role::Button, words.reload).await?;
            reader.one(Role::Heading, &folded(&item.title)).await?;
            reader.server.forget();
            button.click().await?;
            wait::until("its files have failed again", async || {
                let asked = reader.server.requests();
                let failed = asked
                    .iter()
                    .filter(|it| it.status == 404 && it.path.ends_with(".wasm"));
                Ok((failed.count() >= 2).then_some(()))
            })
            .await?;
            let asked_again = reader.all(Role::Button, words.reload).await?;
            ensure!(asked_again.is_empty(), "it is offered again");
            ensure!(
                reader.server.documents() == [path.as_str()],
                "it is loaded by itself"
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_12_an_edge_that_goes_back_and_forth_loads_no_page_again() -> Result<()> {
    stage()
        .play(async |reader| {
            has_read(reader, "en").await?;
            reader.mark().await?;
            let (old, new) = (Arc::clone(&reader.site), next()?);
            for site in [&new, &old, &new] {
                reader.server.deploy(site);
                ensure!(update(reader).await? == "taken");
                until_workers_are(reader, "installed, activated").await?;
            }
            reader.cross("fr").await?;
            ensure!(reader.is_marked().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_13_a_worker_that_the_browser_may_keep_for_a_year_is_asked_for_all_the_same() -> Result<()> {
    stage()
        .play(async |reader| {
            reader
                .server
                .fail(Where::Suffix("/sw.js".to_owned()), Fault::Lasting);
            let (_, path) = has_read(reader, "en").await?;
            reader.server.deploy(&*next()?);
            reader.visit(&path).await?;
            until_workers_are(reader, "installed, activated").await
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
            let switch = Fault::Changed(|_| bundle::kill_switch().unwrap_or_default());
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
            expect_refused_connections(reader);
            for (fault, complaint) in [
                (Fault::Status(404), "fetching the script"),
                (Fault::Changed(|_| "}".to_owned()), "Unexpected token '}'"),
                (Fault::Html, "MIME type"),
            ] {
                reader.expect_complaint(complaint);
                let (item, path) = has_read(reader, "en").await?;
                reader.server.fail(Where::Suffix("/sw.js".to_owned()), fault);
                reader.server.forget();
                reader.visit(&path).await?;
                until_asked_for(reader, "/sw.js").await?;
                ensure!(update(reader).await? == "refused", "{fault:?}");
                reader.server.stop();
                reader.load(&path).await?;
                reader.one(Role::Heading, &folded(&item.title)).await?;
                until_controlled(reader).await?;
                ensure!(workers(reader).await? == "activated", "{fault:?}");
                reader.server.restart()?;
                reader.server.mend();
            }
            Ok(())
        })
        .await
}
