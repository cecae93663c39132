//! What is told beside the page: that the network is gone, that posts have come. Nothing moves for it.

use anyhow::{Result, ensure};
use content::index::Feed;
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, Notices, PostPage},
    roles::{self, Name, Role},
    server::{Fault, Where},
    stage::Stage,
    wait,
};

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
