//! Faults while the worker comes: a file of the shell that is missing, damaged or none of ours.

use super::*;

#[tokio::test]
async fn fault_03_a_file_that_is_not_there_leaves_no_worker_until_it_is() -> Result<()> {
    fails_to_install(Fault::Status(404)).await
}

#[tokio::test]
async fn fault_04_a_file_that_fails_at_first_is_kept_only_when_it_is_right() -> Result<()> {
    fails_to_install(Fault::Status(500)).await
}

#[tokio::test]
async fn fault_05_a_file_that_breaks_off_is_not_kept() -> Result<()> {
    fails_to_install(Fault::Broken).await?;
    fails_to_install(Fault::Half).await
}

/// With a file of the shell at fault there is no worker; without, the next visit brings it.
async fn fails_to_install(fault: Fault) -> Result<()> {
    stage()
        .play(async |reader| {
            expect_failed_requests(reader);
            reader
                .server
                .fail(Where::Prefix("/offline.html".to_owned()), fault);
            reader.visit("/en/").await?;
            // Twice: the browser's cache is asked past before it is given up.
            wait::until("the install has failed", async || {
                let tries = reader.server.requests();
                let tries = tries.iter().filter(|request| request.path == "/offline.html");
                Ok((tries.count() >= 2).then_some(()))
            })
            .await?;
            wait::until("there is no worker", async || {
                let workers = "return navigator.serviceWorker.getRegistrations().then((all) => all.length)";
                Ok((reader.script(workers, vec![]).await? == json!(0)).then_some(()))
            })
            .await?;
            ensure!(kept(reader, "/offline.html").await?.is_none());
            reader.server.mend();
            reader.visit("/en/").await?;
            until_controlled(reader).await?;
            let page = kept(reader, "/offline.html").await?.unwrap_or_default();
            ensure!(page.contains("data-base"), "{page}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_11_the_first_worker_takes_over_without_a_reload() -> Result<()> {
    stage()
        .play(async |reader| {
            reader.visit("/en/").await?;
            reader.mark().await?;
            until_controlled(reader).await?;
            ensure!(reader.is_marked().await?);
            Ok(())
        })
        .await
}
