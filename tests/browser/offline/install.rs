//! Faults while the worker comes: a file of the shell that is missing, damaged or none of ours, a tab that is closed.

use anyhow::{Result, ensure};
use passerelle_tests::{
    browser::Engine,
    pages::Reader,
    roles::{Role, folded},
    server::{Fault, Where},
    wait,
};
use serde_json::json;

use super::{
    NO_TABS, close_the_tab, does_not_come, expect_refused_connections, has_read, kept, page_key, shell,
    stage, until_asked_for, until_controlled, until_kept, workers,
};

#[tokio::test]
async fn fault_03_a_file_that_is_not_there_leaves_no_worker_until_it_is() -> Result<()> {
    fails_to_install("/offline.html", Fault::Status(404)).await
}

#[tokio::test]
async fn fault_04_a_file_that_fails_at_first_is_kept_only_when_it_is_right() -> Result<()> {
    fails_to_install("/offline.html", Fault::Status(500)).await
}

#[tokio::test]
async fn fault_05_a_file_that_breaks_off_is_not_kept() -> Result<()> {
    for fault in [Fault::Broken, Fault::Short, Fault::Half] {
        fails_to_install(a_large_file()?, fault).await?;
    }
    Ok(())
}

/// The reader's WebAssembly, where the driver comes back to a page on which it failed.
fn a_large_file() -> Result<&'static str> {
    Ok(match Engine::chosen()? {
        Engine::WebKit => "/offline.html",
        Engine::Chromium | Engine::Firefox => "_bg.wasm",
    })
}

/// With a file of the shell at fault there is no worker; without, the next visit brings it.
async fn fails_to_install(file: &str, fault: Fault) -> Result<()> {
    stage()
        .play(async |reader| {
            reader.expect_complaint(file);
            reader.server.fail(Where::Suffix(file.to_owned()), fault);
            reader.load("/en/").await?;
            // From then on there is a worker, until it has failed.
            until_asked_for(reader, "/sw.js").await?;
            // Twice: the browser's cache is asked past before it is given up.
            wait::until("the install has failed", async || {
                let tries = reader.server.requests();
                let tries = tries.iter().filter(|request| request.path.ends_with(file));
                Ok((tries.count() >= 2).then_some(()))
            })
            .await?;
            wait::until("there is no worker", async || {
                let workers = "return navigator.serviceWorker.getRegistrations().then((all) => all.length)";
                Ok((reader.script(workers, vec![]).await? == json!(0)).then_some(()))
            })
            .await?;
            let files = shell(reader).await?;
            let at_fault = files.iter().find(|path| path.ends_with(file));
            let at_fault = at_fault.map_or(file, String::as_str);
            ensure!(kept(reader, at_fault).await?.is_none());
            reader.server.mend();
            reader.visit("/en/").await?;
            until_controlled(reader).await?;
            until_kept(reader, at_fault).await?;
            let page = kept(reader, "/offline.html").await?.unwrap_or_default();
            ensure!(page.contains("data-base"), "{page}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_06_a_tab_that_is_closed_while_the_worker_comes_leaves_nothing_half() -> Result<()> {
    stage()
        .never_in(Engine::WebKit, NO_TABS)
        .play(async |reader| {
            reader
                .server
                .fail(Where::Suffix("/offline.html".to_owned()), Fault::Held);
            reader.visit("/en/").await?;
            let files = shell(reader).await?;
            for file in &files {
                until_kept(reader, file).await?;
            }
            ensure!(workers(reader).await? == "installing");
            close_the_tab(reader).await?;
            reader.server.stop();
            does_not_come(reader, "/en/").await?;

            reader.server.mend();
            reader.server.restart()?;
            reader.server.forget();
            reader.visit("/en/").await?;
            until_controlled(reader).await?;
            ensure!(kept(reader, "/offline.html").await?.is_some());
            // What had come is not asked for by the worker again.
            let again = reader.server.requests();
            let again = again.iter().filter(|it| files.contains(&it.path));
            let again: Vec<_> = again.filter(|it| it.destination == "empty").collect();
            ensure!(again.len() <= 1, "the page’s own WebAssembly: {again:?}");
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
async fn fault_16_a_host_that_redirects_to_short_names_is_read_offline() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_refused_connections(reader);
            reader.server.fail(Where::all(), Fault::ShortNames);
            let (item, path) = has_read(reader, "en").await?;
            is_there_by_its_long_name(reader, &item.title, &path).await?;
            reader.server.stop();
            is_there_by_its_long_name(reader, &item.title, &path).await
        })
        .await
}

async fn is_there_by_its_long_name(reader: &Reader, title: &str, path: &str) -> Result<()> {
    for address in [format!("{path}index.html"), page_key(path).to_owned()] {
        reader.load(&address).await?;
        reader.one(Role::Heading, &folded(title)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn fault_17_a_page_in_the_place_of_a_file_is_not_kept_under_its_name() -> Result<()> {
    fails_to_install(a_large_file()?, Fault::Html).await?;
    stage()
        .play(async |reader| {
            reader.expect_complaint(".css");
            let (_, path) = has_read(reader, "en").await?;
            let files = shell(reader).await?;
            let style = files.iter().find(|file| file.ends_with(".css")).map_or("", |it| it);
            let forget = "return caches.keys()
                .then((names) => Promise.all(names.map(async (name) => (await caches.open(name)).delete(arguments[0]))))";
            reader.script(forget, vec![json!(style)]).await?;
            reader.server.fail(Where::Suffix(".css".to_owned()), Fault::Html);
            reader.server.forget();
            reader.load(&path).await?;
            until_asked_for(reader, style).await?;
            ensure!(kept(reader, style).await?.is_none());
            reader.server.mend();
            reader.visit(&path).await?;
            until_kept(reader, style).await
        })
        .await
}
