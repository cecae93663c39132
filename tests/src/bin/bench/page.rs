//! The first page of a post, cold: a fresh browser each time, a slow network, a processor four times slower.
//!
//! The *article's text* is there when the largest part of the page's first screen that is ever painted (Largest
//! Contentful Paint) is painted. No image comes: those of real posts stand on other hosts. The page is held beside one
//! that carries the same article and no script, with the same style sheet, and beside one with no style either.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use passerelle_tests::{
    browser::{Session, Setup},
    server::Server,
    sites::{Site, Tree},
};
use serde::Deserialize;
use serde_json::json;

use crate::{held, median, pack, slow_network, told, until_true};

const ROUNDS: usize = 7;

const OBSERVE: &str = r#"
    globalThis.seen = { text: 0, first: 0, shift: 0, blocking: 0, moved: [] };
    const observe = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
        .observe({ type, buffered: true });
    observe("paint", entry => { if (entry.name === "first-contentful-paint") seen.first = entry.startTime; });
    observe("largest-contentful-paint", entry => { seen.text = entry.startTime; });
    observe("layout-shift", entry => {
        seen.shift += entry.value;
        for (const { node } of entry.sources) seen.moved.push(node?.className || node?.nodeName || "what is gone");
    });
    observe("longtask", entry => { seen.blocking += Math.max(0, entry.duration - 50); });
"#;

/// Whether the app runs: it says so, or it has taken away what came as HTML. A page without an app is done when loaded.
const SETTLED: &str = r#"
    const hasApp = document.querySelector("script[src]") !== null;
    const isLive = document.documentElement.dataset.reader === "live" || !document.getElementById("prerendered");
    return document.readyState === "complete" && (!hasApp || isLive) && seen.text > 0;
"#;

/// Times in milliseconds since the page was asked for.
#[derive(Clone, Deserialize)]
pub struct Seen {
    /// When the article's text was there.
    pub text: f64,
    first: f64,
    shift: f64,
    blocking: f64,
    /// Classes or names of the elements that were shifted.
    moved: Vec<String>,
}

/// Measures the median post of `tree` by the length of its page.
pub async fn measure(tree: &Path) -> Result<()> {
    let site = Site::of(&Tree::at("bench", tree.to_owned()))?;
    let (html, path) = median_post(&site)?;
    for (name, has_style) in [("styled", true), ("bare", false)] {
        let folder = site.root.join("bench").join(name);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), without_app(&html, has_style)?)?;
    }
    pack(&site.root)?;
    let server = Server::start(&site)?;
    let paths = [path.as_str(), "/bench/styled/", "/bench/bare/"];
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut round = Vec::new();
        for path in paths {
            round.push(load(&format!("{}{path}", server.origin())).await?);
        }
        rounds.push(round);
    }
    report(&rounds);
    Ok(())
}

/// The page of the post whose page is of middle length: its HTML and its path.
pub fn median_post(site: &Site) -> Result<(String, String)> {
    let mut posts = Vec::new();
    for language in &site.about.languages {
        for item in site.posts(language.language.as_str())? {
            let path = site.path(&item.url).to_owned();
            let file = site
                .root
                .join(content::url::decode_path(&path).trim_matches('/'))
                .join("index.html");
            posts.push((fs::read_to_string(&file)?, path));
        }
    }
    posts.sort_by_key(|(html, _)| html.len());
    let middle = posts.len() / 2;
    posts.into_iter().nth(middle).context("the blog has no posts")
}

fn report(rounds: &[Vec<Seen>]) {
    let middle = |number: &dyn Fn(&[Seen]) -> f64| median(rounds.iter().map(|round| number(round)).collect());
    for (way, name) in ["ours", "the same article and style, no script", "no style either"]
        .iter()
        .enumerate()
    {
        let (text, first) = (
            middle(&|round| round[way].text),
            middle(&|round| round[way].first),
        );
        told(
            &format!("first page, cold: article's text, {name}"),
            &format!("{text:.0} ms (first paint {first:.0} ms)"),
        );
    }
    let ratio = middle(&|round| round[0].text / round[1].text);
    held(
        "first page: article's text, of the page without script",
        &format!("{ratio:.2}"),
        "at most 1.15",
        ratio <= 1.15,
    );
    let bare = middle(&|round| round[0].text / round[2].text);
    told(
        "first page: article's text, of the page without script and style",
        &format!("{bare:.2}"),
    );
    let (shift, blocking) = (
        middle(&|round| round[0].shift),
        middle(&|round| round[0].blocking),
    );
    let moved: BTreeSet<&str> = rounds
        .iter()
        .flat_map(|round| round[0].moved.iter().map(String::as_str))
        .collect();
    let of = if moved.is_empty() { "" } else { " of " };
    let moved: Vec<&str> = moved.into_iter().collect();
    held(
        "first page: layout shift",
        &format!("{shift:.2}{of}{}", moved.join(", ")),
        "0.00",
        shift < 0.005,
    );
    held(
        "first page: blocking time until the app runs",
        &format!("{blocking:.0} ms"),
        "under 100 ms",
        blocking < 100.0,
    );
}

/// The page's article in a page of its own.
fn without_app(html: &str, has_style: bool) -> Result<String> {
    let between = |begin: &str, end: &str| {
        let from = html.find(begin)?;
        let to = from + html[from..].rfind(end)? + end.len();
        html.get(from..to)
    };
    let main = between("<main", "</main>").context("the page has no <main>")?;
    let style = html
        .split_inclusive('>')
        .map(str::trim)
        .find(|tag| tag.starts_with("<link") && tag.contains("stylesheet"))
        .filter(|_| has_style)
        .unwrap_or_default();
    Ok(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Article</title>{style}</head><body>{main}</body></html>"
    ))
}

/// Loads a page in a browser that has never seen it.
async fn load(url: &str) -> Result<Seen> {
    let setup = Setup {
        viewport: (412, 823),
        ..Setup::default()
    };
    let session = Session::start(&setup).await?;
    let seen = watch(&session, url).await;
    session.quit().await?;
    seen
}

async fn watch(session: &Session, url: &str) -> Result<Seen> {
    watch_from_now_on(session).await?;
    see(session, url).await
}

/// On a slow network and a slow processor, and watched.
pub async fn watch_from_now_on(session: &Session) -> Result<()> {
    slow_network(session).await?;
    session
        .devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))
        .await?;
    let script = json!({ "source": OBSERVE });
    session
        .devtools("Page.addScriptToEvaluateOnNewDocument", script)
        .await
        .map(drop)
}

/// What is seen of a page until its app runs.
pub async fn see(session: &Session, url: &str) -> Result<Seen> {
    session.goto(url).await?;
    until_true(session, "the page has settled", SETTLED, vec![]).await?;
    // Observers hear of long tasks and shifts a little later.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    Ok(session.execute("return seen", Vec::new()).await?.convert()?)
}
