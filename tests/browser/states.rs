//! What people meet when something fails: each failure is told as what it is, in the page's language, with a way on
//! that works once the failure is over.

use anyhow::Result;
use content::{url::data_path, words::Words};
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, PostPage, ProblemPage, Reader, Screen},
    roles::{self, Name, Role, folded},
    server::{Fault, Where},
    stage::Stage,
    wait,
};

use crate::choose;

/// What fails, and what the page says of it.
struct Failure {
    name: &'static str,
    fault: Fault,
    heading: fn(&Words) -> &'static str,
}

const FAILURES: &[Failure] = &[
    Failure {
        name: "an error of the server",
        fault: Fault::Status(500),
        heading: |words| words.server_error,
    },
    Failure {
        name: "a gateway that waits",
        fault: Fault::Status(503),
        heading: |words| words.server_error,
    },
    Failure {
        name: "half a file",
        fault: Fault::Half,
        heading: |words| words.broken_data,
    },
    Failure {
        name: "JSON of another shape",
        fault: Fault::Changed(|_| r#"{"login": "required"}"#.to_owned()),
        heading: |words| words.broken_data,
    },
    Failure {
        name: "a connection that breaks",
        fault: Fault::Broken,
        heading: |words| words.offline,
    },
];

/// The complaints that failing requests leave in the console by themselves.
fn expect_failed_requests(reader: &mut Reader) {
    reader.expect_complaint("Failed to load resource");
}

/// Follows the link from the list to a post that fails, reads what the page says, mends the failure with `mend`,
/// tries again, and reads the post.
async fn fails_and_recovers(
    reader: &mut Reader,
    language: &str,
    heading: fn(&Words) -> &'static str,
    fail: impl AsyncFnOnce(&mut Reader, &str) -> Result<()>,
    mend: impl AsyncFnOnce(&mut Reader) -> Result<()>,
) -> Result<()> {
    let item = choose::translated(&reader.site, language)?;
    let path = reader.site.path(&item.url).to_owned();
    ListPage::open(reader, language, 1).await?;
    reader.mark().await?;
    fail(reader, &path).await?;
    ListPage::showing(reader, language, 1)
        .await?
        .follow(&path)
        .await?;
    let words = reader.site.words(language)?;
    let page = ProblemPage::showing(reader, heading(words)).await?;
    let screen = Screen::of(reader).await?;
    assert_eq!(screen.lang, language);
    assert!(
        folded(&screen.title).contains(&folded(heading(words))),
        "{screen:?}"
    );
    assert!(
        screen.is_at(&path),
        "the URL is the post's, so that it can be kept: {screen:?}"
    );
    page.way_to_the_list().await?;
    reader.until_heading_has_focus().await?;

    // As long as it fails, trying again leads to the same page.
    page.try_again().await?.click().await?;
    let page = ProblemPage::showing(reader, heading(words)).await?;
    let button = page.try_again().await?;
    mend(reader).await?;
    button.click().await?;
    PostPage::showing(reader, &path).await?;
    assert!(reader.is_marked().await?);
    Ok(())
}

async fn every_failure_in(language: &str) -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            expect_failed_requests(reader);
            for failure in FAILURES {
                println!("{} in {language}", failure.name);
                fails_and_recovers(
                    reader,
                    language,
                    failure.heading,
                    async |reader, path| {
                        reader.server.fail(Where::Prefix(data_path(path)), failure.fault);
                        Ok(())
                    },
                    async |reader| {
                        reader.server.mend();
                        Ok(())
                    },
                )
                .await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn each_failure_is_told_in_english_and_trying_again_works() -> Result<()> {
    every_failure_in("en").await
}

#[tokio::test]
async fn each_failure_is_told_in_french_and_trying_again_works() -> Result<()> {
    every_failure_in("fr").await
}

#[tokio::test]
async fn a_server_that_is_gone_is_told_as_being_offline() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            expect_failed_requests(reader);
            for (language, _) in choose::BOTH_WAYS {
                fails_and_recovers(
                    reader,
                    language,
                    |words| words.offline,
                    async |reader, _| {
                        reader.server.stop();
                        Ok(())
                    },
                    async |reader| reader.server.restart(),
                )
                .await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_device_without_network_is_told_so() -> Result<()> {
    Stage::demo()
        .only_in(
            Engine::Chromium,
            "the other drivers cannot cut the network off the device",
        )
        .play(async |reader| {
            expect_failed_requests(reader);
            for (language, _) in choose::BOTH_WAYS {
                fails_and_recovers(
                    reader,
                    language,
                    |words| words.offline,
                    async |reader, _| reader.session.set_offline(true).await,
                    async |reader| reader.session.set_offline(false).await,
                )
                .await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_index_of_a_newer_version_asks_to_load_the_page_again() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            for (language, _) in choose::BOTH_WAYS {
                let words = reader.site.words(language)?;
                ListPage::open(reader, language, 1).await?;
                let second = ListPage::path(reader, language, 2)?;
                reader
                    .server
                    .fail(Where::Prefix(format!("/{language}/feed")), Fault::newer_version());
                reader.one(Role::Link, words.older).await?.click().await?;
                ProblemPage::showing(reader, words.newer_version).await?;
                let screen = Screen::of(reader).await?;
                assert!(screen.is_at(&second) && screen.lang == language, "{screen:?}");
                reader.server.mend();
                reader.one(Role::Button, words.reload).await?.click().await?;
                ListPage::showing(reader, language, 2).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_list_that_fails_is_told_and_comes_when_tried_again() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            expect_failed_requests(reader);
            for (language, other) in choose::BOTH_WAYS {
                let words = reader.site.words(other)?;
                ListPage::open(reader, language, 1).await?;
                reader
                    .server
                    .fail(Where::Prefix(format!("/{other}/feed")), Fault::Status(500));
                reader.crossing_link(other).await?.click().await?;
                let page = ProblemPage::showing(reader, words.server_error).await?;
                assert_eq!(
                    Screen::of(reader).await?.lang,
                    other,
                    "in the language that was asked for"
                );
                assert!(
                    page.text()
                        .await?
                        .contains(&folded(&(words.server_error_help)(500)))
                );
                let button = page.try_again().await?;
                reader.server.mend();
                button.click().await?;
                ListPage::showing(reader, other, 1).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_link_to_the_list_that_failed_asks_for_it_again() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            expect_failed_requests(reader);
            let words = reader.site.words("fr")?;
            ListPage::open(reader, "en", 1).await?;
            let feed = Where::Prefix("/fr/feed".to_owned());
            reader.server.fail(feed, Fault::Status(500));
            reader.crossing_link("fr").await?.click().await?;
            let page = ProblemPage::showing(reader, words.server_error).await?;
            reader.server.mend();
            page.way_to_the_list().await?.click().await?;
            ListPage::showing(reader, "fr", 1).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn one_can_leave_a_page_that_failed_by_every_way_there_is() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            expect_failed_requests(reader);
            let item = choose::translated(&reader.site, "fr")?;
            let path = reader.site.path(&item.url).to_owned();
            let words = reader.site.words("fr")?;
            for way in ["the list", "the crossing", "back"] {
                let list = ListPage::open(reader, "fr", 1).await?;
                reader
                    .server
                    .fail(Where::Prefix(data_path(&path)), Fault::Status(500));
                list.follow(&path).await?;
                let page = ProblemPage::showing(reader, words.server_error).await?;
                let language = match way {
                    "the list" => page.way_to_the_list().await?.click().await.map(|()| "fr")?,
                    "the crossing" => reader.cross("en").await.map(|_| "en")?,
                    _ => reader.back().await.map(|()| "fr")?,
                };
                ListPage::showing(reader, language, 1).await?;
                reader.server.mend();
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_first_page_without_the_site_behind_it_stays_readable_and_crosses_as_html() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            expect_failed_requests(reader);
            let item = choose::translated(&reader.site, "en")?;
            let twin = reader.site.path(&item.passerelle.translations[0].url).to_owned();
            for fault in [Fault::Status(500), Fault::Half, Fault::newer_version()] {
                reader.server.fail(Where::Suffix("/site.json".to_owned()), fault);
                reader.load(reader.site.path(&item.url)).await?;
                wait::until("the site was asked for", async || {
                    let asked = reader.server.requests();
                    Ok(asked.iter().any(|it| it.path == "/site.json").then_some(()))
                })
                .await?;
                let main = reader.one(Role::Main, Name::Any).await?;
                roles::one(&reader.session, Some(&main), Role::Heading, &folded(&item.title)).await?;
                let link = reader.crossing_link("fr").await?;
                assert!(!Screen::of(reader).await?.is_live);
                reader.server.mend();
                reader.server.forget();
                link.click().await?;
                PostPage::showing(reader, &twin).await?;
                assert_eq!(reader.server.documents(), [twin.as_str()]);
                reader.server.forget();
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_fails_after_the_first_page_is_told_in_the_language_that_was_crossed_to() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            expect_failed_requests(reader);
            for (language, other) in choose::BOTH_WAYS {
                let item = choose::translated(&reader.site, language)?;
                let post = PostPage::open(reader, reader.site.path(&item.url)).await?;
                let twin = post.twin(other)?;
                reader
                    .server
                    .fail(Where::Prefix(data_path(&twin)), Fault::Status(500));
                reader.crossing_link(other).await?.click().await?;
                let words = reader.site.words(other)?;
                let page = ProblemPage::showing(reader, words.server_error).await?;
                assert_eq!(Screen::of(reader).await?.lang, other);
                let button = page.try_again().await?;
                reader.server.mend();
                button.click().await?;
                PostPage::showing(reader, &twin).await?;
            }
            Ok(())
        })
        .await
}
