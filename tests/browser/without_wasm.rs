//! Where the reader does not start: its WebAssembly is missing, damaged or refused by a policy. Every page reads and
//! crosses all the same, and nothing is said in the console but by the browser itself.

use anyhow::Result;
use passerelle_tests::{
    browser::Engine,
    pages::{PostPage, Reader, Screen},
    roles::{Role, folded},
    server::{Fault, Where},
    stage::Stage,
    wait,
};

use crate::choose;

/// Opens a post, waits until the reader could have started, and crosses there and back as HTML.
async fn reads_and_crosses(reader: &Reader) -> Result<()> {
    let item = choose::translated(&reader.site, "fr")?;
    let twin = reader.site.post(&item.passerelle.translations[0].url)?.item;
    let path = reader.site.path(&item.url);
    reader.load(path).await?;
    reader.one(Role::Heading, &folded(&item.title)).await?;
    until_asked_for(reader, "_bg.wasm").await?;
    for (language, there) in [("en", &twin), ("fr", &item)] {
        reader.server.forget();
        reader.crossing_link(language).await?.click().await?;
        reader.one(Role::Heading, &folded(&there.title)).await?;
        assert_eq!(reader.server.documents(), [reader.site.path(&there.url)]);
        assert!(!Screen::of(reader).await?.is_live);
    }
    Ok(())
}

async fn until_asked_for(reader: &Reader, end: &str) -> Result<()> {
    wait::until(format!("{end} was asked for"), async || {
        let asked = reader.server.requests();
        Ok(asked.iter().any(|it| it.path.ends_with(end)).then_some(()))
    })
    .await
}

fn wasm() -> Where {
    Where::Suffix(".wasm".to_owned())
}

#[tokio::test]
async fn a_reader_whose_wasm_is_missing_leaves_pages_that_read_and_cross() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            reader.expect_complaint("status of 404");
            // The answer is no module either.
            reader.expect_complaint("integrity");
            reader.server.fail(wasm(), Fault::Status(404));
            reads_and_crosses(reader).await
        })
        .await
}

#[tokio::test]
async fn a_reader_whose_wasm_is_not_what_was_built_leaves_pages_that_read_and_cross() -> Result<()> {
    for fault in [Fault::Half, Fault::Html] {
        Stage::demo()
            .play(async |reader| {
                reader.expect_complaint("integrity");
                reader.server.fail(wasm(), fault);
                reads_and_crosses(reader).await
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_reader_whose_script_is_not_what_was_built_leaves_pages_that_read_and_cross() -> Result<()> {
    Stage::demo()
        .never_in(
            Engine::WebKit,
            "WebKit takes no integrity for a script that is imported",
        )
        .play(async |reader| {
            reader.expect_complaint("integrity");
            let script = reader.site.reader_script()?;
            reader
                .server
                .fail(Where::Suffix(script), Fault::Changed(|script| script + "//"));
            reads_and_crosses(reader).await
        })
        .await
}

#[tokio::test]
async fn a_reader_that_a_policy_refuses_leaves_pages_that_read_and_cross() -> Result<()> {
    let but_webkit = Stage::demo().never_in(
        Engine::WebKit,
        "it starts WebAssembly when one of two policies allows it: that of the page does",
    );
    for (stage, policy, directive) in [
        (but_webkit, "script-src 'self'", "script-src"),
        (Stage::demo(), "connect-src 'none'", "connect-src"),
    ] {
        stage
            .play(async |reader| {
                reader.expect_complaint("Content Security Policy");
                reader.expect_violation(directive);
                reader.server.add_header("content-security-policy", policy);
                let item = choose::translated(&reader.site, "fr")?;
                let twin = reader.site.post(&item.passerelle.translations[0].url)?.item;
                reader.load(reader.site.path(&item.url)).await?;
                reader
                    .until("the policy has refused", |screen| !screen.title.is_empty())
                    .await?;
                for (language, there) in [("en", &twin), ("fr", &item)] {
                    reader.crossing_link(language).await?.click().await?;
                    reader.one(Role::Heading, &folded(&there.title)).await?;
                    assert!(!Screen::of(reader).await?.is_live);
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn wasm_of_the_wrong_type_starts_all_the_same() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            let item = choose::translated(&reader.site, "fr")?;
            reader
                .server
                .fail(wasm(), Fault::Type("application/octet-stream"));
            PostPage::open(reader, reader.site.path(&item.url))
                .await
                .map(drop)
        })
        .await
}
