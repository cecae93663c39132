//! From a click on a post in the list to its article on the screen, within the app, on a slow network: where the post
//! was not asked for before, and where the pointer rested on its link first.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};
use passerelle_tests::{
    browser::{Session, Setup},
    server::Server,
    sites::{Site, Tree},
};
use serde_json::{Value, json};
use thirtyfour::By;

use crate::{ROUND_TRIP, held, median, pack, slow_network, until_true};

const ROUNDS: usize = 9;

/// Clicks without the pointer going there, and gives the milliseconds until the frame with the article is drawn.
const CLICK: &str = r#"
    const [path, title, done] = arguments;
    const fold = text => text.split(/\s+/u).filter(Boolean).join(" ");
    const link = [...document.querySelectorAll("main a")].find(link => link.pathname === path);
    const start = performance.now();
    const look = () => {
        const is_there = location.pathname === path && [...document.querySelectorAll("main article h1, main h1")]
            .some(heading => fold(heading.textContent) === title && heading.checkVisibility());
        if (!is_there) return requestAnimationFrame(look);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now() - start);
        requestAnimationFrame(() => channel.port2.postMessage(null));
    };
    link.click();
    requestAnimationFrame(look);
"#;

const LIVE: &str = r#"return document.readyState === "complete"
    && (document.documentElement.dataset.reader === "live" || !document.getElementById("prerendered"));"#;

/// Measures both ways, each time from a list that was just loaded.
pub async fn measure(tree: &Path) -> Result<()> {
    let site = Site::of(&Tree::at("bench", tree.to_owned()))?;
    let language = site.about.languages.first().context("the site has no language")?;
    let list = site.path(&language.url).to_owned();
    let posts = site.posts(language.language.as_str())?;
    let first = posts.first().context("the blog has no posts")?;
    let (path, title) = (site.path(&first.url).to_owned(), first.title.clone());
    pack(&site.root)?;
    let server = Server::start(&site)?;
    let session = Session::start(&Setup::default()).await?;
    let url = format!("{}{list}", server.origin());
    let outcome = async {
        let (mut cold, mut warm) = (Vec::new(), Vec::new());
        // By themselves: the pointer rests on the link from the first time that it went there.
        for _ in 0..ROUNDS {
            open(&session, &url).await?;
            cold.push(click(&session, &path, &title).await?);
        }
        for _ in 0..ROUNDS {
            open(&session, &url).await?;
            if hover(&session, &path).await? {
                warm.push(click(&session, &path, &title).await?);
            }
        }
        Ok((cold, warm))
    }
    .await;
    session.quit().await?;
    let (cold, warm): (Vec<f64>, Vec<f64>) =
        outcome.inspect_err(|error: &anyhow::Error| eprintln!("{error:#}"))?;
    let (cold, most) = (median(cold), ROUND_TRIP + 60.0);
    held(
        "click to article in the app, not prefetched",
        &format!("{cold:.0} ms"),
        &format!("at most {most:.0} ms"),
        cold <= most,
    );
    if warm.len() < ROUNDS {
        held(
            "click to article in the app, prefetched",
            "nothing was prefetched",
            "under 60 ms",
            false,
        );
    } else {
        let warm = median(warm);
        held(
            "click to article in the app, prefetched",
            &format!("{warm:.0} ms"),
            "under 60 ms",
            warm < 60.0,
        );
    }
    Ok(())
}

/// Loads the list as fast as it goes and waits for the app; then the network becomes slow.
async fn open(session: &Session, url: &str) -> Result<()> {
    session.set_offline(false).await?;
    session.goto("about:blank").await?;
    open_app(session, url).await?;
    slow_network(session).await.map(drop)
}

/// Loads a page and waits for the app.
pub async fn open_app(session: &Session, url: &str) -> Result<()> {
    session.goto(url).await?;
    until_true(session, "the app runs", LIVE, vec![]).await
}

/// Clicks the link to the post at `path`; the milliseconds until its article is drawn.
pub async fn click(session: &Session, path: &str, title: &str) -> Result<f64> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let time = session
        .execute_async(CLICK, vec![Value::from(path), Value::from(title)])
        .await?;
    time.json().as_f64().context("the click was not timed")
}

/// Rests the pointer on the link; tells whether the post's JSON came within two seconds.
async fn hover(session: &Session, path: &str) -> Result<bool> {
    let link = session
        .find(By::Css(format!("main a[href$={}]", json!(path))))
        .await?;
    session
        .action_chain()
        .move_to_element_center(&link)
        .perform()
        .await?;
    let came = "return performance.getEntriesByType('resource').some(({ name, responseEnd }) => \
                responseEnd > 0 && new URL(name).pathname === arguments[0])";
    let data = content::url::data_path(path);
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let answer = session.execute(came, vec![Value::from(data.clone())]).await?;
        if answer.json().as_bool() == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}
