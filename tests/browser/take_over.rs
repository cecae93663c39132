//! The reader starts on the page that came as HTML, and nobody notices: what a person did there stays as it was, and
//! nothing that the page already holds is fetched again.

use anyhow::{Context, Result};
use content::url::data_path;
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, PostPage, Reader, Screen},
    roles::{Name, Role, folded},
    server::{Fault, Where},
    sites::Tree,
    stage::Stage,
    wait,
};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::choose;

/// Measures what moves without being asked to, from now on.
const WATCH: &str = r#"
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push(entry.value)))
        .observe({ type: "layout-shift" });
"#;

/// Scrolls into the post, opens its first `<details>`, focuses the last link of its text, selects a paragraph.
const USE: &str = r#"
    const body = document.querySelector(".post-body");
    const details = body.querySelector("details");
    details.open = true;
    window.scrollTo({ top: 240, behavior: "instant" });
    const links = body.querySelectorAll("p a[href]");
    links[links.length - 1].focus({ preventScroll: true });
    getSelection().selectAllChildren(body.querySelector("p"));
    window.focused = document.activeElement;
    window.details = details;
    window.paragraph = body.querySelector("p");
"#;

/// Whether all of that is as it was, in the same elements.
const USED: &str = r#"
    return {
        scrolled: scrollY,
        selected: getSelection().toString(),
        focused: document.activeElement === window.focused && window.focused.matches(".post-body a"),
        open: document.querySelector(".post-body details") === window.details && window.details.open,
        anchored: window.paragraph.isConnected && getSelection().containsNode(window.paragraph, true),
        shifts: window.shifts,
    };
"#;

#[tokio::test]
async fn scroll_selection_focus_and_open_details_stay_when_the_reader_starts() -> Result<()> {
    Stage::over(Tree::fixture("take-over"))
        .sized(800, 500)
        .play(async |reader| {
            reader.server.fail(Where::Suffix(".wasm".to_owned()), Fault::Held);
            let path = "/en/bridge/";
            reader.load(path).await?;
            reader.script(USE, vec![]).await?;
            // What opens moves what is below it; that is no doing of the reader's.
            two_frames(reader).await?;
            reader.script(WATCH, vec![]).await?;
            let before = reader.script(USED, vec![]).await?;
            assert_eq!(before["scrolled"], json!(240), "{before}");
            assert!(before["selected"].as_str().is_some_and(|text| text.len() > 20));
            for what in ["focused", "open", "anchored"] {
                assert_eq!(before[what], json!(true), "{what} of {before}");
            }
            assert!(!Screen::of(reader).await?.is_live);
            reader.server.mend();
            reader.live().await?;
            two_frames(reader).await?;
            assert_eq!(reader.script(USED, vec![]).await?, before);
            assert_eq!(before["shifts"], json!([]), "nothing moves");
            let json = requests_for(reader, ".json");
            assert_eq!(json, ["/site.json"], "the page's own data is not asked for");
            Ok(())
        })
        .await
}

async fn two_frames(reader: &Reader) -> Result<()> {
    let frames =
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
    reader
        .session
        .execute_async(frames, Vec::new())
        .await
        .map(drop)
        .context("two frames")
}

/// The paths that end so, in the order in which they were asked for.
fn requests_for(reader: &Reader, end: &str) -> Vec<String> {
    let requests = reader.server.requests().into_iter();
    requests
        .map(|request| request.path)
        .filter(|path| path.ends_with(end))
        .collect()
}

#[tokio::test]
async fn a_place_of_the_first_page_is_gone_to_and_the_page_stays() -> Result<()> {
    Stage::over(Tree::fixture("take-over"))
        .sized(800, 500)
        .play(async |reader| {
            PostPage::open(reader, "/en/bridge/").await?;
            let go = "location.hash = document.querySelector('.post-body h2').id";
            reader.script(go, vec![]).await?;
            wait::until("the page is scrolled", async || {
                Ok((reader.scrolled().await? > 0).then_some(()))
            })
            .await?;
            two_frames(reader).await?;
            PostPage::showing(reader, "/en/bridge/").await?;
            assert_eq!(requests_for(reader, ".json"), ["/site.json"]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_first_list_is_the_one_that_came_and_is_not_fetched() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            ListPage::open(reader, "en", 2).await?;
            assert_eq!(requests_for(reader, ".json"), ["/site.json"]);
            let came = reader
                .script(
                    "return document.querySelector('#prerendered main h1') !== null",
                    vec![],
                )
                .await?;
            assert_eq!(came, json!(true));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn going_back_to_the_first_page_fetches_and_shows_it() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url);
            let post = PostPage::open(reader, path).await?;
            reader.cross("fr").await?;
            PostPage::showing(reader, &post.twin("fr")?).await?;
            reader.back().await?;
            PostPage::showing(reader, path).await?;
            assert_eq!(requests_for(reader, &data_path(path)).len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn who_comes_back_before_the_next_page_is_there_still_has_the_first() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url);
            let post = PostPage::open(reader, path).await?;
            let twin = post.twin("fr")?;
            reader.mark().await?;
            reader.server.fail(Where::Prefix(data_path(&twin)), Fault::Held);
            reader.crossing_link("fr").await?.click().await?;
            reader
                .until("the twin is on its way", |screen| {
                    screen.is_at(&twin) && !screen.is_live
                })
                .await?;
            reader.back().await?;
            PostPage::showing(reader, path).await?;
            reader.until_heading_has_focus().await?;
            assert!(reader.is_marked().await?);
            assert_eq!(requests_for(reader, &data_path(path)), Vec::<String>::new());
            reader.server.mend();
            reader.cross("fr").await?;
            PostPage::showing(reader, &twin).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn a_link_that_is_pointed_at_is_fetched_once_and_opens_without_another_request() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url).to_owned();
            let data = data_path(&path);
            ListPage::open(reader, "en", 1).await?;
            reader.server.forget();
            let link = reader.one(Role::Link, &folded(&item.title)).await?;
            reader
                .session
                .action_chain()
                .move_to_element_center(&link)
                .perform()
                .await?;
            until_requested(reader, &data).await?;
            assert!(Screen::of(reader).await?.is_live, "nothing is opened yet");
            link.click().await?;
            PostPage::showing(reader, &path).await?;
            assert_eq!(requests_for(reader, &data).len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_link_that_has_the_focus_is_fetched_and_a_click_joins_the_request_on_its_way() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
            let twin = post.twin("fr")?;
            let data = data_path(&twin);
            reader.server.fail(Where::Prefix(data.clone()), Fault::Held);
            let link = reader.crossing_link("fr").await?;
            reader
                .script("arguments[0].focus()", vec![link.to_json()?])
                .await?;
            reader.press(Key::Enter).await?;
            reader
                .until("the twin is on its way", |screen| {
                    screen.is_at(&twin) && !screen.is_live
                })
                .await?;
            reader.server.mend();
            PostPage::showing(reader, &twin).await?;
            assert_eq!(requests_for(reader, &data).len(), 1);
            Ok(())
        })
        .await
}

async fn until_requested(reader: &Reader, path: &str) -> Result<()> {
    wait::until(format!("{path} is asked for"), async || {
        Ok((!requests_for(reader, path).is_empty()).then_some(()))
    })
    .await
}

/// A browser whose reader asked it to save data.
const SAVE_DATA: &str = r#"
    Object.defineProperty(Object.getPrototypeOf(navigator.connection), "saveData", { get: () => true });
"#;

#[tokio::test]
async fn who_saves_data_gets_the_reader_with_the_first_link_they_use_and_nothing_ahead() -> Result<()> {
    Stage::demo()
        .only_in(
            Engine::Chromium,
            "the other drivers cannot put a script before those of a page",
        )
        .play(async |reader| {
            let source = json!({ "source": SAVE_DATA });
            reader
                .session
                .devtools("Page.addScriptToEvaluateOnNewDocument", source)
                .await?;
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url).to_owned();
            reader.load(&ListPage::path(reader, "en", 1)?).await?;
            let idle = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 300))";
            reader.session.execute_async(idle, Vec::<Value>::new()).await?;
            assert_eq!(requests_for(reader, ".wasm"), Vec::<String>::new());
            let link = reader.one(Role::Link, &folded(&item.title)).await?;
            reader
                .script("arguments[0].focus()", vec![link.to_json()?])
                .await?;
            reader.live().await?;
            reader
                .session
                .action_chain()
                .move_to_element_center(&link)
                .perform()
                .await?;
            reader.session.execute_async(idle, Vec::<Value>::new()).await?;
            assert_eq!(requests_for(reader, ".json"), ["/site.json"]);
            link.click().await?;
            PostPage::showing(reader, &path).await?;
            assert_eq!(
                requests_for(reader, ".json"),
                ["/site.json", data_path(&path).as_str()]
            );
            let main = reader.one(Role::Main, Name::Any).await?;
            assert!(main.is_displayed().await?);
            Ok(())
        })
        .await
}
