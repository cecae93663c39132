//! The list, and a post from it.

use anyhow::{Context, Result};
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, PostPage},
    roles::{self, Name, Role, folded},
    server::{Fault, Where},
    stage::Stage,
    wait,
};
use serde_json::json;

use crate::choose;

#[tokio::test]
async fn the_list_shows_the_newest_posts_first_with_title_day_and_description() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let words = reader.site.words(language)?;
                let entries = ListPage::open(reader, language, 1).await?.entries().await?;
                let page = reader.site.pages(language)?.remove(0);
                assert_eq!(entries.len(), page.items.len(), "{language}");
                for (entry, item) in entries.iter().zip(&page.items) {
                    assert_eq!(entry.title, folded(&item.title));
                    assert_eq!(entry.path, reader.site.path(&item.url));
                    assert_eq!(entry.day, item.day());
                    assert_eq!(entry.date, folded(&words.day(&item.date_published)));
                    assert!(entry.text.contains(&folded(&item.content_text)), "{entry:?}");
                    assert_eq!(entry.has_picture, item.image.is_some(), "{entry:?}");
                }
                assert!(entries.is_sorted_by(|a, b| a.day >= b.day), "{entries:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_pages_of_the_list_have_urls_of_their_own_and_show_every_post_once() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let posts = reader.site.posts("en")?;
            let mut list = ListPage::open(reader, "en", 1).await?;
            reader.server.forget();
            let (mut page, mut seen) = (1, Vec::new());
            loop {
                seen.extend(list.entries().await?);
                match list.older(page).await? {
                    Some(older) => (list, page) = (older, page + 1),
                    None => break,
                }
            }
            assert!(page > 1, "the demo has more than one page");
            assert_eq!(reader.server.documents(), Vec::<String>::new());
            let paths: Vec<_> = seen.iter().map(|entry| entry.path.as_str()).collect();
            let expected: Vec<_> = posts.iter().map(|item| reader.site.path(&item.url)).collect();
            assert_eq!(paths, expected);

            let afresh = ListPage::open(reader, "en", page).await?.entries().await?;
            assert!(
                seen.ends_with(&afresh),
                "the URL of page {page} shows the same when it is loaded"
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_opens_from_the_list_without_a_reload() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let list = ListPage::open(reader, "en", 1).await?;
            reader.mark().await?;
            reader.server.forget();
            let post = list.open_post(reader.site.path(&item.url)).await?;
            assert!(reader.is_marked().await?);
            assert_eq!(reader.server.documents(), Vec::<String>::new());
            let body = content::render::render(&post.document.body).html;
            let words = content::render::plain_text(&body);
            let beginning: String = words.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
            assert!(
                post.text().await?.contains(&beginning),
                "the body begins with: {beginning}"
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_says_when_by_whom_and_how_long_reading_takes() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let item = choose::post(&reader.site, language, |item| !item.authors.is_empty())?;
                let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
                let (words, text) = (post.words(), post.text().await?);
                let authors: Vec<_> = item.authors.iter().map(|author| author.name.as_str()).collect();
                for part in [
                    words.day(&item.date_published),
                    (words.by)(&authors.join(", ")),
                    (words.reading_time)(item.passerelle.reading_minutes),
                ] {
                    assert!(text.contains(&folded(&part)), "{text} says: {part}");
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_day_is_the_authors_whatever_the_readers_time_zone() -> Result<()> {
    Stage::demo()
        .only_in(
            Engine::Chromium,
            "the other drivers cannot move a page to another time zone",
        )
        .play(async |reader| {
            let item = reader.site.posts("en")?.remove(0);
            let day = folded(&reader.site.words("en")?.day(&item.date_published));
            for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
                reader
                    .session
                    .devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }))
                    .await?;
                let entries = ListPage::open(reader, "en", 1).await?.entries().await?;
                assert_eq!(entries[0].date, day, "in {zone}");
                let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
                assert!(post.text().await?.contains(&day), "in {zone}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_main_image_is_shown_and_has_its_text() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let item = choose::post(&reader.site, language, |item| {
                    item.image.is_some() && !item.passerelle.image_text.is_empty()
                })?;
                let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
                let image = post.main_image().await?.context("the post has a main image")?;
                assert_eq!(
                    roles::computed_name(&image).await?,
                    folded(&item.passerelle.image_text)
                );
                wait::until("the image is there", async || {
                    Ok((image.prop("naturalWidth").await?.as_deref() > Some("0")).then_some(()))
                })
                .await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_leads_to_its_neighbours_and_back_to_the_list() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let newest = reader.site.posts("en")?.remove(0);
            let post = PostPage::open(reader, reader.site.path(&newest.url)).await?;
            assert!(post.document.next.is_none(), "nothing is newer than the newest");
            let words = post.words();
            reader.mark().await?;

            let older = post
                .document
                .previous
                .clone()
                .context("the demo has more than one post")?;
            let neighbours = reader.one(Role::Navigation, words.neighbours).await?;
            let names = roles::all(&reader.session, Some(&neighbours), Role::Link, Name::Any).await?;
            assert_eq!(names.len(), 1, "only the older neighbour");
            let name = Name::Has(format!("{} {}", words.previous_post, older.title));
            roles::one(&reader.session, Some(&neighbours), Role::Link, name)
                .await?
                .click()
                .await?;
            PostPage::showing(reader, reader.site.path(&older.url)).await?;

            let main = reader.one(Role::Main, Name::Any).await?;
            roles::one(&reader.session, Some(&main), Role::Link, words.all_posts)
                .await?
                .click()
                .await?;
            ListPage::showing(reader, "en", 1).await?;
            assert!(reader.is_marked().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_slow_post_says_that_it_is_on_its_way_and_then_comes() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let item = choose::translated(&reader.site, language)?;
                let path = reader.site.path(&item.url).to_owned();
                let words = reader.site.words(language)?;
                ListPage::open(reader, language, 1).await?;
                reader
                    .server
                    .fail(Where::Prefix(content::url::data_path(&path)), Fault::Held);
                reader
                    .one(Role::Link, &folded(&item.title))
                    .await?
                    .click()
                    .await?;
                wait::until("a status says that it is loading", async || {
                    for status in reader.all(Role::Status, Name::Any).await? {
                        if folded(&status.text().await?).contains(words.loading) {
                            return Ok(Some(()));
                        }
                    }
                    Ok(None)
                })
                .await?;
                reader.server.mend();
                PostPage::showing(reader, &path).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_that_comes_at_once_never_flashes_a_loading_message() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let list = ListPage::open(reader, "en", 1).await?;
            let watch = r#"
                window.flashed = [];
                window.left = Infinity;
                addEventListener("click", () => { window.left = performance.now(); }, true);
                // On a slow machine a post may take longer than the 200 ms after which it should be said.
                new MutationObserver(() => {
                    const isEarly = performance.now() - window.left < 200;
                    if (isEarly && document.body.innerText.includes(arguments[0])) window.flashed.push(arguments[0]);
                    if (document.querySelector("main")?.innerText.trim() === "") window.flashed.push("nothing");
                }).observe(document.body, { childList: true, subtree: true, characterData: true });
            "#;
            reader.script(watch, vec![reader.words().await?.loading.into()]).await?;
            list.open_post(reader.site.path(&item.url)).await?;
            assert_eq!(reader.script("return window.flashed", vec![]).await?, json!([]));
            Ok(())
        })
        .await
}
