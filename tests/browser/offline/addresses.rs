//! Ways to write an address.

use anyhow::{Context, Result, ensure};
use content::url::decode_path;
use passerelle_tests::{
    roles::{Role, folded},
    sites::Tree,
    stage::Stage,
};
use serde_json::json;

use super::{expect_refused_connections, page_key, reads};
use crate::choose;

#[tokio::test]
async fn fault_31_every_way_to_write_an_address_leads_to_the_post_that_is_kept() -> Result<()> {
    Stage::over(Tree::demo().under("/blog/"))
        .with_worker()
        .play(async |reader| {
            expect_refused_connections(reader);
            let item = choose::post(&reader.site, "fr", |item| item.url.contains("%C3%"))?;
            let path = reader.site.path(&item.url).to_owned();
            reads(reader, &path).await?;
            reader.server.stop();
            let decomposed = reader
                .script(
                    "return arguments[0].normalize('NFD')",
                    vec![json!(decode_path(&path))],
                )
                .await?;
            let decomposed = decomposed.as_str().context("a string")?.to_owned();
            ensure!(decomposed != decode_path(&path), "{path} has an accent");
            for address in [
                format!("{path}?utm_source=x"),
                format!("{path}#main"),
                page_key(&path).to_owned(),
                format!("{path}index.html"),
                decode_path(&path),
                decomposed,
            ] {
                reader.load(&address).await?;
                reader.one(Role::Heading, &folded(&item.title)).await?;
            }
            Ok(())
        })
        .await
}
