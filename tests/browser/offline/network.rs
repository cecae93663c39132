//! A network that is gone, hangs or lies, once the site has been read.

use super::*;

#[tokio::test]
async fn fault_01_a_server_that_is_gone_leaves_the_list_and_what_was_read() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (item, path) = has_read(reader, "fr").await?;
            reader.server.stop();
            reader.load(&path).await?;
            reader.one(Role::Heading, &folded(&item.title)).await?;
            for list in ["/fr/", "/en/"] {
                reader.load(list).await?;
                reader.live().await?;
                let words = reader.words().await?;
                reader.one(Role::Heading, words.all_posts).await?;
            }
            reader.server.restart()?;
            PostPage::open(reader, &path).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_02_the_first_visit_to_a_post_is_enough_for_the_home_page_offline() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (item, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            reader.server.stop();
            reader.load("/").await?;
            reader
                .until("the list is there", |screen| {
                    screen.is_live && screen.is_at("/en/")
                })
                .await?;
            is_told_unsaved(reader, reader.site.path(&other.url)).await?;
            reader.one(Role::Link, &folded(&item.title)).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_18_a_captive_portals_page_is_not_kept_and_what_is_kept_stays() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (item, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            let other = reader.site.path(&other.url).to_owned();
            let index = kept(reader, "/en/feed.json").await?;
            reader.server.fail(Where::Prefix("/".to_owned()), Fault::Html);
            reader.load(&path).await?;
            reader.one(Role::Heading, &folded(&item.title)).await?;
            // What is not kept is the portal's: there the reader logs in.
            reader.load(&other).await?;
            reader.one(Role::Heading, "Something else answered").await?;
            for path in [page_key(&other), &data_path(&other)] {
                ensure!(kept(reader, path).await?.is_none(), "{path} is kept");
            }
            ensure!(kept(reader, "/en/feed.json").await? == index);
            reader.server.mend();
            PostPage::open(reader, &other).await.map(drop)
        })
        .await
}
