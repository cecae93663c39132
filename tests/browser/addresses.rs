//! URLs: the root, a base path, addresses that lead nowhere.

use anyhow::Result;
use passerelle_tests::{
    pages::{ListPage, PostPage, ProblemPage, Screen},
    server::{Fault, Where},
    sites::Tree,
    stage::Stage,
    wait,
};

use crate::choose;

#[tokio::test]
async fn the_root_goes_to_the_first_language_of_the_browser_that_the_site_has() -> Result<()> {
    for (preferred, language) in [("fr-CA,en", "fr"), ("de,en-GB,fr", "en")] {
        Stage::demo()
            .preferring(preferred)
            .play(async |reader| {
                reader.load("/").await?;
                ListPage::showing(reader, language, 1).await.map(drop)
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_root_goes_to_the_default_language_when_the_browser_knows_none_of_the_sites() -> Result<()> {
    Stage::demo()
        .preferring("ja,de")
        .play(async |reader| {
            reader.load("/").await?;
            let default = reader.site.about.default_language.clone();
            ListPage::showing(reader, default.as_str(), 1).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn the_root_goes_to_the_language_that_was_chosen_whatever_the_browser_prefers() -> Result<()> {
    Stage::demo()
        .preferring("en-CA,en")
        .play(async |reader| {
            ListPage::open(reader, "en", 1).await?;
            reader.cross("fr").await?;
            reader.load("/").await?;
            ListPage::showing(reader, "fr", 1).await?;
            reader.cross("en").await?;
            reader.load("/").await?;
            ListPage::showing(reader, "en", 1).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn the_root_is_no_step_of_the_history() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            ListPage::open(reader, "en", 2).await?;
            reader.load("/").await?;
            ListPage::showing(reader, "en", 1).await?;
            reader.back().await?;
            ListPage::showing(reader, "en", 2).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn a_site_under_a_base_path_is_read_and_crossed_below_it() -> Result<()> {
    Stage::over(Tree::demo().under("/blog/"))
        .preferring("fr-CA,fr")
        .play(async |reader| {
            reader.load("/blog/").await?;
            let list = ListPage::showing(reader, "fr", 1).await?;
            let item = choose::translated(&reader.site, "fr")?;
            let path = reader.site.path(&item.url).to_owned();
            assert!(path.starts_with("/blog/"), "{path}");
            let post = list.open_post(&path).await?;
            reader.cross("en").await?;
            PostPage::showing(reader, &post.twin("en")?).await?;
            reader.back().await?;
            PostPage::showing(reader, &path).await?;
            let outside: Vec<_> = reader
                .server
                .requests()
                .into_iter()
                .filter(|request| !request.path.starts_with("/blog/") && request.path != "/favicon.ico")
                .collect();
            assert_eq!(outside, vec![]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so_in_its_language_and_leads_to_the_list() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            // The page itself is answered with 404, and so is the post that it might have been.
            reader.expect_complaint("404");
            for (language, _) in choose::BOTH_WAYS {
                let words = reader.site.words(language)?;
                reader
                    .load(&format!("/{language}/there-is-nothing-here/"))
                    .await?;
                let page = ProblemPage::showing(reader, words.unknown_post).await?;
                let screen = Screen::of(reader).await?;
                assert_eq!(screen.lang, language);
                assert!(screen.title.contains(words.unknown_post), "{screen:?}");
                page.way_to_the_list().await?.click().await?;
                ListPage::showing(reader, language, 1).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_page_of_the_list_that_is_not_there_says_so_and_leads_to_the_list() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            reader.expect_complaint("404");
            let words = reader.site.words("fr")?;
            reader.load("/fr/page/999/").await?;
            let page = ProblemPage::showing(reader, words.not_found).await?;
            page.way_to_the_list().await?.click().await?;
            ListPage::showing(reader, "fr", 1).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn a_post_opens_with_or_without_the_last_slash() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "fr")?;
            let path = reader.site.path(&item.url);
            PostPage::open(reader, path.trim_end_matches('/')).await?;
            PostPage::open(reader, &format!("{path}index.html"))
                .await
                .map(drop)
        })
        .await
}

#[tokio::test]
async fn an_earlier_url_of_a_post_leads_to_where_it_is_now() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            // The demo's welcome gives this as its alias.
            reader.load("/hello/").await?;
            PostPage::showing(reader, "/en/welcome/").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn a_host_that_has_a_page_in_the_place_of_a_posts_data_leads_to_the_page_of_the_post() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            let path = reader.site.path(&item.url);
            let list = ListPage::open(reader, "en", 1).await?;
            reader
                .server
                .fail(Where::Prefix(content::url::data_path(path)), Fault::Html);
            reader.server.forget();
            list.follow(path).await?;
            PostPage::showing(reader, path).await?;
            wait::until("the page was loaded, once", async || {
                Ok((reader.server.documents() == [path]).then_some(()))
            })
            .await
        })
        .await
}
