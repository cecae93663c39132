//! What readers choose to keep: a post in all its languages, the whole blog, and the page that lists it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use content::{index::Item, url::data_path};
use passerelle_tests::{
    axe,
    browser::Engine,
    pages::{ListPage, Notices, PostPage, Reader, SavedPage},
    roles::{self, Name, Role, folded},
    server::{Fault, Where},
    sites::Tree,
    stage::Stage,
    wait,
};
use serde_json::json;

use crate::{
    choose,
    offline::{NO_QUOTA, expect_failed_requests, until_controlled},
};

/// Why a test of the browser's promise to keep what is stored cannot run in WebKit.
const NO_PROMISES: &str = "WebKitGTK has no `navigator.storage`";

fn stage() -> Stage {
    Stage::demo().with_worker()
}

/// A post of `language` with a translation and a picture, showing, with the worker there.
async fn open_post<'a>(reader: &'a Reader, language: &str) -> Result<PostPage<'a>> {
    let item = choose::post(&reader.site, language, |item| {
        !item.passerelle.translations.is_empty() && item.image.is_some()
    })?;
    reader.visit(reader.site.path(&item.url)).await?;
    until_controlled(reader).await?;
    PostPage::showing(reader, reader.site.path(&item.url)).await
}

/// Whether `told` is within 5 % of `used`.
fn is_close(told: u64, used: u64) -> bool {
    told.abs_diff(used) * 20 <= used
}

#[tokio::test]
async fn a_post_is_kept_in_all_its_languages_and_crossed_without_the_network() -> Result<()> {
    for (language, other) in choose::BOTH_WAYS {
        stage()
            .play(async |reader| {
                expect_failed_requests(reader);
                let post = open_post(reader, language).await?;
                let (path, twin) = (
                    reader.site.path(&post.document.item.url).to_owned(),
                    post.twin(other)?,
                );
                let title = folded(&post.document.item.title);
                post.keep().await?;
                let used = reader.bytes_kept().await?;
                let told = post.document.item.offline_bytes();
                ensure!(is_close(told, used), "told {told}, used {used}");

                reader.server.stop();
                reader.load(&path).await?;
                PostPage::showing(reader, &path).await?.until_kept().await?;
                reader.cross(other).await?;
                PostPage::showing(reader, &twin).await?.until_kept().await?;
                reader.cross(language).await?;
                let saved = SavedPage::follow(reader, language).await?;
                let posts = saved.until_there_are(1).await?;
                ensure!(posts[0].title == title && posts[0].path == path, "{posts:?}");
                SavedPage::open(reader, other).await?.until_there_are(1).await?;
                reader.server.restart()?;
                PostPage::open(reader, &path).await.map(drop)
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_post_that_is_asked_for_while_another_is_being_kept_is_kept_after_it() -> Result<()> {
    stage()
        .play(async |reader| {
            let post = open_post(reader, "en").await?;
            let words = post.words();
            let path = reader.site.path(&post.document.item.url).to_owned();
            let images = Where::Prefix("/images/".to_owned());
            reader.server.fail(images, Fault::Slow(Duration::from_secs(1)));
            post.keep_button().await?.click().await?;
            let footer = reader.one(Role::Contentinfo, Name::Any).await?;
            let to_the_list = roles::one(&reader.session, Some(&footer), Role::Link, words.all_posts).await?;
            to_the_list.click().await?;
            let list = ListPage::showing(reader, "en", 1).await?;
            let entries = list.entries().await?;
            let other = entries.iter().find(|entry| entry.path != path);
            let other = other.context("there is another post")?.path.clone();
            list.open_post(&other).await?.keep().await?;
            let kept = Notices::of(reader).said().await?;
            ensure!(kept.contains(&folded(words.is_saved)), "{kept:?}");
            PostPage::open(reader, &path).await?.until_kept().await
        })
        .await
}

#[tokio::test]
async fn a_kept_post_shows_its_pictures_without_the_network() -> Result<()> {
    Stage::over(Tree::demo().under("/blog/"))
        .with_worker()
        .play(async |reader| {
            expect_failed_requests(reader);
            let post = open_post(reader, "fr").await?;
            let twin = post.twin("en")?;
            post.keep().await?;
            reader.server.stop();
            reader.load(&twin).await?;
            let post = PostPage::showing(reader, &twin).await?;
            wait::until("the picture is there", async || {
                let Some(image) = post.main_image().await? else {
                    return Ok(None);
                };
                let script = "return arguments[0].complete && arguments[0].naturalWidth > 0";
                Ok((reader.script(script, vec![image.to_json()?]).await? == json!(true)).then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn the_action_to_keep_fits_the_room_that_was_left_for_it() -> Result<()> {
    for (language, _) in choose::BOTH_WAYS {
        stage()
            .sized(360, 640)
            .play(async |reader| {
                let post = open_post(reader, language).await?;
                post.keep_button().await?;
                let fits = r#"
                    const place = document.querySelector(".keep");
                    const empty = place.cloneNode(false);
                    place.after(empty);
                    return empty.offsetHeight === place.offsetHeight;
                "#;
                ensure!(reader.script(fits, vec![]).await? == json!(true));
                Ok(())
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn focus_stays_on_the_button_that_keeps_and_removes() -> Result<()> {
    stage()
        .play(async |reader| {
            let post = open_post(reader, "en").await?;
            let words = post.words();
            post.keep().await?;
            let button = reader.one(Role::Button, words.remove).await?;
            ensure!(reader.focused().await? == button);
            reader.press(thirtyfour::Key::Enter).await?;
            Notices::of(reader).until_not_said(words.is_saved).await?;
            ensure!(reader.focused().await? == button);
            ensure!(reader.bytes_kept().await? == 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_saved_is_removed_one_by_one_and_all_at_once() -> Result<()> {
    for (language, _) in choose::BOTH_WAYS {
        stage()
            .play(async |reader| {
                let words = reader.site.words(language)?;
                SavedPage::open(reader, language)
                    .await?
                    .until_it_says(words.nothing_saved)
                    .await?;
                let posts: Vec<Item> = reader.site.posts(language)?.into_iter().take(3).collect();
                for post in &posts {
                    PostPage::open(reader, reader.site.path(&post.url))
                        .await?
                        .keep()
                        .await?;
                }
                let saved = SavedPage::follow(reader, language).await?;
                let listed = saved.until_there_are(3).await?;
                let size = (words.size)(posts[0].offline_bytes());
                ensure!(
                    listed.iter().any(|post| post.text.contains(&folded(&size))),
                    "{listed:?}"
                );
                saved.remove(&listed[1].title).await?;
                reader.until_heading_has_focus().await?;
                let listed = saved.until_there_are(2).await?;
                ensure!(listed.iter().all(|post| post.lang == language), "{listed:?}");
                saved.press(words.remove_all).await?;
                saved.until_it_says(words.nothing_saved).await?;
                ensure!(reader.bytes_kept().await? == 0);
                Ok(())
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_whole_blog_is_kept_in_every_language_at_the_size_that_was_told() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            ListPage::open(reader, "fr", 1).await?;
            until_controlled(reader).await?;
            let saved = SavedPage::follow(reader, "fr").await?;
            saved.press(&saved.save_button(None)?).await?;
            let count = reader.site.posts("fr")?.len() + alone(reader, "en")?;
            saved.until_there_are(count).await?;
            let index = reader.site.index_bytes("en")? + reader.site.index_bytes("fr")?;
            let (told, used) = (
                reader.site.about.offline_bytes,
                reader.bytes_kept().await? + index,
            );
            ensure!(is_close(told, used), "told {told}, used {used}");
            reader.server.stop();
            for language in ["en", "fr"] {
                for post in reader.site.posts(language)? {
                    let path = reader.site.path(&post.url).to_owned();
                    reader.load(&path).await?;
                    PostPage::showing(reader, &path).await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_on_its_way_when_all_is_removed_does_not_stay() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let post = open_post(reader, "en").await?;
            post.keep().await?;
            let posts = reader.site.posts("en")?;
            let last = reader.site.path(&posts[posts.len() - 1].url);
            reader.server.fail(Where::Prefix(data_path(last)), Fault::Held);
            let words = reader.site.words("en")?;
            let saved = SavedPage::follow(reader, "en").await?;
            saved.press(&saved.save_button(Some("en"))?).await?;
            let all = u32::try_from(posts.len())?;
            saved.until_it_says(&(words.saved_of)(all - 1, all)).await?;
            saved.press(words.remove_all).await?;
            saved.until_it_says(words.nothing_saved).await?;
            reader.server.mend();
            reader.server.until_quiet().await;
            ensure!(reader.bytes_kept().await? == 0);
            Ok(())
        })
        .await
}

/// How many posts of `language` are in no other.
fn alone(reader: &Reader, language: &str) -> Result<usize> {
    let posts = reader.site.posts(language)?;
    Ok(posts
        .iter()
        .filter(|post| post.passerelle.translations.is_empty())
        .count())
}

#[tokio::test]
async fn keeping_the_whole_blog_goes_on_when_the_network_is_back_and_after_the_tab_was_closed() -> Result<()>
{
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            ListPage::open(reader, "en", 1).await?;
            until_controlled(reader).await?;
            let posts = reader.site.posts("en")?;
            // All but the last come; that one waits.
            let last = data_path(reader.site.path(&posts[posts.len() - 1].url));
            reader.server.fail(Where::Prefix(last.clone()), Fault::Held);
            let words = reader.site.words("en")?;
            let saved = SavedPage::follow(reader, "en").await?;
            saved.press(&saved.save_button(Some("en"))?).await?;
            let all = u32::try_from(posts.len())?;
            saved.until_it_says(&(words.saved_of)(all - 1, all)).await?;
            // The tab is closed, and another opened.
            reader.load("/404.html").await?;
            reader.server.mend();
            let saved = SavedPage::open(reader, "en").await?;
            saved.until_it_says(words.unfinished).await?;
            saved.press(words.go_on).await?;
            saved.until_there_are(posts.len()).await?;
            saved.until_it_says(words.save_blog).await?;
            reader
                .one(Role::Button, &saved.save_button(Some("en"))?)
                .await
                .map(drop)
        })
        .await
}

#[tokio::test]
async fn keeping_the_whole_blog_can_be_stopped_and_begun_again() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            ListPage::open(reader, "fr", 1).await?;
            until_controlled(reader).await?;
            let posts = reader.site.posts("fr")?;
            let first = data_path(reader.site.path(&posts[0].url));
            reader.server.fail(Where::Prefix(first), Fault::Held);
            let words = reader.site.words("fr")?;
            let saved = SavedPage::follow(reader, "fr").await?;
            saved.press(&saved.save_button(Some("fr"))?).await?;
            saved.press(words.stop).await?;
            reader.one(Role::Button, &saved.save_button(Some("fr"))?).await?;
            reader.server.mend();
            saved.press(&saved.save_button(Some("fr"))?).await?;
            saved.until_there_are(posts.len()).await?;
            reader.one(Role::Button, &saved.save_button(Some("fr"))?).await?;
            let saved = SavedPage::open(reader, "fr").await?;
            saved.until_there_are(posts.len()).await?;
            ensure!(!saved.text().await?.contains(&folded(words.unfinished)));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_device_without_room_says_so_and_reading_goes_on() -> Result<()> {
    for (language, other) in choose::BOTH_WAYS {
        stage()
            .only_in(Engine::Chromium, NO_QUOTA)
            .play(async |reader| {
                let post = open_post(reader, language).await?;
                let words = post.words();
                let button = post.keep_button().await?;
                let quota = json!({ "origin": reader.server.origin(), "quotaSize": 1000 });
                reader
                    .session
                    .devtools("Storage.overrideQuotaForOrigin", quota)
                    .await?;
                button.click().await?;
                Notices::of(reader).until_said(words.not_saved_full).await?;
                ensure!(reader.focused().await? == button);
                reader.cross(other).await?;
                PostPage::showing(reader, &post.twin(other)?).await.map(drop)
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_post_that_cannot_be_fetched_is_not_said_to_be_kept() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let post = open_post(reader, "en").await?;
            let words = post.words();
            let button = post.keep_button().await?;
            reader.server.stop();
            button.click().await?;
            Notices::of(reader).until_said(words.not_saved_network).await?;
            let said = Notices::of(reader).said().await?;
            ensure!(!said.contains(&folded(words.is_saved)), "{said:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_browser_that_does_not_promise_to_keep_is_told_of() -> Result<()> {
    for (language, _) in choose::BOTH_WAYS {
        stage()
            .never_in(Engine::WebKit, NO_PROMISES)
            .play(async |reader| {
                let post = open_post(reader, language).await?;
                let refuse = "StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => false";
                reader.script(refuse, vec![]).await?;
                post.keep().await?;
                let saved = SavedPage::follow(reader, language).await?;
                saved.until_it_says(post.words().saved_at_risk).await
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_browser_that_tells_nothing_of_its_storage_keeps_all_the_same() -> Result<()> {
    stage()
        .play(async |reader| {
            let post = open_post(reader, "en").await?;
            let none = "Object.defineProperty(navigator, 'storage', { value: undefined })";
            reader.script(none, vec![]).await?;
            post.keep().await?;
            let saved = SavedPage::follow(reader, "en").await?;
            saved.until_there_are(1).await?;
            let size = (post.words().size)(reader.bytes_kept().await?);
            saved
                .until_it_says(&((post.words().saved_total)(1, &size) + "."))
                .await
        })
        .await
}

#[tokio::test]
async fn a_promise_that_never_settles_holds_nothing_up() -> Result<()> {
    stage()
        .never_in(Engine::WebKit, NO_PROMISES)
        .play(async |reader| {
            let post = open_post(reader, "en").await?;
            let never = "StorageManager.prototype.persist = StorageManager.prototype.persisted = () => new Promise(() => {})";
            reader.script(never, vec![]).await?;
            post.keep().await.map(drop)
        })
        .await
}

#[tokio::test]
async fn what_was_deleted_under_the_reader_is_not_said_to_be_kept() -> Result<()> {
    stage()
        .play(async |reader| {
            let post = open_post(reader, "fr").await?;
            let path = reader.site.path(&post.document.item.url).to_owned();
            let twin = post.twin("en")?;
            post.keep().await?;
            let delete = "return caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => null)";
            reader.script(delete, vec![]).await?;
            reader.cross("en").await?;
            PostPage::showing(reader, &twin).await?;
            reader.cross("fr").await?;
            let post = PostPage::showing(reader, &path).await?;
            post.keep_button().await.map(drop)
        })
        .await
}

/// The paths of the posts in whose entries `word` stands.
async fn marked(list: &ListPage<'_>, word: &str) -> Result<Vec<String>> {
    let entries = list.entries().await?;
    let marked = entries.into_iter().filter(|entry| entry.text.contains(word));
    Ok(marked.map(|entry| entry.path).collect())
}

#[tokio::test]
async fn posts_that_open_offline_are_marked_in_the_list_while_the_network_is_gone() -> Result<()> {
    for (language, _) in choose::BOTH_WAYS {
        stage()
            .play(async |reader| {
                expect_failed_requests(reader);
                let post = open_post(reader, language).await?;
                post.keep().await?;
                let path = reader.site.path(&post.document.item.url).to_owned();
                let word = folded(reader.site.words(language)?.opens_offline);
                let list = ListPage::open(reader, language, 1).await?;
                ensure!(marked(&list, &word).await?.is_empty());
                reader.server.stop();
                let list = ListPage::open(reader, language, 1).await?;
                wait::until("it is marked", async || {
                    Ok((marked(&list, &word).await? == [path.as_str()]).then_some(()))
                })
                .await?;
                reader.server.restart()?;
                let list = ListPage::showing(reader, language, 1).await?;
                wait::until("no post is marked", async || {
                    Ok(marked(&list, &word).await?.is_empty().then_some(()))
                })
                .await
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_page_of_what_is_saved_fits_a_small_window_and_axe_finds_nothing() -> Result<()> {
    let test = "the page of what is saved";
    for (language, _) in choose::BOTH_WAYS {
        stage()
            .sized(320, 640)
            .play(async |reader| {
                open_post(reader, language).await?.keep().await?;
                let saved = SavedPage::follow(reader, language).await?;
                saved.until_there_are(1).await?;
                let wide = "return document.documentElement.scrollWidth > innerWidth";
                ensure!(reader.script(wide, vec![]).await? == json!(false));
                let large = "return [...document.querySelectorAll('main button')].every(button => button.offsetHeight >= 44)";
                ensure!(reader.script(large, vec![]).await? == json!(true));
                if let Some(source) = axe::source(test)? {
                    axe::check(reader, &source, test).await?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn without_scripts_the_page_of_what_is_saved_says_what_it_needs() -> Result<()> {
    for (language, other) in choose::BOTH_WAYS {
        Stage::demo()
            .without_scripts()
            .play(async |reader| {
                let words = reader.site.words(language)?;
                reader.load(&reader.site.language(language)?.saved_url()).await?;
                reader.one(Role::Heading, words.saved).await?;
                let main = reader.one(Role::Main, Name::Any).await?;
                ensure!(folded(&main.text().await?).contains(&folded(words.saved_needs)));
                reader.crossing_link(other).await?.click().await?;
                reader
                    .one(Role::Heading, reader.site.words(other)?.saved)
                    .await
                    .map(drop)
            })
            .await?;
    }
    Ok(())
}
