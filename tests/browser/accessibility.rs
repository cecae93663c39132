//! What WCAG 2.2 AA asks and a script can see, over every kind of page, in both languages, as the reader shows it and
//! as it came.

use anyhow::Result;
use passerelle_tests::{
    audit, axe,
    browser::Engine,
    pages::{ListPage, Reader},
    roles, server,
    stage::Stage,
};
use serde_json::json;
use thirtyfour::Key;

use crate::choose;

/// One page of each kind, in `language`: a list, its second page, every post of the demo, a page that is not there.
fn pages(reader: &Reader, language: &str) -> Result<Vec<String>> {
    let mut pages = vec![
        ListPage::path(reader, language, 1)?,
        ListPage::path(reader, language, 2)?,
        format!("/{language}/there-is-nothing-here/"),
    ];
    let posts = reader.site.posts(language)?;
    pages.extend(posts.iter().map(|item| reader.site.path(&item.url).to_owned()));
    Ok(pages)
}

#[tokio::test]
async fn every_page_has_the_structure_that_assistive_technology_needs() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            reader.expect_complaint("404");
            for (language, _) in choose::BOTH_WAYS {
                for page in pages(reader, language)? {
                    reader.visit(&page).await?;
                    audit::structure(reader, &page).await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn pages_that_came_as_html_have_that_structure_too() -> Result<()> {
    Stage::demo()
        .without_scripts()
        .play(async |reader| {
            reader.expect_complaint("404");
            for (language, _) in choose::BOTH_WAYS {
                for page in pages(reader, language)? {
                    reader.load(&page).await?;
                    audit::structure(reader, &page).await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_page_that_failed_has_that_structure_too() -> Result<()> {
    Stage::demo()
        .play(async |reader| {
            reader.expect_complaint("Failed to load resource");
            let item = choose::translated(&reader.site, "fr")?;
            let path = reader.site.path(&item.url);
            let list = ListPage::open(reader, "fr", 1).await?;
            reader
                .server
                .fail(server::Where::json(), server::Fault::Status(500));
            list.follow(path).await?;
            reader
                .until("the page failed", |screen| screen.is_live && screen.is_at(path))
                .await?;
            audit::structure(reader, path).await?;
            reader.session.resize((320, 640)).await?;
            audit::reflow(reader, path).await
        })
        .await
}

#[tokio::test]
async fn no_page_scrolls_sideways_at_320_pixels() -> Result<()> {
    Stage::demo()
        .sized(320, 640)
        .play(async |reader| {
            reader.expect_complaint("404");
            for (language, _) in choose::BOTH_WAYS {
                for page in pages(reader, language)? {
                    reader.visit(&page).await?;
                    audit::reflow(reader, &page).await?;
                    audit::structure(reader, &page).await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn no_page_scrolls_sideways_with_text_twice_as_large_and_widely_spaced() -> Result<()> {
    Stage::demo()
        .sized(640, 900)
        .play(async |reader| {
            reader.expect_complaint("404");
            for (language, _) in choose::BOTH_WAYS {
                for page in pages(reader, language)? {
                    reader.visit(&page).await?;
                    audit::set_text(reader, 2.0).await?;
                    audit::reflow(reader, &page).await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_tab_stop_is_seen_and_drawn_as_having_the_focus() -> Result<()> {
    Stage::demo()
        .sized(800, 600)
        .play(async |reader| {
            let item = choose::translated(&reader.site, "en")?;
            for page in [
                ListPage::path(reader, "en", 1)?,
                reader.site.path(&item.url).to_owned(),
            ] {
                reader.visit(&page).await?;
                // The first page leaves the focus at the top of the document.
                let mut stops = Vec::new();
                loop {
                    reader.press(Key::Tab).await?;
                    let focused = reader.focused().await?;
                    if focused.tag_name().await? == "body" || stops.len() > 60 {
                        break;
                    }
                    let name = roles::computed_name(&focused).await?;
                    // A window with nothing round the page goes back to its start.
                    if stops.first() == Some(&name) {
                        break;
                    }
                    let wrong = reader.script(FOCUS, vec![focused.to_json()?]).await?;
                    assert_eq!(wrong, json!(null), "{page}: stop {} \"{name}\"", stops.len() + 1);
                    stops.push(name);
                }
                assert!((3..=60).contains(&stops.len()), "{page} has the stops {stops:?}");
            }
            Ok(())
        })
        .await
}

/// What is wrong with how the focus shows on an element (WCAG 2.4.7 and 2.4.11), or null.
const FOCUS: &str = r#"
    const element = arguments[0];
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!ring && style.boxShadow === "none") return "nothing shows that it has the focus";
    const box = element.getClientRects()[0];
    if (box.bottom <= 0 || box.top >= innerHeight) return `it is out of sight, at ${box.top}`;
    const middle = document.elementFromPoint(
        Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)),
        Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2)));
    if (!element.contains(middle) && !middle?.contains(element)) return `it is covered by ${middle?.outerHTML.slice(0, 80)}`;
    return null;
"#;

#[tokio::test]
async fn nothing_moves_for_those_who_asked_for_less_motion() -> Result<()> {
    Stage::demo()
        .only_in(Engine::Chromium, "the other drivers cannot tell a page that less motion is wanted")
        .play(async |reader| {
            let media = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
            reader.session.devtools("Emulation.setEmulatedMedia", media).await?;
            let item = choose::translated(&reader.site, "en")?;
            let list = ListPage::open(reader, "en", 1).await?;
            list.open_post(reader.site.path(&item.url)).await?;
            let moving = r#"
                const moves = element => {
                    const style = getComputedStyle(element);
                    const times = `${style.transitionDuration},${style.animationDuration}`.split(",");
                    return style.scrollBehavior === "smooth" || times.some(time => parseFloat(time) > 0.01);
                };
                return [...document.querySelectorAll("*")].filter(moves).map(element => element.outerHTML.slice(0, 100));
            "#;
            assert_eq!(reader.script(moving, vec![]).await?, json!([]));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_light_and_dark() -> Result<()> {
    let Some(source) = axe::source("axe_finds_nothing_on_any_page_light_and_dark")? else {
        return Ok(());
    };
    Stage::demo()
        .play(async |reader| {
            reader.expect_complaint("404");
            // The other engines show what the machine prefers: their drivers cannot tell a page what a person does.
            let schemes: &[&str] = match reader.session.engine() {
                Engine::Chromium => &["light", "dark"],
                Engine::Firefox | Engine::WebKit => &["as it is"],
            };
            for scheme in schemes {
                if reader.session.engine() == Engine::Chromium {
                    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
                    reader
                        .session
                        .devtools("Emulation.setEmulatedMedia", media)
                        .await?;
                }
                for (language, _) in choose::BOTH_WAYS {
                    for page in pages(reader, language)? {
                        reader.visit(&page).await?;
                        axe::check(reader, &source, &format!("{page} ({scheme})")).await?;
                    }
                }
            }
            Ok(())
        })
        .await
}
