//! What is told beside the page: that the network is gone, that posts have come. Nothing moves for it.

use anyhow::{Result, ensure};
use content::index::Feed;
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, Notices, PostPage, Reader},
    roles::{self, Name, Role},
    server::{Fault, Where},
    stage::Stage,
    wait,
};
use serde_json::json;

use crate::{
    choose,
    offline::{expect_failed_requests, has_read},
};

#[tokio::test]
async fn a_network_that_is_gone_is_told_quietly_until_it_is_back() -> Result<()> {
    for (language, _) in choose::BOTH_WAYS {
        Stage::demo()
            .with_worker()
            .play(async |reader| {
                expect_failed_requests(reader);
                let (_, path) = has_read(reader, language).await?;
                let said = reader.site.words(language)?.no_network;
                Notices::of(reader).until_not_said(said).await?;
                reader.server.stop();
                reader.load(&path).await?;
                Notices::of(reader).until_said(said).await?;
                reader.server.restart()?;
                Notices::of(reader).until_not_said(said).await?;
                PostPage::showing(reader, &path).await.map(drop)
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_browser_that_says_that_it_is_offline_is_believed() -> Result<()> {
    Stage::demo()
        .only_in(
            Engine::Chromium,
            "the other drivers cannot cut the network off the device",
        )
        .play(async |reader| {
            ListPage::open(reader, "en", 1).await?;
            let notices = Notices::of(reader);
            let said = reader.site.words("en")?.no_network;
            reader.session.set_offline(true).await?;
            notices.until_said(said).await?;
            reader.session.set_offline(false).await?;
            notices.until_not_said(said).await
        })
        .await
}

/// A feed without its first post. What is no feed stays as it is.
fn without_newest(json: String) -> String {
    let Ok(mut feed) = serde_json::from_str::<Feed>(&json) else {
        return json;
    };
    feed.items.remove(0);
    serde_json::to_string(&feed).unwrap_or(json)
}

#[tokio::test]
async fn new_posts_are_told_and_shown_when_the_reader_wants_them() -> Result<()> {
    for (language, _) in choose::BOTH_WAYS {
        Stage::demo()
            .with_worker()
            .play(async |reader| {
                let feed = Where::Suffix(format!("/{language}/feed.json"));
                reader.server.fail(feed, Fault::Changed(without_newest));
                has_read(reader, language).await?;
                let newest = reader.site.posts(language)?.swap_remove(0);
                reader.server.mend();
                let words = reader.site.words(language)?;
                let footer = reader.one(Role::Contentinfo, Name::Any).await?;
                roles::one(&reader.session, Some(&footer), Role::Link, words.all_posts)
                    .await?
                    .click()
                    .await?;
                let list = ListPage::showing(reader, language, 1).await?;
                let notices = Notices::of(reader);
                notices.until_said(words.new_posts).await?;
                let is_listed = async || -> Result<bool> {
                    let entries = list.entries().await?;
                    Ok(entries
                        .iter()
                        .any(|entry| entry.path == reader.site.path(&newest.url)))
                };
                ensure!(!is_listed().await?, "nothing moves by itself");
                ensure!(notices.buttons_are_large().await?);
                notices.act(words.show_new_posts).await?;
                wait::until("the new post is listed", async || {
                    Ok(is_listed().await?.then_some(()))
                })
                .await?;
                notices.until_not_said(words.new_posts).await?;
                reader.until_heading_has_focus().await
            })
            .await?;
    }
    Ok(())
}

/// As if the worker had told of new posts in `language`.
async fn tell_of_new_posts(reader: &Reader, language: &str) -> Result<()> {
    let script = "const data = { type: 'index', key: `/${arguments[0]}/feed.json`, hasNew: true };
        navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data }))";
    reader.script(script, vec![json!(language)]).await.map(drop)
}

#[tokio::test]
async fn who_dismisses_a_notice_is_not_left_without_a_place() -> Result<()> {
    Stage::demo()
        .with_worker()
        .play(async |reader| {
            has_read(reader, "en").await?;
            tell_of_new_posts(reader, "en").await?;
            let words = reader.site.words("en")?;
            Notices::of(reader).until_said(words.new_posts).await?;
            Notices::of(reader).act(words.dismiss).await?;
            Notices::of(reader).until_not_said(words.new_posts).await?;
            reader.until_heading_has_focus().await
        })
        .await
}

#[tokio::test]
async fn nothing_at_the_end_of_a_page_is_under_what_is_told() -> Result<()> {
    const COVERED: &str = "scrollTo(0, document.documentElement.scrollHeight);
        return [...document.querySelectorAll('footer a')].filter((link) => {
            const { left, top, width, height } = link.getBoundingClientRect();
            return !link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }).map((link) => link.textContent)";
    for (language, _) in choose::BOTH_WAYS {
        Stage::demo()
            .with_worker()
            .sized(320, 568)
            .only_in(Engine::Chromium, "the windows of this engine are not so narrow")
            .play(async |reader| {
                expect_failed_requests(reader);
                let (_, path) = has_read(reader, language).await?;
                let words = reader.site.words(language)?;
                reader.server.stop();
                let is_free_of = async |by: &str| {
                    let covered = reader.script(COVERED, vec![]).await?;
                    ensure!(covered == json!([]), "{covered} under {by}");
                    Ok(())
                };
                let notices = Notices::of(reader);
                reader.load(&path).await?;
                notices.until_said(words.no_network).await?;
                is_free_of("the mark").await?;
                tell_of_new_posts(reader, language).await?;
                notices.until_said(words.new_posts).await?;
                is_free_of("what tells of posts").await?;
                let newer = "navigator.serviceWorker.dispatchEvent(new Event('controllerchange'))";
                reader.script(newer, vec![]).await?;
                notices.until_said(words.new_version).await?;
                notices.until_not_said(words.new_posts).await?;
                is_free_of("what tells of a version").await
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn nothing_that_is_told_is_printed() -> Result<()> {
    Stage::demo()
        .with_worker()
        .only_in(
            Engine::Chromium,
            "the other drivers show no page as it is printed",
        )
        .play(async |reader| {
            has_read(reader, "en").await?;
            tell_of_new_posts(reader, "en").await?;
            let words = reader.site.words("en")?;
            Notices::of(reader).until_said(words.new_posts).await?;
            let seen = "return ['.notice', '.keep-action', '.crossing', 'article p'].filter((selector) =>
                document.querySelector(selector).checkVisibility())";
            ensure!(
                reader.script(seen, vec![]).await?
                    == json!([".notice", ".keep-action", ".crossing", "article p"])
            );
            let print = json!({ "media": "print" });
            reader
                .session
                .devtools("Emulation.setEmulatedMedia", print)
                .await?;
            ensure!(reader.script(seen, vec![]).await? == json!(["article p"]));
            Ok(())
        })
        .await
}
