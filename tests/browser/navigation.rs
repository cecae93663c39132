//! Moving about in the reader: focus, scroll, title, history, and the links inside posts.

use std::fs;

use anyhow::{Context, Result, ensure};
use content::{post::PostDocument, url::path_key};
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, PostPage, Reader},
    roles::{self, Name, Role, folded},
    sites::Tree,
    stage::Stage,
    wait,
};
use serde_json::json;
use thirtyfour::{Key, WebElement};

use crate::{
    choose,
    offline::{NO_TABS, blog},
};

#[tokio::test]
async fn the_focus_goes_to_the_heading_of_each_new_page() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let list = ListPage::open(reader, "en", 1).await?;
            let post = list.open_post(reader.site.path(&item.url)).await?;
            reader.until_heading_has_focus().await?;
            reader.cross("fr").await?;
            PostPage::showing(reader, &post.twin("fr")?).await?;
            reader.until_heading_has_focus().await?;
            ListPage::open(reader, "en", 1)
                .await?
                .older(1)
                .await?
                .context("there is an older page")?;
            reader.until_heading_has_focus().await
        })
        .await
}

#[tokio::test]
async fn every_page_has_a_title_and_a_language_of_its_own() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let site = reader.site.language(language)?.title.clone();
                let words = reader.site.words(language)?;
                let item = choose::translated(&reader.site, language)?;
                let list = ListPage::open(reader, language, 1).await?;
                expect_title(reader, language, &format!("{} – {site}", words.all_posts)).await?;
                list.open_post(reader.site.path(&item.url)).await?;
                expect_title(reader, language, &format!("{} – {site}", item.title)).await?;
                ListPage::open(reader, language, 2).await?;
                expect_title(
                    reader,
                    language,
                    &format!("{} – {site}", (words.all_posts_page)(2)),
                )
                .await?;
            }
            Ok(())
        })
        .await
}

async fn expect_title(reader: &Reader, language: &str, title: &str) -> Result<()> {
    reader
        .until(&format!("the title is \"{title}\", in {language}"), |screen| {
            folded(&screen.title) == folded(title) && screen.lang == language && screen.dir == "ltr"
        })
        .await
        .map(drop)
}

#[tokio::test]
async fn back_and_forward_lead_to_where_one_was_on_the_page() -> Result<()> {
    Stage::demo()
        .sized(800, 500)
        .play(async |reader| {
            let item = choose::post(&reader.site, "en", |item| item.passerelle.reading_minutes > 1)?;
            let path = reader.site.path(&item.url);
            ListPage::open(reader, "en", 1).await?;
            reader.mark().await?;
            let was = scroll_to(reader, 300).await?;
            // By keyboard: a pointer's click would first scroll the link into view.
            let link = reader.one(Role::Link, &folded(&item.title)).await?;
            reader
                .script("arguments[0].click()", vec![link.to_json()?])
                .await?;
            PostPage::showing(reader, path).await?;
            until_scrolled(reader, 0).await?;
            let in_post = scroll_to(reader, 200).await?;

            reader.back().await?;
            ListPage::showing(reader, "en", 1).await?;
            until_scrolled(reader, was).await?;
            reader.forward().await?;
            PostPage::showing(reader, path).await?;
            until_scrolled(reader, in_post).await?;
            assert!(reader.is_marked().await?, "history moves without a reload");
            Ok(())
        })
        .await
}

/// Scrolls there and gives where that is.
async fn scroll_to(reader: &Reader, y: i64) -> Result<i64> {
    reader
        .script(
            "window.scrollTo({ top: arguments[0], behavior: 'instant' })",
            vec![y.into()],
        )
        .await?;
    let there = reader.scrolled().await?;
    assert_eq!(there, y, "the page is long enough to scroll");
    // The reader notes the place when scrolling ends; two frames are enough for the event to have come.
    let frames =
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
    reader.session.execute_async(frames, Vec::new()).await?;
    Ok(there)
}

async fn until_scrolled(reader: &Reader, y: i64) -> Result<()> {
    wait::until(format!("the page is scrolled to {y}"), async || {
        let now = reader.scrolled().await?;
        ensure!((now - y).abs() <= 2, "it is at {now}");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn a_link_in_a_post_to_another_post_opens_it_without_a_reload() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let leads_on =
                    |post: &PostDocument| post.body.links.iter().any(|link| link.language.is_none());
                let document = choose::document(&reader.site, language, leads_on)?;
                let post = PostPage::open(reader, reader.site.path(&document.item.url)).await?;
                let own = document.body.links.iter().find(|link| link.language.is_none());
                let target = own.context("it has such a link")?.url.clone();
                reader.mark().await?;
                link_to(reader, &post, &target).await?.click().await?;
                PostPage::showing(reader, &target).await?;
                assert!(reader.is_marked().await?);
                reader.until_heading_has_focus().await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_link_to_a_post_in_another_language_says_so() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, other) in choose::BOTH_WAYS {
                let leads_across =
                    |post: &PostDocument| post.body.links.iter().any(|link| link.language.is_some());
                let document = choose::document(&reader.site, language, leads_across)?;
                let post = PostPage::open(reader, reader.site.path(&document.item.url)).await?;
                let across = document.body.links.iter().find(|link| link.language.is_some());
                let target = across.context("it has such a link")?.url.clone();
                let link = link_to(reader, &post, &target).await?;
                assert_eq!(link.attr("hreflang").await?.as_deref(), Some(other));
                let said = reader.site.language(other)?.name.to_lowercase();
                let name = roles::computed_name(&link).await?;
                assert!(name.to_lowercase().contains(&said), "\"{name}\" says \"{said}\"");
                reader.mark().await?;
                link.click().await?;
                PostPage::showing(reader, &target).await?;
                assert!(reader.is_marked().await?);
                assert_eq!(reader.language().await?.primary(), other);
            }
            Ok(())
        })
        .await
}

/// The link of the post's article that leads to `target`.
async fn link_to(reader: &Reader, post: &PostPage<'_>, target: &str) -> Result<WebElement> {
    let article = post.article().await?;
    for link in roles::all(&reader.session, Some(&article), Role::Link, Name::Any).await? {
        if path_key(&link.prop("pathname").await?.unwrap_or_default()) == path_key(target) {
            return Ok(link);
        }
    }
    anyhow::bail!("no link of {} leads to {target}", post.document.item.url)
}

#[tokio::test]
async fn a_link_opened_with_the_control_key_opens_another_tab() -> Result<()> {
    Stage::demo()
        .never_in(Engine::WebKit, NO_TABS)
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            ListPage::open(reader, "en", 1).await?;
            let link = reader.one(Role::Link, &folded(&item.title)).await?;
            reader
                .session
                .action_chain()
                .key_down(Key::Control)
                .click_element(&link)
                .key_up(Key::Control)
                .perform()
                .await?;
            wait::until("there are two tabs", async || {
                Ok((reader.session.windows().await?.len() == 2).then_some(()))
            })
            .await?;
            ListPage::showing(reader, "en", 1).await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_first_tab_stop_skips_to_the_main_part() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "fr")?;
            let path = reader.site.path(&item.url);
            PostPage::open(reader, path).await?;
            reader.mark().await?;
            reader.press(Key::Tab).await?;
            let link = reader.focused().await?;
            let words = reader.words().await?;
            assert_eq!(roles::computed_name(&link).await?, folded(words.skip_link));
            assert!(link.rect().await?.y >= 0.0, "it is seen when it has the focus");
            reader.press(Key::Enter).await?;
            wait::until("the focus is in the main part", async || {
                let script = "return document.activeElement.matches('main, main *')";
                Ok((reader.script(script, vec![]).await? == json!(true)).then_some(()))
            })
            .await?;
            PostPage::showing(reader, path).await?;
            assert!(reader.is_marked().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_fragment_leads_to_its_heading_when_the_post_is_loaded() -> Result<()> {
    Stage::demo()
        .sized(800, 500)
        .play(async |reader| {
            let item = choose::post(&reader.site, "en", |item| item.passerelle.reading_minutes > 1)?;
            let path = reader.site.path(&item.url);
            PostPage::open(reader, path).await?;
            let script = "return [...document.querySelectorAll('article :is(h2, h3)[id]')].map(h => h.id)";
            let ids: Vec<String> = serde_json::from_value(reader.script(script, vec![]).await?)?;
            let id = ids.get(1).context("the post has two headings with ids")?;
            reader.load("/404.html").await?;
            reader.visit(&format!("{path}#{id}")).await?;
            PostPage::showing(reader, path).await?;
            wait::until(format!("the heading #{id} is at the top"), async || {
                let script = "return document.getElementById(arguments[0]).getBoundingClientRect().top";
                let top = reader.script(script, vec![id.as_str().into()]).await?;
                let top = top.as_f64().context("a number")?;
                ensure!((-1.0..=120.0).contains(&top), "it is at {top}");
                Ok(Some(()))
            })
            .await?;
            reader.expect_complaint("404");
            Ok(())
        })
        .await
}

/// Posts of which the first leads to places in the other and in a page that is nobody's post.
fn tree_with_places() -> Result<Tree> {
    let one = "[To the team](/team/#people), [to the fold](/en/two/#folded), [nowhere](#nowhere)";
    let two = "<details><summary>More</summary>\n\n## Folded\n\nThe end.\n\n</details>";
    let lines = "A line.\n\n".repeat(60);
    let files = [
        (
            "en/one.md",
            format!("---\ntitle: One\ndate: 2024-01-01\n---\n{one}\n\n{lines}"),
        ),
        (
            "en/two.md",
            format!("---\ntitle: Two\ndate: 2024-01-02\n---\n{lines}{two}\n"),
        ),
    ];
    blog("places", &files.map(|(path, text)| (path.to_owned(), text)))
}

#[tokio::test]
async fn a_link_to_a_place_in_a_page_that_is_not_the_blogs_loads_that_page() -> Result<()> {
    const TEAM: &str = "<!doctype html><html lang=en><title>The team</title>\
                        <link rel=icon href=/assets/icons/favicon.svg><h1>The team</h1><h2 id=people>People</h2>";
    Stage::over(tree_with_places()?)
        .play(async |reader| {
            let folder = reader.site.root.join("team");
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("index.html"), TEAM)?;
            // The reader looks for a post first.
            reader.expect_complaint("/team/index.json");
            PostPage::open(reader, "/en/one/").await?;
            reader.one(Role::Link, "To the team").await?.click().await?;
            reader.one(Role::Heading, "The team").await?;
            let at = reader.session.current_url().await?;
            ensure!(at.path() == "/team/" && at.fragment() == Some("people"), "{at}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_link_to_a_place_that_is_folded_away_unfolds_it() -> Result<()> {
    Stage::over(tree_with_places()?)
        .sized(800, 500)
        .play(async |reader| {
            PostPage::open(reader, "/en/one/").await?;
            reader.one(Role::Link, "to the fold").await?.click().await?;
            PostPage::showing(reader, "/en/two/").await?;
            wait::until("the heading has the focus, in the window", async || {
                let script = "const { top, bottom } = document.activeElement.getBoundingClientRect();
                    return [document.activeElement.textContent, top >= 0 && bottom > top && bottom <= innerHeight]";
                let at = reader.script(script, vec![]).await?;
                ensure!(at == json!(["Folded", true]), "{at}");
                Ok(Some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn a_link_to_a_place_that_is_not_there_moves_nothing() -> Result<()> {
    Stage::over(tree_with_places()?)
        .sized(800, 500)
        .play(async |reader| {
            PostPage::open(reader, "/en/one/").await?;
            let scrolled = scroll_to(reader, 30).await?;
            reader.one(Role::Link, "nowhere").await?.click().await?;
            wait::until("the URL names the place", async || {
                let at = reader.session.current_url().await?;
                Ok(at
                    .fragment()
                    .is_some_and(|place| place.ends_with("nowhere"))
                    .then_some(()))
            })
            .await?;
            ensure!(reader.scrolled().await? == scrolled, "it is scrolled");
            Ok(())
        })
        .await
}
