//! Answers of the server that must not be kept, or not be taken for what they are not.

use super::*;

#[tokio::test]
async fn fault_21_a_post_that_is_not_there_is_not_kept_and_shows_when_it_is() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            let (_, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            let other = reader.site.path(&other.url).to_owned();
            reader
                .server
                .fail(Where::Prefix(page_key(&other).to_owned()), Fault::Status(404));
            reader.load(&other).await?;
            reader.one(Role::Heading, "Something else answered").await?;
            ensure!(kept(reader, page_key(&other)).await?.is_none());
            reader.server.mend();
            PostPage::open(reader, &other).await.map(drop)
        })
        .await
}
