//! A network that is gone, hangs or lies, once the site has been read.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use content::url::data_path;
use passerelle_tests::{
    pages::{ListPage, PostPage, ProblemPage, Reader},
    roles::{Role, folded},
    server::{Fault, Server, Where},
    sites::Site,
    stage::Stage,
    wait,
};
use serde_json::json;

use super::{
    another, blog, expect_refused_connections, expect_unkept_pictures, has_read, is_told_unsaved, kept,
    open_the_list, page_key, reads, stage, update,
};

#[tokio::test]
async fn fault_01_a_server_that_is_gone_leaves_the_list_and_what_was_read() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_refused_connections(reader);
            expect_unkept_pictures(reader);
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
            expect_refused_connections(reader);
            expect_unkept_pictures(reader);
            let (item, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            reader.server.stop();
            reader.load("/").await?;
            reader
                .until("the list is there", |screen| {
                    screen.is_live && screen.is_at("/en/")
                })
                .await?;
            is_told_unsaved(reader, &other.url).await?;
            reader.one(Role::Link, &folded(&item.title)).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_18_a_captive_portals_page_is_not_kept_and_what_is_kept_stays() -> Result<()> {
    stage()
        .play(async |reader| {
            // What is none of the worker's business is the portal's.
            reader.expect_complaint("manifest.webmanifest");
            reader.expect_complaint("sw.js");
            meets_a_portal(reader, Fault::Html, "Something else answered").await
        })
        .await
}

#[tokio::test]
async fn fault_19_a_redirect_to_a_login_is_not_kept_and_what_is_kept_stays() -> Result<()> {
    let portal = Server::start(&Site::hand_made()?)?;
    stage()
        .play(async |reader| {
            let login = format!("{}/login", portal.origin());
            reader.expect_complaint(&login);
            reader.expect_violation("manifest-src");
            meets_a_portal(reader, Fault::Elsewhere(portal.port()), "Not here").await
        })
        .await
}

/// Something between the reader and the server answers everything with `fault`, which shows `heading`.
async fn meets_a_portal(reader: &Reader, fault: Fault, heading: &str) -> Result<()> {
    let (item, path) = has_read(reader, "en").await?;
    let other = another(reader, "en", &path)?;
    let other = reader.site.path(&other.url).to_owned();
    let index = kept(reader, "/en/feed.json").await?;
    reader.server.fail(Where::all(), fault);
    reader.load(&path).await?;
    reader.one(Role::Heading, &folded(&item.title)).await?;
    ensure!(update(reader).await? == "refused");
    // What is not kept is the portal's: there the reader logs in.
    reader.load(&other).await?;
    reader.one(Role::Heading, heading).await?;
    reader.load(&path).await?;
    reader.one(Role::Heading, &folded(&item.title)).await?;
    for path in [page_key(&other), &data_path(&other)] {
        ensure!(kept(reader, path).await?.is_none(), "{path} is kept");
    }
    ensure!(kept(reader, "/en/feed.json").await? == index);
    reader.server.mend();
    PostPage::open(reader, &other).await.map(drop)
}

#[tokio::test]
async fn fault_27_a_server_that_never_ends_its_answer_keeps_nobody_waiting() -> Result<()> {
    stage()
        .play(async |reader| {
            let (item, path) = has_read(reader, "en").await?;
            PostPage::open(reader, &path).await?;
            for fault in [Fault::Held, Fault::Trickle] {
                reader.server.fail(Where::all(), fault);
                let started = Instant::now();
                reader.load(&path).await?;
                reader.one(Role::Heading, &folded(&item.title)).await?;
                let time = started.elapsed();
                // Three seconds, and what this machine takes to load a page.
                ensure!(time < Duration::from_secs(6), "{fault:?}: {time:?}");
                reader.live().await?;
                open_the_list(reader).await?;
                ListPage::showing(reader, "en", 1).await?;
                reader.server.mend();
            }
            Ok(())
        })
        .await
}

/// Without the network, at the page of a post that was not read; gives its path.
async fn is_at_an_unsaved_page(reader: &mut Reader) -> Result<String> {
    expect_refused_connections(reader);
    let (_, path) = has_read(reader, "en").await?;
    let other = another(reader, "en", &path)?;
    reader.server.stop();
    is_told_unsaved(reader, &other.url).await?;
    Ok(reader.site.path(&other.url).to_owned())
}

#[tokio::test]
async fn fault_28_a_page_that_is_not_saved_does_not_load_itself_again() -> Result<()> {
    stage()
        .play(async |reader| {
            is_at_an_unsaved_page(reader).await?;
            reader.mark().await?;
            reader.server.restart()?;
            reader
                .script("dispatchEvent(new Event('online'))", vec![])
                .await?;
            // Others wait five seconds before they do.
            wait::until("it has been open for some time", async || {
                ensure!(reader.is_marked().await?, "it has loaded itself again");
                let is_old = reader.script("return performance.now() > 7000", vec![]).await?;
                Ok((is_old == json!(true)).then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn a_page_that_is_not_saved_comes_when_it_is_tried_again() -> Result<()> {
    stage()
        .play(async |reader| {
            let path = is_at_an_unsaved_page(reader).await?;
            reader.live().await?;
            reader.server.restart()?;
            let name = reader.site.words("en")?.try_again;
            reader.one(Role::Link, name).await?.click().await?;
            PostPage::showing(reader, &path).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_34_a_translation_that_is_not_saved_is_told_of_in_both_languages() -> Result<()> {
    const PAIRS: usize = 5_000;
    let pairs: Vec<_> = (1..=PAIRS)
        .flat_map(|number| {
            [("en", "Note"), ("fr", "Billet")].map(|(language, title)| {
                let text = format!(
                    "---\ntitle: {title} {number}\ndate: 2024-01-01\ntranslationKey: n{number}\n---\n\nText {number}.\n"
                );
                (format!("{language}/{title}-{number}.md").to_lowercase(), text)
            })
        })
        // The last has no pair.
        .take(2 * PAIRS - 1)
        .collect();
    Stage::over(blog("ten-thousand", &pairs)?)
        .with_worker()
        .play(async |reader| {
            expect_refused_connections(reader);
            let (paired, alone) = ("/en/note-1/", format!("/en/note-{PAIRS}/"));
            reads(reader, &alone).await?;
            reads(reader, paired).await?;
            let twin = PostPage::showing(reader, paired).await?.twin("fr")?;
            reader.server.stop();
            let words = reader.site.words("fr")?;
            reader.expect_complaint("/fr/billet-1/index.json - Failed to load resource: net::ERR_FAILED");
            reader.crossing_link("fr").await?.click().await?;
            ProblemPage::showing(reader, words.offline).await?;
            is_told_unsaved(reader, &twin).await?;
            reader.load(&alone).await?;
            reader.live().await?;
            reader.crossing_link("fr").await?.click().await?;
            ListPage::showing(reader, "fr", 1).await.map(drop)
        })
        .await
}
