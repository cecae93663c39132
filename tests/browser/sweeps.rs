//! Every post of real blogs: opened from the list as a reader opens it, crossed, and crossed back.

use std::{collections::HashSet, time::Duration};

use anyhow::{Context, Result};
use content::url::path_key;
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, PostPage, Reader},
    sites::Tree,
    stage::Stage,
};

/// The pictures of these blogs are not beside their posts.
const NO_PICTURES: &str = "Failed to load resource: the server responded with a status of 404";

/// What a sweep met.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sweep {
    opened: usize,
    crossed: usize,
}

#[tokio::test]
async fn every_post_of_jekyll_2018_opens_from_the_english_list_and_crosses_there_and_back() -> Result<()> {
    Stage::over(Tree::corpus("jekyll-2018"))
        .play(async |reader| {
            reader.expect_complaint(NO_PICTURES);
            let sweep = cross_every_post(reader, "en", "fr").await?;
            println!("{sweep:?}");
            assert_eq!(sweep.opened, sweep.crossed, "all have their translation");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_post_of_jekyll_2018_opens_from_the_french_list_and_crosses_there_and_back() -> Result<()> {
    Stage::over(Tree::corpus("jekyll-2018"))
        .play(async |reader| {
            reader.expect_complaint(NO_PICTURES);
            let sweep = cross_every_post(reader, "fr", "en").await?;
            println!("{sweep:?}");
            assert_eq!(sweep.opened, sweep.crossed, "all have their translation");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn all_nine_posts_of_jekyll_2017_cross_there_and_back() -> Result<()> {
    Stage::over(Tree::corpus("jekyll-2017"))
        .play(async |reader| {
            reader.expect_complaint(NO_PICTURES);
            for (language, other) in crate::choose::BOTH_WAYS {
                let sweep = cross_every_post(reader, language, other).await?;
                assert_eq!(
                    sweep,
                    Sweep {
                        opened: 9,
                        crossed: 9
                    }
                );
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn all_three_posts_of_two_domains_cross_there_and_back_on_one() -> Result<()> {
    Stage::over(Tree::corpus("jekyll-2017-two-domains"))
        .play(async |reader| {
            reader.expect_complaint(NO_PICTURES);
            for (language, other) in crate::choose::BOTH_WAYS {
                let sweep = cross_every_post(reader, language, other).await?;
                assert_eq!(
                    sweep,
                    Sweep {
                        opened: 3,
                        crossed: 3
                    }
                );
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_english_post_of_hugo_2023_opens_and_offers_its_translation() -> Result<()> {
    offer_their_translations("en", "fr").await
}

#[tokio::test]
async fn every_french_post_of_hugo_2023_opens_and_offers_its_translation() -> Result<()> {
    offer_their_translations("fr", "en").await
}

async fn offer_their_translations(language: &str, other: &str) -> Result<()> {
    Stage::over(Tree::corpus("hugo-2023"))
        .play(async |reader| {
            reader.expect_complaint(NO_PICTURES);
            let mut seen = HashSet::new();
            let mut untranslated = 0;
            walk(reader, language, CHANGES, async |post| {
                seen.insert(post.document.item.url.clone());
                reads(&post).await?;
                match post.twin(other) {
                    Ok(twin) => assert_eq!(way_across(reader, other).await?, path_key(&twin)),
                    Err(_) => untranslated += 1,
                }
                Ok(())
            })
            .await?;
            assert_eq!(seen.len(), reader.site.posts(language)?.len());
            assert_eq!(
                untranslated, 1,
                "the one whose key differs from its twin's by a letter"
            );
            Ok(())
        })
        .await
}

/// Opens every post of the list in `language`, page by page; crosses, where there is a translation, and back.
async fn cross_every_post(reader: &Reader, language: &str, other: &str) -> Result<Sweep> {
    let mut sweep = Sweep::default();
    walk(reader, language, 3 * CHANGES, async |post| {
        sweep.opened += 1;
        reads(&post).await?;
        let Ok(twin) = post.twin(other) else { return Ok(()) };
        cross(reader, other).await?;
        let across = PostPage::showing(reader, &twin).await?;
        reads(&across).await?;
        cross(reader, language).await?;
        PostPage::showing(reader, reader.site.path(&post.document.item.url)).await?;
        sweep.crossed += 1;
        Ok(())
    })
    .await?;
    assert_eq!(
        sweep.opened,
        reader.site.posts(language)?.len(),
        "every post is in the list"
    );
    Ok(sweep)
}

/// How often a post that is opened changes the history: the reader enters it, and notes how far the page before was
/// scrolled.
pub const CHANGES: u32 = 2;

/// How long so many changes of the history must take: beyond so many in ten seconds, Chromium drops them and WebKit refuses
/// them. No person is so quick. Chromium counts going back, too, and drops what is beyond 200: for two changes there is one.
pub fn pace(engine: Engine, changes: u32) -> Duration {
    let most = match engine {
        Engine::Chromium => 120,
        Engine::Firefox => 190,
        Engine::WebKit => 90,
    };
    Duration::from_secs(10) / most * changes
}

/// Opens the posts of every page of the list one after the other, by their links, and comes back to the list by the
/// browser's own way back. Nothing of it loads a document. So often does a visit change the history.
async fn walk(
    reader: &Reader,
    language: &str,
    changes: u32,
    mut visit: impl AsyncFnMut(PostPage<'_>) -> Result<()>,
) -> Result<()> {
    let pages = reader.site.pages(language)?;
    ListPage::open(reader, language, 1).await?;
    reader.mark().await?;
    for (page, feed) in (1..).zip(&pages) {
        for item in &feed.items {
            let pace = tokio::time::sleep(pace(reader.session.engine(), changes));
            let path = reader.site.path(&item.url);
            follow(reader, path).await?;
            let post = PostPage::showing(reader, path).await?;
            visit(post).await.with_context(|| path.to_owned())?;
            until_back_on(reader, language, page).await?;
            pace.await;
        }
        if usize::try_from(page)? < pages.len() {
            ListPage::showing(reader, language, page)
                .await?
                .older(page)
                .await?
                .context("there is an older page")?;
        }
    }
    assert!(reader.is_marked().await?, "the whole walk loads no document");
    Ok(())
}

/// Goes back, as often as the walk went forward, until the page of the list is showing.
async fn until_back_on(reader: &Reader, language: &str, page: u32) -> Result<()> {
    let list = ListPage::path(reader, language, page)?;
    let steps = reader
        .script("return history.length", vec![])
        .await?
        .as_u64()
        .unwrap_or_default();
    for _ in 0..=steps {
        let before = passerelle_tests::pages::Screen::of(reader).await?;
        if before.is_at(&list) {
            return ListPage::showing(reader, language, page).await.map(drop);
        }
        reader.back().await?;
        reader
            .until("the history has moved", |screen| screen.path != before.path)
            .await?;
    }
    anyhow::bail!("going back does not lead to {list}")
}

/// Follows the link of the list to `path`. Found by where it leads and not by its name, which the tests of the list
/// look at: some thousand links are followed here.
async fn follow(reader: &Reader, path: &str) -> Result<()> {
    let script = r#"
        const here = url => decodeURI(new URL(url, location).pathname).replace(/\/$/, "");
        const links = [...document.querySelectorAll("main h2 a")];
        const link = links.find(link => here(link.href) === here(arguments[0]));
        link?.click();
        return link !== undefined;
    "#;
    let found = reader.script(script, vec![path.into()]).await?;
    anyhow::ensure!(found == serde_json::json!(true), "the list does not show {path}");
    Ok(())
}

/// Crosses by the link that has the other language's tag, as [`follow`] follows.
async fn cross(reader: &Reader, language: &str) -> Result<()> {
    let script =
        "const link = document.querySelector(`header nav a[hreflang='${arguments[0]}']`); link?.click();
        return link !== null";
    let found = reader.script(script, vec![language.into()]).await?;
    anyhow::ensure!(found == serde_json::json!(true), "there is no way to {language}");
    Ok(())
}

/// Where the crossing to `language` leads.
async fn way_across(reader: &Reader, language: &str) -> Result<String> {
    let script = "return document.querySelector(`header nav a[hreflang='${arguments[0]}']`)?.pathname";
    let path = reader.script(script, vec![language.into()]).await?;
    Ok(path_key(path.as_str().unwrap_or_default()))
}

/// The body has something to read, and nothing of the machinery that made it.
async fn reads(post: &PostPage<'_>) -> Result<()> {
    let text = post.text().await?;
    let title = passerelle_tests::roles::folded(&post.document.item.title);
    let rest = text.trim_start_matches(title.as_str());
    assert!(
        rest.split(' ').count() > 20,
        "{} says only: {text}",
        post.document.item.url
    );
    for raw in ["{{<", "{{%", "{% ", "{:.", "<p>"] {
        assert!(!text.contains(raw), "{} shows {raw}", post.document.item.url);
    }
    Ok(())
}
