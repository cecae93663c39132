//! Answers of the server that must not be kept, or not be taken for what they are not.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use content::url::data_path;
use passerelle_tests::{
    pages::{ListPage, Notices, PostPage, ProblemPage},
    roles::{Role, folded},
    server::{Fault, Server, Where},
    sites::{Site, Tree},
    stage::Stage,
    wait,
};
use serde_json::json;

use super::{
    another, blog, does_not_come, expect_refused_connections, has_read, is_told_unsaved, kept, keys,
    open_the_list, page_key, reads, stage, until_asked_for, until_controlled, until_kept,
};
use crate::choose;

/// What comes in the place of an index.
const NO_INDEXES: [Fault; 6] = [
    Fault::Half,
    Fault::Short,
    Fault::Changed(|_| String::new()),
    Fault::Changed(|_| r#"{"login": "required"}"#.to_owned()),
    Fault::Changed(|json| json.replace("\"version\":1", "\"version\":4000")),
    Fault::Changed(|json| format!("{json}{}", " ".repeat(50_000_000))),
];

#[tokio::test]
async fn fault_20_what_is_no_index_does_not_replace_the_one_that_is_kept() -> Result<()> {
    stage()
        .play(async |reader| {
            reader.expect_complaint("net::ERR_CONTENT_LENGTH_MISMATCH");
            let (_, path) = has_read(reader, "en").await?;
            let index = kept(reader, "/en/feed.json").await?;
            for fault in NO_INDEXES {
                reader
                    .server
                    .fail(Where::Suffix("/en/feed.json".to_owned()), fault);
                reader.server.forget();
                PostPage::open(reader, &path).await?;
                open_the_list(reader).await?;
                ListPage::showing(reader, "en", 1).await?;
                until_asked_for(reader, "/en/feed.json").await?;
                ensure!(kept(reader, "/en/feed.json").await? == index, "{fault:?}");
            }
            PostPage::open(reader, &path).await?;
            open_the_list(reader).await?;
            ListPage::showing(reader, "en", 1).await?;
            ensure!(kept(reader, "/en/feed.json").await? == index);
            Ok(())
        })
        .await?;
    // On the first visit there is none that is kept.
    stage()
        .play(async |reader| {
            reader
                .server
                .fail(Where::Suffix("/en/feed.json".to_owned()), Fault::Half);
            let item = choose::translated(&reader.site, "en")?;
            reader.visit(reader.site.path(&item.url)).await?;
            until_controlled(reader).await?;
            open_the_list(reader).await?;
            let words = reader.site.words("en")?;
            let page = ProblemPage::showing(reader, words.broken_data).await?;
            ensure!(kept(reader, "/en/feed.json").await?.is_none());
            reader.server.mend();
            page.try_again().await?.click().await?;
            ListPage::showing(reader, "en", 1).await?;
            until_kept(reader, "/en/feed.json").await
        })
        .await
}

#[tokio::test]
async fn fault_21_a_post_that_is_not_there_is_not_kept_and_shows_when_it_is() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_refused_connections(reader);
            reader.expect_complaint("status of 404");
            let (_, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            let other = reader.site.path(&other.url).to_owned();
            let place = Where::Prefix(page_key(&other).to_owned());
            reader.server.fail(place, Fault::Missing);
            reader.load(&other).await?;
            let words = reader.site.words("en")?;
            ProblemPage::showing(reader, words.unknown_post).await?;
            reader.server.stop();
            is_told_unsaved(reader, &other).await?;
            for path in [page_key(&other), &data_path(&other)] {
                ensure!(kept(reader, path).await?.is_none(), "{path} is kept");
            }
            reader.server.mend();
            reader.server.restart()?;
            PostPage::open(reader, &other).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_23_a_picture_of_another_site_is_not_kept() -> Result<()> {
    let demo = Site::of(&Tree::demo())?;
    let other = Server::start(&demo)?;
    let item = choose::post(&demo, "en", |item| item.image.is_some())?;
    let image = item.image.unwrap_or_default();
    let image = demo.path(&image).to_owned();
    let text = format!("![A picture]({}{image})\n", other.origin());
    let tree = blog("pictures", &[("en/a.md".to_owned(), post("A post", &text))])?;
    Stage::over(tree)
        .with_worker()
        .play(async |reader| {
            reads(reader, "/en/a/").await?;
            other.forget();
            reader.visit("/en/a/").await?;
            wait::until("the picture is shown", async || {
                let shown = "return document.querySelector('article img')?.naturalWidth > 0";
                Ok((reader.script(shown, vec![]).await? == json!(true)).then_some(()))
            })
            .await?;
            let kept = keys(reader).await?;
            ensure!(!kept.iter().any(|key| key.ends_with(&image)), "{kept:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_29_a_part_of_a_file_is_the_servers_and_is_not_kept() -> Result<()> {
    stage()
        .play(async |reader| {
            let (_, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            let other = reader.site.path(&other.url).to_owned();
            for file in [data_path(&path), data_path(&other)] {
                let script = "return fetch(arguments[0], { headers: { range: 'bytes=10-19' } })
                    .then(async (answer) => [answer.status, await answer.text()])";
                let (status, part): (u16, String) =
                    serde_json::from_value(reader.script(script, vec![json!(file)]).await?)?;
                ensure!(status == 206 && part.len() == 10, "{status}: {part}");
            }
            ensure!(kept(reader, &data_path(&other)).await?.is_none());
            let whole = kept(reader, &data_path(&path)).await?;
            ensure!(whole.is_some_and(|text| text.len() > 100));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_30_what_is_no_page_comes_as_it_is_or_not_at_all() -> Result<()> {
    const FILES: [&str; 3] = ["/en/feed.json", "/manifest.webmanifest", "/robots.txt"];
    stage()
        .play(async |reader| {
            expect_refused_connections(reader);
            // What is no page has no icon of its own.
            reader.expect_complaint("/favicon.ico");
            let (item, path) = has_read(reader, "en").await?;
            for file in FILES {
                reader.load(file).await?;
                let kind = reader.script("return document.contentType", vec![]).await?;
                ensure!(kind != json!("text/html"), "{file} is {kind}");
            }
            reader.server.stop();
            for file in FILES {
                does_not_come(reader, file).await?;
            }
            reader.load(&path).await?;
            reader.one(Role::Heading, &folded(&item.title)).await?;
            for file in ["/en/none/index.json", "/none.png"] {
                reader.expect_complaint(&format!("{file} - Failed to load resource: net::ERR_FAILED"));
            }
            let failed = "return Promise.all([
                fetch('/en/none/index.json').then(() => 'came', () => 'failed'),
                new Promise((resolve) => {
                    const image = new Image();
                    image.onload = () => resolve('came');
                    image.onerror = () => resolve('failed');
                    image.src = '/none.png';
                }),
            ])";
            let failed = reader.script(failed, vec![]).await?;
            ensure!(failed == json!(["failed", "failed"]), "{failed}");
            Ok(())
        })
        .await
}

/// A post of this title and text.
pub(super) fn post(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-01-01\n---\n\n{text}\n")
}

/// Two posts, of which the second is in this version.
pub(super) fn blog_of_two(name: &str, second: &str) -> Result<Arc<Site>> {
    Site::of(&tree_of_two(name, second)?)
}

/// The tree of [`blog_of_two`].
pub(super) fn tree_of_two(name: &str, second: &str) -> Result<Tree> {
    let posts = [
        ("en/one.md", "One", "The first post."),
        ("en/two.md", "Two", second),
    ];
    let posts = posts.map(|(path, title, text)| (path.to_owned(), post(title, text)));
    blog(name, &posts)
}

#[tokio::test]
async fn fault_33_a_post_that_was_edited_meanwhile_is_kept_with_its_index_or_not_at_all() -> Result<()> {
    Stage::over(tree_of_two("before-the-edit", "As it was written.")?)
        .with_worker()
        .play(async |reader| {
            reads(reader, "/en/one/").await?;
            ListPage::open(reader, "en", 1).await?;
            reader.site = blog_of_two("after-the-edit", "As it was edited.")?;
            reader.server.deploy(&reader.site);
            reader.server.forget();
            let post = ListPage::showing(reader, "en", 1)
                .await?
                .open_post("/en/two/")
                .await?;
            ensure!(post.text().await?.contains("As it was edited."));
            until_kept(reader, "/en/two/index.json").await?;
            let asked = reader.server.requests();
            let asked = asked.iter().filter(|it| it.path == "/en/feed.json").count();
            ensure!(asked == 1, "the index was asked for {asked} times");
            let item = reader
                .site
                .posts("en")?
                .into_iter()
                .find(|item| item.title == "Two");
            let revision = item
                .and_then(|item| item.passerelle.revision)
                .context("a revision")?;
            let index = kept(reader, "/en/feed.json").await?.unwrap_or_default();
            ensure!(index.contains(&revision), "the index is the older");
            let words = reader.site.words("en")?;
            Notices::of(reader).until_said(words.new_posts).await
        })
        .await?;
    // Another server of the host has the older post still.
    Stage::over(tree_of_two("after-the-edit", "As it was edited.")?)
        .with_worker()
        .play(async |reader| {
            reads(reader, "/en/one/").await?;
            reader.server.fail(
                Where::Prefix("/en/two/".to_owned()),
                Fault::Changed(|file| file.replace("edited", "written")),
            );
            reader.visit("/en/two/").await?;
            reader.server.forget();
            let list = ListPage::open(reader, "en", 1).await?;
            list.open_post("/en/two/").await?;
            until_asked_for(reader, "/en/feed.json").await?;
            for path in ["/en/two", "/en/two/index.json"] {
                ensure!(kept(reader, path).await?.is_none(), "{path} is kept");
            }
            reader.server.mend();
            reads(reader, "/en/two/").await
        })
        .await
}
