//! What a worker says that it keeps is kept, what it shows is not stale for long, and nobody waits for it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use content::url::data_path;
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, Notices, PostPage, SavedPage},
    roles::{self, Name, Role, folded},
    server::{Fault, Where},
    sites::Tree,
    stage::Stage,
    wait,
};

use crate::{
    choose,
    offline::{NO_TABS, blog, expect_failed_requests, until_controlled, until_kept},
    updates,
};

#[tokio::test]
async fn nothing_is_held_up_while_the_first_worker_keeps_what_is_open() -> Result<()> {
    Stage::demo()
        .with_worker()
        .play(async |reader| {
            expect_failed_requests(reader);
            let path = reader
                .site
                .path(&choose::translated(&reader.site, "en")?.url)
                .to_owned();
            let worker = Where::Suffix("/sw.js".to_owned());
            reader.server.fail(worker, Fault::Slow(Duration::from_secs(1)));
            reader.visit(&path).await?;
            // The page came; the worker, which comes later, asks for it again and gets no answer.
            reader.server.fail(Where::Prefix(path), Fault::Held);
            until_controlled(reader).await?;
            ListPage::open(reader, "en", 1).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn pages_of_others_at_the_same_origin_are_not_asked_for_again() -> Result<()> {
    Stage::over(Tree::demo().under("/blog/"))
        .with_worker()
        .never_in(Engine::WebKit, NO_TABS)
        .play(async |reader| {
            expect_failed_requests(reader);
            reader.load("/shop/confirm").await?;
            let ours = reader.session.new_tab().await?;
            reader.session.switch_to_window(ours).await?;
            let path = reader
                .site
                .path(&choose::translated(&reader.site, "en")?.url)
                .to_owned();
            reader.visit(&path).await?;
            until_controlled(reader).await?;
            until_kept(reader, &data_path(&path)).await?;
            let asked = reader.server.requests();
            let times = asked
                .iter()
                .filter(|request| request.path == "/shop/confirm")
                .count();
            ensure!(times == 1, "it was asked for {times} times");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_that_came_wrong_is_wanted_still_when_the_whole_blog_is_kept() -> Result<()> {
    Stage::demo()
        .with_worker()
        .play(async |reader| {
            expect_failed_requests(reader);
            ListPage::open(reader, "en", 1).await?;
            until_controlled(reader).await?;
            let posts = reader.site.posts("en")?;
            let one = data_path(reader.site.path(&posts[1].url));
            reader.server.fail(Where::Prefix(one), Fault::Status(429));
            let words = reader.site.words("en")?;
            let saved = SavedPage::follow(reader, "en").await?;
            saved.press(&saved.save_button(Some("en"))?).await?;
            saved.until_it_says(words.unfinished).await?;
            saved.until_it_says(words.not_saved_missing).await?;
            saved.until_there_are(posts.len() - 1).await?;
            reader.server.mend();
            saved.press(words.go_on).await?;
            saved.until_there_are(posts.len()).await?;
            reader
                .one(Role::Button, &saved.save_button(Some("en"))?)
                .await
                .map(drop)
        })
        .await
}

#[tokio::test]
async fn the_whole_blog_is_not_begun_again_because_one_post_could_not_be_kept() -> Result<()> {
    Stage::demo()
        .with_worker()
        .play(async |reader| {
            expect_failed_requests(reader);
            ListPage::open(reader, "en", 1).await?;
            until_controlled(reader).await?;
            let posts = reader.site.posts("en")?;
            let words = reader.site.words("en")?;
            // Wanted, and left before anything came.
            reader
                .server
                .fail(Where::Prefix("/en/feed".to_owned()), Fault::Held);
            let saved = SavedPage::follow(reader, "en").await?;
            saved.press(&saved.save_button(Some("en"))?).await?;
            reader.one(Role::Button, words.stop).await?;
            reader.load("/404.html").await?;
            reader.server.mend();
            let saved = SavedPage::open(reader, "en").await?;
            saved.until_it_says(words.unfinished).await?;

            let path = reader
                .site
                .path(&choose::translated(&reader.site, "en")?.url)
                .to_owned();
            let post = PostPage::open(reader, &path).await?;
            let button = post.keep_button().await?;
            reader.server.stop();
            button.click().await?;
            Notices::of(reader).until_said(words.not_saved_network).await?;
            Notices::of(reader).until_said(words.no_network).await?;
            reader.server.restart()?;
            reader.server.forget();
            Notices::of(reader).until_not_said(words.no_network).await?;
            reader.server.until_quiet().await;
            let others: Vec<_> = posts
                .iter()
                .map(|item| data_path(reader.site.path(&item.url)))
                .filter(|data| *data != data_path(&path))
                .filter(|data| {
                    reader
                        .server
                        .requests()
                        .iter()
                        .any(|request| request.path == *data)
                })
                .collect();
            ensure!(others.is_empty(), "{others:?} were asked for");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_that_was_edited_is_told_of_whatever_page_of_the_list_it_is_on() -> Result<()> {
    updates::play("edited-on-a-later-page", async |reader, deployed| {
        expect_failed_requests(reader);
        ListPage::open(reader, "en", 1).await?;
        until_controlled(reader).await?;
        let words = reader.site.words("en")?;
        let first = ListPage::showing(reader, "en", 1).await?;
        let list = first.older(1).await?.context("the list has two pages")?;
        let path = list.entries().await?[0].path.clone();
        list.open_post(&path).await?;
        until_kept(reader, &data_path(&path)).await?;

        // The app remembers what it has fetched; one that is started anew asks the worker.
        let newer = reader.site.post(&path)?.next.context("it is not the newest")?;
        let newer = PostPage::open(reader, reader.site.path(&newer.url)).await?;
        reader.server.until_quiet().await;
        deployed.change_post("en", &path, "Edited meanwhile.")?;
        let open_older = async || {
            let neighbours = reader.one(Role::Navigation, words.neighbours).await?;
            let name = Name::Has(words.previous_post.to_owned());
            let link = roles::one(&reader.session, Some(&neighbours), Role::Link, name).await?;
            // From under the notice.
            link.scroll_into_view().await?;
            link.click().await?;
            PostPage::showing(reader, &path).await
        };
        open_older().await?;
        Notices::of(reader).until_said(words.new_posts).await?;
        reader.back().await?;
        PostPage::showing(reader, reader.site.path(&newer.document.item.url)).await?;
        let post = open_older().await?;
        wait::until("the edited text is there", async || {
            Ok(post.text().await?.contains("Edited meanwhile.").then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn a_kept_post_that_gains_a_picture_stays_kept() -> Result<()> {
    updates::play("gains-a-picture", async |reader, deployed| {
        expect_failed_requests(reader);
        ListPage::open(reader, "en", 1).await?;
        until_controlled(reader).await?;
        let posts = reader.site.posts("en")?;
        // The index that the device has lists the first page alone.
        let item = posts.iter().rev().find(|item| item.image.is_none());
        let item = item.context("every post has a picture")?;
        let path = reader.site.path(&item.url).to_owned();
        PostPage::open(reader, &path).await?.keep().await?;
        let picture = posts.iter().find_map(|item| item.image.clone());
        deployed.change_document("en", &path, |document| document.item.image = picture)?;
        PostPage::open(reader, &path).await?;
        reader.server.until_quiet().await;
        let saved = SavedPage::open(reader, "en").await?;
        let there = saved.until_there_are(1).await?;
        ensure!(there[0].title == folded(&item.title), "{there:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_did_not_come_whole_can_be_removed() -> Result<()> {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>".to_owned();
    let post = "---\ntitle: Two pictures\nlang: en\ndate: 2024-01-01\nimage: /images/a.svg\nimage-alt: A\n---\n\
                ![B](/images/b.svg)\n";
    let tree = blog(
        "two-pictures",
        &[
            ("en/two-pictures.md".to_owned(), post.to_owned()),
            ("images/a.svg".to_owned(), picture.clone()),
            ("images/b.svg".to_owned(), picture),
        ],
    )?;
    Stage::over(tree)
        .with_worker()
        .play(async |reader| {
            expect_failed_requests(reader);
            ListPage::open(reader, "en", 1).await?;
            until_controlled(reader).await?;
            reader
                .server
                .fail(Where::Suffix("/b.svg".to_owned()), Fault::Status(503));
            let post = PostPage::open(reader, "/en/two-pictures/").await?;
            let words = post.words();
            post.keep_button().await?.click().await?;
            Notices::of(reader).until_said(words.not_saved_missing).await?;
            let saved = SavedPage::follow(reader, "en").await?;
            saved.until_it_says(words.nothing_saved).await?;
            ensure!(reader.bytes_kept().await? > 0, "nothing came at all");
            saved.press(words.remove_all).await?;
            wait::until("nothing stays", async || {
                Ok((reader.bytes_kept().await? == 0).then_some(()))
            })
            .await
        })
        .await
}
