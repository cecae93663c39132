//! Markdown to HTML over every post, string in and string out: ours, commonmark.js and marked, by turns in one page.
//! Ours makes the HTML safe as well, which the others leave to somebody else.

use std::{fs, path::Path};

use anyhow::{Result, ensure};
use passerelle_tests::{
    browser::{Session, Setup},
    server::Server,
    sites::{Site, Tree},
};

use crate::{held, median, told};

const ROUNDS: usize = 9;

const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>Rendering</title>
<script src="commonmark.min.js"></script><script src="marked.umd.js"></script>
<script type="module">
import start, { render } from "./render_module.js";
await start();
const bodies = await (await fetch("bodies.json")).json();
const parser = new commonmark.Parser(), writer = new commonmark.HtmlRenderer();
const ways = [
    ({ source, language }) => render(source, language),
    ({ source }) => writer.render(parser.parse(source)),
    ({ source }) => marked.parse(source),
];
// Milliseconds and characters of HTML, each way.
globalThis.round = () => ways.map(way => {
    const start = performance.now();
    let length = 0;
    for (const body of bodies) length += way(body).length;
    return [performance.now() - start, length];
});
</script>"#;

/// Times every way over the posts of `tree`, in a page in `folder` that has the three scripts.
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
    let rounds = rounds(&session, &server).await;
    session.quit().await?;
    let rounds = rounds?;
    let time = |way: usize| median(rounds.iter().map(|round| round[way].0).collect());
    let posts = bodies.len();
    for (way, name) in ["ours, made safe", "commonmark.js", "marked"].iter().enumerate() {
        told(
            &format!("{posts} posts to HTML in the browser: {name}"),
            &format!("{:.0} ms", time(way)),
        );
    }
    for (way, name, least) in [(1, "commonmark.js", 2.0), (2, "marked", 4.0)] {
        let ratio = median(rounds.iter().map(|round| round[way].0 / round[0].0).collect());
        held(
            &format!("rendering in the browser, times as fast as {name}"),
            &format!("{ratio:.2}"),
            &format!("at least {least}"),
            ratio >= least,
        );
    }
    Ok(())
}

/// Milliseconds and characters of every way in every round, the first left out: it compiles.
async fn rounds(session: &Session, server: &Server) -> Result<Vec<Vec<(f64, f64)>>> {
    session.goto(format!("{}/", server.origin())).await?;
    passerelle_tests::wait::until("the three are loaded", async || {
        let ready = session
            .execute("return 'round' in globalThis", Vec::new())
            .await?;
        Ok(ready.json().as_bool().filter(|ready| *ready))
    })
    .await?;
    let mut rounds = Vec::new();
    for number in 0..=ROUNDS {
        let round: Vec<(f64, f64)> = session.execute("return round()", Vec::new()).await?.convert()?;
        ensure!(
            round.iter().all(|(_, length)| *length > 1e5),
            "a way made no HTML: {round:?}"
        );
        if number > 0 {
            rounds.push(round);
        }
    }
    Ok(rounds)
}
