//! To the other language and back: the heart of the reader.

use anyhow::Result;
use passerelle_tests::{
    pages::{ListPage, PostPage, ProblemPage, Reader},
    roles::{self, Name, Role, folded},
    stage::Stage,
};
use thirtyfour::Key;

use crate::choose;

#[tokio::test]
async fn the_crossing_is_a_link_named_by_the_other_language_in_that_language() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, other) in choose::BOTH_WAYS {
                let item = choose::translated(&reader.site, language)?;
                let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
                let link = reader.crossing_link(other).await?;
                assert_eq!(link.tag_name().await?, "a");
                assert_eq!(link.attr("lang").await?.as_deref(), Some(other));
                assert_eq!(link.attr("hreflang").await?.as_deref(), Some(other));
                assert_eq!(link.prop("pathname").await?, Some(post.twin(other)?));
                assert_eq!(post.document.item.language.as_str(), language);
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_crossing_stands_in_the_same_place_on_every_page() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            reader.expect_complaint("404");
            for (language, other) in choose::BOTH_WAYS {
                let translated = choose::translated(&reader.site, language)?;
                let untranslated = choose::untranslated(&reader.site, language)?;
                let mut places = Vec::new();
                for path in [
                    ListPage::path(reader, language, 1)?,
                    ListPage::path(reader, language, 2)?,
                    reader.site.path(&translated.url).to_owned(),
                    reader.site.path(&untranslated.url).to_owned(),
                    format!("/{language}/there-is-nothing-here/"),
                ] {
                    reader.visit(&path).await?;
                    let place = reader.crossing_link(other).await?.rect().await?;
                    places.push((path, place.x.round(), place.y.round()));
                }
                let same = places
                    .iter()
                    .all(|(_, x, y)| (*x, *y) == (places[0].1, places[0].2));
                assert!(same, "{places:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_crosses_to_its_translation_and_back_without_a_reload() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url);
            let post = PostPage::open(reader, path).await?;
            reader.mark().await?;
            reader.server.forget();
            let screen = reader.cross("fr").await?;
            assert!(screen.is_at(&post.twin("fr")?), "{screen:?}");
            assert_eq!((screen.lang.as_str(), screen.dir.as_str()), ("fr", "ltr"));
            PostPage::showing(reader, &post.twin("fr")?).await?;
            let words = reader.site.words("fr")?;
            reader.one(Role::Navigation, words.languages).await?;
            reader.one(Role::Navigation, words.neighbours).await?;
            let screen = reader.cross("en").await?;
            assert!(screen.is_at(path), "{screen:?}");
            PostPage::showing(reader, path).await?;
            assert!(reader.is_marked().await?);
            assert_eq!(reader.server.documents(), Vec::<String>::new());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_post_of_the_demo_says_truly_whether_it_can_be_crossed() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, other) in choose::BOTH_WAYS {
                for item in reader.site.posts(language)? {
                    let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
                    if item.passerelle.translations.is_empty() {
                        says_that_there_is_none(reader, other).await?;
                    } else {
                        says_nothing_of_the_kind(reader).await?;
                        let link = reader.crossing_link(other).await?;
                        assert_eq!(link.prop("pathname").await?, Some(post.twin(other)?));
                    }
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_without_translation_says_so_and_offers_the_other_list() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, other) in choose::BOTH_WAYS {
                let item = choose::untranslated(&reader.site, language)?;
                PostPage::open(reader, reader.site.path(&item.url)).await?;
                says_that_there_is_none(reader, other).await?;
                reader.mark().await?;
                reader.cross(other).await?;
                ListPage::showing(reader, other, 1).await?;
                assert!(reader.is_marked().await?);
            }
            Ok(())
        })
        .await
}

/// The note stands in the page, in its language, and describes the link to the other list.
async fn says_that_there_is_none(reader: &Reader, other: &str) -> Result<()> {
    let words = reader.words().await?;
    let language = reader.site.language(other)?;
    let around = words.no_translation;
    let note = folded(&format!("{}{}{}", around.before, language.name, around.after));
    let banner = reader.one(Role::Banner, Name::Any).await?;
    assert!(
        folded(&banner.text().await?).contains(&note),
        "the header says: {note}"
    );
    let link = reader.crossing_link(other).await?;
    assert_eq!(
        link.prop("pathname").await?.as_deref(),
        Some(reader.site.path(&language.url))
    );
    let described = "return (arguments[0].getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)
        .map(id => document.getElementById(id).textContent).join(' ')";
    let description = reader.script(described, vec![link.to_json()?]).await?;
    assert_eq!(folded(description.as_str().unwrap_or_default()), note);
    Ok(())
}

async fn says_nothing_of_the_kind(reader: &Reader) -> Result<()> {
    let banner = reader.one(Role::Banner, Name::Any).await?;
    let before = folded(reader.words().await?.no_translation.before);
    assert!(!folded(&banner.text().await?).contains(&before));
    Ok(())
}

#[tokio::test]
async fn a_list_crosses_to_the_other_list_and_back() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            ListPage::open(reader, "fr", 1).await?;
            reader.mark().await?;
            reader.cross("en").await?;
            ListPage::showing(reader, "en", 1).await?;
            reader.cross("fr").await?;
            ListPage::showing(reader, "fr", 1).await?;
            assert!(reader.is_marked().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_page_that_is_not_there_crosses_to_the_other_list() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            reader.expect_complaint("404");
            reader.load("/fr/there-is-nothing-here/").await?;
            ProblemPage::showing(reader, reader.site.words("fr")?.unknown_post).await?;
            reader.cross("en").await?;
            ListPage::showing(reader, "en", 1).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn the_language_that_was_crossed_to_stays_over_a_reload() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
            reader.cross("fr").await?;
            let twin = post.twin("fr")?;
            reader.reload().await?;
            PostPage::showing(reader, &twin).await?;
            assert_eq!(reader.language().await?.primary(), "fr");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn back_after_crossing_leads_to_the_language_one_came_from() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url);
            let post = PostPage::open(reader, path).await?;
            reader.cross("fr").await?;
            PostPage::showing(reader, &post.twin("fr")?).await?;
            reader.back().await?;
            PostPage::showing(reader, path).await?;
            assert_eq!(reader.language().await?.primary(), "en");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_crossing_is_reached_and_used_by_keyboard_alone() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
            let name = reader.site.language("fr")?.name.clone();
            // Skip link, title of the blog, crossing: it is among the first stops of every page.
            for _ in 0..4 {
                reader.press(Key::Tab).await?;
                if roles::computed_name(&reader.focused().await?).await? == name {
                    reader.press(Key::Enter).await?;
                    PostPage::showing(reader, &post.twin("fr")?).await?;
                    return reader.until_heading_has_focus().await;
                }
            }
            anyhow::bail!("the crossing is not among the first four tab stops")
        })
        .await
}
