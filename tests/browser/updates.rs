//! A new version under open pages: it is found, told, and used when the reader wants it; until then nothing moves and
//! nothing breaks.

use anyhow::{Context, Result, ensure};
use content::index::Item;
use passerelle_tests::{
    axe,
    browser::{Engine, Setup},
    deploy::Deployed,
    pages::{ListPage, Notices, PostPage, ProblemPage, Reader},
    roles::folded,
    stage::Stage,
    wait,
};
use serde_json::json;

use crate::{
    choose,
    offline::{NO_TABS, expect_failed_requests, has_read, until_controlled},
};

/// The demo, deployed where it can be deployed again.
pub async fn play(name: &str, test: impl AsyncFnOnce(&mut Reader, &Deployed) -> Result<()>) -> Result<()> {
    play_on(Stage::demo(), name, test).await
}

/// The same with more than one tab.
async fn play_in_tabs(
    name: &str,
    test: impl AsyncFnOnce(&mut Reader, &Deployed) -> Result<()>,
) -> Result<()> {
    let stage = Stage::demo().never_in(Engine::WebKit, NO_TABS);
    play_on(stage, name, test).await
}

async fn play_on(
    stage: Stage,
    name: &str,
    test: impl AsyncFnOnce(&mut Reader, &Deployed) -> Result<()>,
) -> Result<()> {
    stage
        .play(async |reader| {
            let (deployed, server) = Deployed::copy(&reader.site, name)?;
            reader.server = server;
            test(reader, &deployed).await
        })
        .await
}

/// The browser looks for a new version, as it does at each page that it loads.
async fn look(reader: &Reader) -> Result<()> {
    let look =
        "return navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => null)";
    reader.script(look, vec![]).await.map(drop)
}

/// The shells that are kept.
async fn shells(reader: &Reader) -> Result<usize> {
    let script =
        "return caches.keys().then((names) => names.filter((name) => name.includes(' shell ')).length)";
    let count = reader.script(script, vec![]).await?;
    Ok(serde_json::from_value(count)?)
}

/// The WebAssembly that the page was started with.
async fn wasm(reader: &Reader) -> Result<String> {
    let script = "return JSON.parse(document.getElementById('reader').textContent).wasm.url";
    let url = reader.script(script, vec![]).await?;
    Ok(url.as_str().context("the page names its reader")?.to_owned())
}

async fn is_told(reader: &Reader, language: &str) -> Result<&'static content::words::Words> {
    let words = reader.site.words(language)?;
    Notices::of(reader).until_said(words.new_version).await?;
    Ok(words)
}

/// Uses the new version, and waits until the page is loaded again with it.
async fn use_it(reader: &Reader, language: &str, before: &str) -> Result<()> {
    let words = is_told(reader, language).await?;
    Notices::of(reader).act(words.use_new_version).await?;
    wait::until("the page is loaded with the new version", async || {
        Ok((wasm(reader).await? != before && !reader.is_marked().await?).then_some(()))
    })
    .await?;
    reader.live().await?;
    Notices::of(reader).until_not_said(words.new_version).await
}

#[tokio::test]
async fn fault_09_a_version_that_waits_moves_nothing_until_the_reader_wants_it() -> Result<()> {
    for (language, _) in choose::BOTH_WAYS {
        play(&format!("waits-{language}"), async |reader, deployed| {
            let (_, path) = has_read(reader, language).await?;
            let before = wasm(reader).await?;
            reader.mark().await?;
            let link = reader.crossing_link(choose::other(language)).await?;
            reader
                .script("arguments[0].focus(); scrollTo(0, 200)", vec![link.to_json()?])
                .await?;
            let scrolled = reader.scrolled().await?;
            deployed.new_reader()?;
            look(reader).await?;
            is_told(reader, language).await?;
            ensure!(reader.is_marked().await?, "it is the same document");
            ensure!(reader.scrolled().await? == scrolled, "it is scrolled");
            ensure!(reader.focused().await? == link, "focus has moved");
            ensure!(Notices::of(reader).buttons_are_large().await?);
            if let Some(source) = axe::source("a version that waits")? {
                axe::check(reader, &source, "a post with a notice").await?;
            }
            use_it(reader, language, &before).await?;
            PostPage::showing(reader, &path).await.map(drop)
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_notice_that_is_dismissed_goes_and_changes_nothing() -> Result<()> {
    play("dismissed", async |reader, deployed| {
        has_read(reader, "en").await?;
        reader.mark().await?;
        deployed.new_reader()?;
        look(reader).await?;
        let words = is_told(reader, "en").await?;
        Notices::of(reader).act(words.dismiss).await?;
        Notices::of(reader).until_not_said(words.new_version).await?;
        ensure!(reader.is_marked().await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn fault_10_the_tab_that_did_not_choose_goes_on_with_its_version() -> Result<()> {
    play_in_tabs("two-tabs", async |reader, deployed| {
        let (_, path) = has_read(reader, "en").await?;
        let before = wasm(reader).await?;
        let first = reader.session.window().await?;
        let second = reader.session.new_tab().await?;
        reader.session.switch_to_window(second.clone()).await?;
        ListPage::open(reader, "fr", 1).await?;
        until_controlled(reader).await?;
        reader.mark().await?;
        deployed.new_reader()?;

        reader.session.switch_to_window(first.clone()).await?;
        look(reader).await?;
        use_it(reader, "en", &before).await?;

        reader.session.switch_to_window(second).await?;
        is_told(reader, "fr").await?;
        ensure!(reader.is_marked().await?, "the other tab was loaded again");
        ensure!(shells(reader).await? == 2, "its files are still kept");
        let old = "return fetch(arguments[0]).then((answer) => answer.status)";
        ensure!(reader.script(old, vec![json!(before)]).await? == json!(200));
        let item = choose::translated(&reader.site, "fr")?;
        let list = ListPage::showing(reader, "fr", 1).await?;
        list.open_post(reader.site.path(&item.url)).await?;
        ensure!(reader.is_marked().await?);
        use_it(reader, "fr", &before).await?;
        wait::until("the old files are gone", async || {
            reader.visit(&path).await?;
            Ok((shells(reader).await? == 1).then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn the_first_worker_is_no_news() -> Result<()> {
    play("first", async |reader, _| {
        reader.visit("/en/").await?;
        reader.mark().await?;
        until_controlled(reader).await?;
        let said = Notices::of(reader).said().await?;
        ensure!(said.is_empty(), "it says {said:?}");
        ensure!(reader.is_marked().await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_new_version_is_found_on_the_way_through_the_app_and_looked_for_once_an_hour() -> Result<()> {
    play("hourly", async |reader, deployed| {
        let list = ListPage::open(reader, "en", 1).await?;
        until_controlled(reader).await?;
        deployed.new_reader()?;
        reader.server.forget();
        let looks = || {
            let asked = reader.server.requests();
            asked.iter().filter(|request| request.path == "/sw.js").count()
        };
        let entries = list.entries().await?;
        let post = &entries.first().context("the list is empty")?.path;
        list.open_post(post).await?;
        ensure!(looks() == 0, "the hour has not passed");
        let later =
            "const now = performance.now.bind(performance); performance.now = () => now() + 3_600_001";
        reader.script(later, vec![]).await?;
        reader.back().await?;
        let list = ListPage::showing(reader, "en", 1).await?;
        is_told(reader, "en").await?;
        list.open_post(post).await?;
        ensure!(looks() == 1, "it was looked for {} times", looks());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_deployment_under_two_open_tabs_breaks_neither() -> Result<()> {
    play_in_tabs("deployment", async |reader, deployed| {
        expect_failed_requests(reader);
        let (changed, changed_path) = has_read(reader, "en").await?;
        let deleted = another(reader, &changed)?;
        let deleted_path = reader.site.path(&deleted.url).to_owned();
        PostPage::open(reader, &deleted_path).await?;
        let before = wasm(reader).await?;
        let first = reader.session.window().await?;
        let second = reader.session.new_tab().await?;
        reader.session.switch_to_window(second.clone()).await?;
        // As high as the first: two notices leave room for what is followed.
        reader.session.resize(Setup::default().viewport).await?;
        ListPage::open(reader, "en", 1).await?;
        reader.mark().await?;

        deployed.new_reader()?;
        deployed.change_post("en", &changed.url, "These words are new.")?;
        deployed.delete_post("en", &deleted.url)?;
        look(reader).await?;
        is_told(reader, "en").await?;

        // The list as it was kept; behind it the new index comes, and by it the post is known to be another.
        let list = ListPage::showing(reader, "en", 1).await?;
        list.open_post(&changed_path).await?;
        reader.back().await?;
        wait::until("the changed post is shown in the old version", async || {
            let list = ListPage::showing(reader, "en", 1).await?;
            let post = list.open_post(&changed_path).await?;
            let is_new = post.text().await?.contains("These words are new.");
            if !is_new {
                reader.back().await?;
            }
            Ok(is_new.then_some(()))
        })
        .await?;
        ensure!(reader.is_marked().await?, "nothing was loaded again");

        reader.session.switch_to_window(first).await?;
        PostPage::showing(reader, &deleted_path).await?;
        use_it(reader, "en", &before).await?;
        ProblemPage::showing(reader, reader.site.words("en")?.unknown_post).await?;

        reader.session.switch_to_window(second).await?;
        ensure!(reader.is_marked().await?, "the other tab goes on");
        use_it(reader, "en", &before).await?;
        let post = PostPage::showing(reader, &changed_path).await?;
        ensure!(post.text().await?.contains("These words are new."));
        let list = ListPage::open(reader, "en", 1).await?;
        let titles: Vec<String> = list
            .entries()
            .await?
            .into_iter()
            .map(|entry| entry.title)
            .collect();
        ensure!(!titles.contains(&folded(&deleted.title)), "{titles:?}");
        Ok(())
    })
    .await
}

/// A post of the language of `item` that is not it, and not one of its translations.
fn another(reader: &Reader, item: &Item) -> Result<Item> {
    let posts = reader.site.posts(item.language.as_str())?;
    let other = posts.into_iter().find(|other| other.url != item.url);
    other.context("the site has one post")
}
