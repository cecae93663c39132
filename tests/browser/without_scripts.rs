//! Without JavaScript: every page is HTML before any script runs, and crosses by its links.

use anyhow::Result;
use passerelle_tests::{
    pages::{ListPage, Screen},
    roles::{self, Name, Role, folded},
    stage::Stage,
};

use crate::choose;

#[tokio::test]
async fn the_list_can_be_read_and_paged() -> Result<()> {
    Stage::demo()
        .without_scripts()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let pages = reader.site.pages(language)?;
                reader.load(&ListPage::path(reader, language, 1)?).await?;
                for item in &pages[0].items {
                    reader.one(Role::Heading, &folded(&item.title)).await?;
                }
                assert_eq!(Screen::of(reader).await?.lang, language);
                reader
                    .one(Role::Link, reader.site.words(language)?.older)
                    .await?
                    .click()
                    .await?;
                for item in &pages[1].items {
                    reader.one(Role::Heading, &folded(&item.title)).await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_can_be_read_and_crossed_and_crossed_back() -> Result<()> {
    Stage::demo()
        .without_scripts()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url);
            let twin = reader.site.post(&item.passerelle.translations[0].url)?.item;
            reader.load(path).await?;
            assert!(!Screen::of(reader).await?.is_live, "no script has run");
            let body = reader.site.post(path)?.body;
            let article = folded(&reader.one(Role::Article, Name::Any).await?.text().await?);
            let words = folded(&content::render::body_text(&body));
            let beginning: String = words.split(' ').take(8).collect::<Vec<_>>().join(" ");
            assert!(article.contains(&beginning), "the body begins with: {beginning}");
            for (language, there) in [("fr", &twin), ("en", &item)] {
                reader.crossing_link(language).await?.click().await?;
                reader.one(Role::Heading, &folded(&there.title)).await?;
                assert_eq!(Screen::of(reader).await?.lang, language);
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_without_translation_says_so() -> Result<()> {
    Stage::demo()
        .without_scripts()
        .play(async |reader| {
            for (language, other) in choose::BOTH_WAYS {
                let item = choose::untranslated(&reader.site, language)?;
                reader.load(reader.site.path(&item.url)).await?;
                let banner = folded(&reader.one(Role::Banner, Name::Any).await?.text().await?);
                let note = reader.site.words(language)?.no_translation;
                let name = &reader.site.language(other)?.name;
                assert!(
                    banner.contains(&folded(&format!("{}{name}{}", note.before, note.after))),
                    "{banner}"
                );
                reader.crossing_link(other).await?.click().await?;
                reader
                    .one(Role::Heading, reader.site.words(other)?.all_posts)
                    .await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_root_and_an_address_that_leads_nowhere_offer_every_language() -> Result<()> {
    Stage::demo()
        .without_scripts()
        .play(async |reader| {
            reader.expect_complaint("404");
            for path in ["/", "/there-is-nothing-here/"] {
                for (language, _) in choose::BOTH_WAYS {
                    reader.load(path).await?;
                    let main = reader.one(Role::Main, Name::Any).await?;
                    let words = reader.site.words(language)?;
                    roles::one(&reader.session, Some(&main), Role::Link, words.all_posts)
                        .await?
                        .click()
                        .await?;
                    reader.one(Role::Heading, words.all_posts).await?;
                }
            }
            Ok(())
        })
        .await
}
