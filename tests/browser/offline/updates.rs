//! Faults of a deploy: another worker, none, or one that takes the worker away.

use super::*;

#[tokio::test]
async fn fault_14_the_kill_switch_takes_the_worker_and_all_it_kept_away() -> Result<()> {
    stage()
        .play(async |reader| {
            let (_, path) = has_read(reader, "en").await?;
            reader
                .script("return caches.open('a stranger’s').then(() => null)", vec![])
                .await?;
            let switch = Fault::Changed(|_| bundle::kill_switch().unwrap_or_default());
            reader.server.fail(Where::Suffix("/sw.js".to_owned()), switch);
            reader.visit(&path).await?;
            wait::until("nothing is kept", async || {
                let names = reader.script("return caches.keys()", vec![]).await?;
                Ok((names == json!(["a stranger’s"])).then_some(()))
            })
            .await?;
            PostPage::open(reader, &path).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn fault_15_a_worker_that_is_no_longer_there_goes_on_serving() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            for fault in [
                Fault::Status(404),
                Fault::Changed(|_| "}".to_owned()),
                Fault::Html,
            ] {
                let (item, path) = has_read(reader, "en").await?;
                reader.server.fail(Where::Suffix("/sw.js".to_owned()), fault);
                reader.server.forget();
                reader.visit(&path).await?;
                until_asked_for(reader, "/sw.js").await?;
                ensure!(update(reader).await? == "refused", "{fault:?}");
                reader.server.stop();
                reader.load(&path).await?;
                reader.one(Role::Heading, &folded(&item.title)).await?;
                ensure!(workers(reader).await? == "activated", "{fault:?}");
                reader.server.restart()?;
                reader.server.mend();
            }
            Ok(())
        })
        .await
}
