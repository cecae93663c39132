//! Markdown to HTML over every post, string in and string out: ours, commonmark.js and marked. Ours makes the HTML safe as
//! well, which the others leave to somebody else; how fast it could be without that, its parser alone tells.
//!
//! By turns in one page, where the browser has learned to run each as fast as it can; and each in a browser that has just
//! started, as a reader's has when a post is opened.

use std::{fs, path::Path};

use anyhow::{Result, ensure};
use passerelle_tests::{
    browser::{Session, Setup},
    server::Server,
    sites::{Site, Tree},
};

use crate::{held, median, told, until_true};

const ROUNDS: usize = 9;
/// Each with a browser for every way.
const COLD_ROUNDS: usize = 5;

/// In the order of the page's.
const WAYS: [&str; 4] = [
    "ours, made safe",
    "our parser alone, pulldown-cmark",
    "commonmark.js",
    "marked",
];

const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>Rendering</title>
<script src="commonmark.min.js"></script><script src="marked.umd.js"></script>
<script type="module">
import start, { render, unsafe_html } from "./render_module.js";
await start();
const bodies = await (await fetch("bodies.json")).json();
const parser = new commonmark.Parser(), writer = new commonmark.HtmlRenderer();
const ways = [
    ({ source, language }) => render(source, language),
    ({ source }) => unsafe_html(source),
    ({ source }) => writer.render(parser.parse(source)),
    ({ source }) => marked.parse(source),
];
// Milliseconds and characters of HTML, that way.
globalThis.time = number => {
    const start = performance.now();
    let length = 0;
    for (const body of bodies) {
        const html = ways[number](body);
        // What was put together of many strings is one only when it is looked into.
        html.charCodeAt(html.length >> 1);
        length += html.length;
    }
    return [performance.now() - start, length];
};
globalThis.round = () => ways.map((_, number) => time(number));
</script>"#;

/// Times every way over the posts of `tree`, in a page in `folder` that has the scripts.
pub async fn measure(tree: &Path, folder: &Path) -> Result<()> {
    let site = Site::of(&Tree::at("bench", tree.to_owned()))?;
    let mut bodies = Vec::new();
    for language in &site.about.languages {
        for item in site.posts(language.language.as_str())? {
            let body = site.post(&item.url)?.body;
            bodies.push(serde_json::json!({ "source": body.source, "language": body.language }));
        }
    }
    fs::write(folder.join("bodies.json"), serde_json::to_string(&bodies)?)?;
    fs::write(folder.join("index.html"), PAGE)?;
    let server = Server::over(folder.to_owned(), "/".to_owned())?;
    let session = Session::start(&Setup::default()).await?;
    let warm = rounds(&session, &server).await;
    session.quit().await?;
    let mut cold = Vec::new();
    for _ in 0..COLD_ROUNDS {
        cold.push(first_round(&server).await?);
    }
    let posts = bodies.len();
    let warm = warm?;
    times(&format!("{posts} posts to HTML in the browser"), &warm);
    times(&format!("{posts} posts to HTML in a browser just started"), &cold);
    for (way, least) in [(2, 2.0), (3, 4.0)] {
        let ratio = median(warm.iter().map(|round| round[way].0 / round[0].0).collect());
        held(
            &format!("rendering in the browser, times as fast as {}", WAYS[way]),
            &format!("{ratio:.2}"),
            &format!("at least {least}"),
            ratio >= least,
        );
    }
    Ok(())
}

/// Prints the time of every way.
fn times(what: &str, rounds: &[Round]) {
    for (way, name) in WAYS.iter().enumerate() {
        let time = median(rounds.iter().map(|round| round[way].0).collect());
        told(&format!("{what}: {name}"), &format!("{time:.0} ms"));
    }
}

/// Milliseconds and characters of every way.
type Round = Vec<(f64, u64)>;

/// Every way in a browser of its own, which has rendered nothing before.
async fn first_round(server: &Server) -> Result<Round> {
    let mut round = Vec::new();
    for way in 0..WAYS.len() {
        let session = Session::start(&Setup::default()).await?;
        let time = async {
            load(&session, server).await?;
            let time = session
                .execute("return time(arguments[0])", vec![way.into()])
                .await?;
            anyhow::Ok(time.convert()?)
        }
        .await;
        session.quit().await?;
        round.push(time?);
    }
    whole(round)
}

/// A round in which every way made HTML.
fn whole(round: Round) -> Result<Round> {
    ensure!(
        round.iter().all(|(_, length)| *length > 100_000),
        "a way made no HTML: {round:?}"
    );
    Ok(round)
}

/// Loads the page with all of them.
async fn load(session: &Session, server: &Server) -> Result<()> {
    session.goto(format!("{}/", server.origin())).await?;
    until_true(session, "all are loaded", "return 'round' in globalThis", vec![]).await
}

/// Every way in every round, the first left out: it compiles.
async fn rounds(session: &Session, server: &Server) -> Result<Vec<Round>> {
    load(session, server).await?;
    let mut rounds = Vec::new();
    for number in 0..=ROUNDS {
        let round: Round = session.execute("return round()", Vec::new()).await?.convert()?;
        if number > 0 {
            rounds.push(whole(round)?);
        }
    }
    Ok(rounds)
}
