//! The harness itself, over a page made by hand: what it claims to notice, it notices.

use std::sync::Arc;

use anyhow::Result;
use passerelle_tests::{
    browser::{Engine, Session, Setup},
    pages::{Reader, Screen},
    roles::{Name, Role},
    server::Server,
    sites::Site,
    skip::skip,
};

/// Whether the test runs here: it needs what Chromium's driver alone can do.
fn is_in_chromium(test: &str, why: &str) -> Result<bool> {
    let is_so = Engine::chosen()? == Engine::Chromium;
    if !is_so {
        skip(test, why);
    }
    Ok(is_so)
}

/// The reader's stand-in: a browser and a server over the page made by hand.
async fn over_the_page_made_by_hand(test: impl AsyncFnOnce(&mut Reader) -> Result<()>) -> Result<()> {
    let site = Arc::new(Site::hand_made()?);
    let server = Server::start(&site)?;
    let mut reader = Reader::new(Session::start(&Setup::default()).await?, server, site);
    let outcome = test(&mut reader).await;
    reader.session.quit().await?;
    outcome
}

#[tokio::test]
async fn elements_are_found_as_assistive_technology_finds_them() -> Result<()> {
    over_the_page_made_by_hand(async |reader| {
        reader.load("/").await?;
        for name in ["A plain link", "Named otherwise", "No anchor"] {
            assert_eq!(reader.all(Role::Link, name).await?.len(), 1, "{name}");
        }
        for name in ["Something", "Hidden from some", "Hidden from all"] {
            assert_eq!(reader.all(Role::Link, name).await?.len(), 0, "{name}");
        }
        assert_eq!(reader.all(Role::Link, Name::Any).await?.len(), 3);
        assert_eq!(reader.all(Role::Image, "A picture").await?.len(), 1);
        assert_eq!(
            reader
                .all(Role::Heading, Name::Has("hand".to_owned()))
                .await?
                .len(),
            1
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_complaint_of_the_console_fails_unless_it_was_expected() -> Result<()> {
    let test = "a_complaint_of_the_console_fails_unless_it_was_expected";
    if !is_in_chromium(test, "the other drivers do not hand the console out")? {
        return Ok(());
    }
    over_the_page_made_by_hand(async |reader| {
        reader.load("/").await?;
        reader.check_console().await?;
        for is_expected in [false, true] {
            reader.one(Role::Button, "Break something").await?.click().await?;
            if is_expected {
                reader.expect_complaint("something broke");
            }
            assert_eq!(reader.check_console().await.is_ok(), is_expected);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn documents_and_reloads_are_noticed() -> Result<()> {
    over_the_page_made_by_hand(async |reader| {
        reader.load("/").await?;
        reader.mark().await?;
        reader.server.forget();
        reader.one(Role::Link, "A plain link").await?.click().await?;
        reader
            .until("the folder is showing", |screen| {
                screen.heading() == Some("Dossier")
            })
            .await?;
        assert!(!reader.is_marked().await?);
        assert_eq!(reader.server.documents(), ["/folder", "/folder/"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_browser_prefers_the_languages_that_it_was_told() -> Result<()> {
    let setup = Setup {
        languages: "fr-CA,fr,en".to_owned(),
        viewport: (320, 500),
        ..Setup::default()
    };
    if let Some(why) = Engine::chosen()?.lacks(&setup) {
        skip("the_browser_prefers_the_languages_that_it_was_told", why);
        return Ok(());
    }
    let session = Session::start(&setup).await?;
    let found: (Vec<String>, u32, u32) = session
        .execute(
            "return [navigator.languages, innerWidth, innerHeight]",
            Vec::new(),
        )
        .await?
        .convert()?;
    session.quit().await?;
    assert_eq!(
        found,
        (["fr-CA", "fr", "en"].map(str::to_owned).to_vec(), 320, 500)
    );
    Ok(())
}

#[tokio::test]
async fn scripts_of_a_page_run_only_where_they_may() -> Result<()> {
    for scripts in [true, false] {
        let setup = Setup {
            scripts,
            ..Setup::default()
        };
        if let Some(why) = Engine::chosen()?.lacks(&setup) {
            skip("scripts_of_a_page_run_only_where_they_may", why);
            return Ok(());
        }
        let session = Session::start(&setup).await?;
        session
            .goto("data:text/html,<title>none</title><script>document.title='ran'</script>")
            .await?;
        let title = session.title().await?;
        session.quit().await?;
        assert_eq!(title, if scripts { "ran" } else { "none" });
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_the_reader_does_not_show_is_not_taken_for_live() -> Result<()> {
    over_the_page_made_by_hand(async |reader| {
        reader.load("/").await?;
        assert!(Screen::of(reader).await?.is_live);
        for script in [
            "document.querySelector('main').setAttribute('aria-busy', 'true')",
            "document.querySelector('main').removeAttribute('aria-busy'); delete document.documentElement.dataset.reader",
            "document.documentElement.dataset.reader = 'live'; document.querySelector('main').remove()",
        ] {
            reader.script(script, vec![]).await?;
            assert!(!Screen::of(reader).await?.is_live, "{script}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_violation_of_a_policy_fails_unless_it_was_expected() -> Result<()> {
    let test = "a_violation_of_a_policy_fails_unless_it_was_expected";
    if !is_in_chromium(
        test,
        "the other drivers cannot put a script before those of a page",
    )? {
        return Ok(());
    }
    over_the_page_made_by_hand(async |reader| {
        reader.load("/").await?;
        reader.check_policy().await?;
        reader
            .server
            .add_header("content-security-policy", "img-src 'none'");
        for is_expected in [false, true] {
            reader.load("/").await?;
            // What it violated is told after it has left the page, too.
            reader.load("/folder/").await?;
            if is_expected {
                reader.expect_violation("img-src");
            }
            assert_eq!(reader.check_policy().await.is_ok(), is_expected);
        }
        Ok(())
    })
    .await
}
