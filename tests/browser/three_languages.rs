//! A blog in three languages: the crossing is a list.

use anyhow::Result;
use passerelle_tests::{
    pages::{ListPage, PostPage},
    roles::{self, Name, Role, folded},
    sites::Tree,
    stage::Stage,
};

fn stage() -> Stage {
    Stage::over(Tree::fixture("three-languages"))
}

#[tokio::test]
async fn the_crossing_lists_every_other_language_each_named_in_its_own() -> Result<()> {
    stage()
        .play(async |reader| {
            for (language, others) in [("en", ["es", "fr"]), ("fr", ["en", "es"]), ("es", ["en", "fr"])] {
                ListPage::open(reader, language, 1).await?;
                let crossing = reader.crossing().await?;
                roles::one(&reader.session, Some(&crossing), Role::List, Name::Any).await?;
                let links = roles::all(&reader.session, Some(&crossing), Role::Link, Name::Any).await?;
                assert_eq!(links.len(), others.len(), "{language}");
                for other in others {
                    let link = reader.crossing_link(other).await?;
                    assert_eq!(link.attr("hreflang").await?.as_deref(), Some(other));
                    assert_eq!(link.attr("lang").await?.as_deref(), Some(other));
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_in_three_languages_goes_round_and_ends_where_it_began() -> Result<()> {
    stage()
        .play(async |reader| {
            let item =
                crate::choose::post(&reader.site, "en", |item| item.passerelle.translations.len() == 2)?;
            let path = reader.site.path(&item.url);
            PostPage::open(reader, path).await?;
            reader.mark().await?;
            for next in ["fr", "es", "en"] {
                reader.cross(next).await?;
            }
            PostPage::showing(reader, path).await?;
            assert!(reader.is_marked().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_post_in_two_of_three_says_which_one_it_lacks() -> Result<()> {
    stage()
        .play(async |reader| {
            let item =
                crate::choose::post(&reader.site, "fr", |item| item.passerelle.translations.len() == 1)?;
            let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
            let banner = folded(&reader.one(Role::Banner, Name::Any).await?.text().await?);
            let note = post.words().no_translation;
            assert!(
                banner.contains(&folded(&format!("{}Español{}", note.before, note.after))),
                "{banner}"
            );
            assert!(
                !banner.contains(&folded(&format!("{}English", note.before))),
                "{banner}"
            );
            reader.cross("es").await?;
            ListPage::showing(reader, "es", 1).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn a_post_in_one_of_three_offers_both_other_lists() -> Result<()> {
    stage()
        .play(async |reader| {
            let item = crate::choose::untranslated(&reader.site, "es")?;
            for other in ["en", "fr"] {
                PostPage::open(reader, reader.site.path(&item.url)).await?;
                reader.cross(other).await?;
                ListPage::showing(reader, other, 1).await?;
            }
            Ok(())
        })
        .await
}
