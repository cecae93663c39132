//! What the service worker is for: the second visit without the network, keeping the whole blog, and coming back to a blog
//! with one post more. No browser slows what a worker asks for, so here it is the server that is slow.

use std::{fs, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use passerelle_tests::{
    browser::{Session, Setup},
    pages::{Reader, SavedPage},
    server::{Link, Server},
    sites::{Site, Tree},
};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{DOWNLOAD, ROUND_TRIP, click, held, median, pack, page, told, until_true};

const ROUNDS: usize = 7;
/// Keeping a whole blog takes its time.
const FEW_ROUNDS: usize = 3;

/// Measures over the posts of `tree`, and over `more`, the same with one post that is new.
pub async fn measure(tree: &Path, more: &Path) -> Result<()> {
    let site = Site::of(&Tree::at("offline", tree.to_owned()))?;
    pack(&site.root)?;
    let next = Site::of(&Tree::at("offline-and-one", more.to_owned()))?;
    pack(&next.root)?;
    second_visit(&site).await?;
    whole_blog(&site).await?;
    returning(&site, &next).await
}

/// A server as a CDN, with the site's worker or without it.
fn server(site: &Site, has_worker: bool) -> Result<Server> {
    let server = Server::start(site)?;
    server.allow_caching();
    if has_worker {
        server.serve_worker();
    }
    Ok(server)
}

/// Waits until the worker has taken over and has nothing left to fetch.
async fn until_settled(session: &Session, server: &Server) -> Result<()> {
    let script = "return navigator.serviceWorker.controller?.state === 'activated'";
    until_true(session, "the worker has taken over", script, vec![]).await?;
    server.until_quiet().await;
    Ok(())
}

/// A post's page again without the network, beside the same page without a worker, online, its files in the browser's cache.
async fn second_visit(site: &Arc<Site>) -> Result<()> {
    let (_, path) = page::median_post(site)?;
    let (mut offline, mut online, mut clicks) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut gone = server(site, true)?;
        let session = Session::start(&Setup::default()).await?;
        let outcome = without_network(&session, &mut gone, site, &path).await;
        session.quit().await?;
        let (text, click) = outcome?;
        offline.push(text);
        clicks.push(click);
        let there = server(site, false)?;
        let session = Session::start(&Setup::default()).await?;
        let outcome = with_network(&session, &there, &path).await;
        session.quit().await?;
        online.push(outcome?);
    }
    let ratios = offline.iter().zip(&online).map(|(off, on)| off / on).collect();
    told(
        "second visit, no network: article's text",
        &format!("{:.0} ms", median(offline)),
    );
    told(
        "second visit, online, no worker, files in the browser's cache: article's text",
        &format!("{:.0} ms", median(online)),
    );
    let ratio = median(ratios);
    held(
        "second visit: article's text without the network, of that online",
        &format!("{ratio:.2}"),
        "at most 1.00",
        ratio <= 1.0,
    );
    let click = median(clicks);
    held(
        "click to article in the app, no network",
        &format!("{click:.0} ms"),
        "under 50 ms",
        click < 50.0,
    );
    Ok(())
}

/// Milliseconds until the text is there; and from a click in the list to the article of a post that was read.
async fn without_network(
    session: &Session,
    server: &mut Server,
    site: &Site,
    path: &str,
) -> Result<(f64, f64)> {
    let language = site.about.languages.first().context("the site has no language")?;
    let posts = site.posts(language.language.as_str())?;
    let first = posts.first().context("the blog has no posts")?;
    let at = |path: &str| format!("{}{path}", server.origin());
    let (post, list, url) = (at(site.path(&first.url)), at(site.path(&language.url)), at(path));
    click::open_app(session, &post).await?;
    until_settled(session, server).await?;
    click::open_app(session, &url).await?;
    server.until_quiet().await;
    server.stop();
    session.goto("about:blank").await?;
    // Browsers end a worker that has nothing to do: the visit waits for its start.
    session.devtools("ServiceWorker.enable", json!({})).await?;
    session
        .devtools("ServiceWorker.stopAllWorkers", json!({}))
        .await?;
    page::watch_from_now_on(session).await?;
    let text = page::see(session, &url).await?.text;
    // A click is promised so many milliseconds as the machine is; a browser that slows a network slows what needs none, too.
    session
        .devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }))
        .await?;
    session.set_offline(false).await?;
    click::open_app(session, &list).await?;
    // The list was not read: it is made of the index, and comes a little after the app.
    let is_listed =
        "return [...document.querySelectorAll('main a')].some(link => link.pathname === arguments[0])";
    let path_of_first = vec![Value::from(site.path(&first.url))];
    until_true(session, "the post is listed", is_listed, path_of_first).await?;
    // Nobody follows a link in the moment in which it comes: what the app does behind the list is done by then.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let click = click::click(session, site.path(&first.url), &first.title).await?;
    Ok((text, click))
}

async fn with_network(session: &Session, server: &Server, path: &str) -> Result<f64> {
    let url = format!("{}{path}", server.origin());
    click::open_app(session, &url).await?;
    server.until_quiet().await;
    session.goto("about:blank").await?;
    page::watch_from_now_on(session).await?;
    Ok(page::see(session, &url).await?.text)
}

/// All posts of the first language over a slow link, beside a file of as many bytes; and whether what was told is so.
async fn whole_blog(site: &Arc<Site>) -> Result<()> {
    let mut rounds = Vec::new();
    let setup = Setup {
        trusts_all: true,
        ..Setup::default()
    };
    for _ in 0..FEW_ROUNDS {
        let server = Server::as_a_cdn(site)?;
        server.serve_worker();
        let session = Session::start(&setup).await?;
        let reader = Reader::new(session, server, Arc::clone(site));
        let outcome = keep_all(&reader).await;
        reader.session.quit().await?;
        rounds.push(outcome?);
    }
    let last = rounds.last().context("there was no round")?;
    let seconds = median(rounds.iter().map(|kept| kept.seconds).collect());
    told(
        &format!("keeping all {} posts of a language", last.posts),
        &format!("{seconds:.1} s for {:.0} kB", last.bytes as f64 / 1e3),
    );
    let ratio = median(rounds.iter().map(|kept| kept.seconds / kept.alone).collect());
    held(
        "keeping the whole blog, of one file of as many bytes",
        &format!("{ratio:.2}"),
        "at most 1.30",
        ratio <= 1.3,
    );
    let share = last.told as f64 / last.used as f64;
    held(
        "bytes told before the whole blog is kept, of those used",
        &format!("{share:.3}"),
        "0.95 to 1.05",
        (0.95..=1.05).contains(&share),
    );
    Ok(())
}

/// What keeping a whole blog took.
struct Kept {
    posts: usize,
    seconds: f64,
    /// Bytes that were sent, packed.
    bytes: u64,
    /// Seconds for one file of as many bytes.
    alone: f64,
    /// Bytes told before, and bytes kept.
    told: u64,
    used: u64,
}

async fn keep_all(reader: &Reader) -> Result<Kept> {
    let site = &reader.site;
    let language = site.about.languages.first().context("the site has no language")?;
    let tag = language.language.as_str();
    let posts = site.posts(tag)?.len();
    let saved = SavedPage::open(reader, tag).await?;
    until_settled(&reader.session, &reader.server).await?;
    let latency = Duration::from_millis(ROUND_TRIP as u64);
    reader.server.answer_over(Link::new(latency, DOWNLOAD));
    reader.server.forget();
    let start = Instant::now();
    saved.press(&saved.save_button(Some(tag))?).await?;
    saved.until_there_are(posts).await?;
    let seconds = start.elapsed().as_secs_f64();
    let bytes = reader.server.requests().iter().map(|request| request.bytes).sum();
    let file = site.root.join("as-many.bin");
    fs::write(&file, vec![b'x'; usize::try_from(bytes)?])?;
    let script = r#"
        const [done] = arguments;
        const start = performance.now();
        fetch("/as-many.bin", { cache: "no-store" }).then(answer => answer.arrayBuffer())
            .then(({ byteLength }) => done([byteLength, (performance.now() - start) / 1000]));
    "#;
    let (came, alone): (u64, f64) = reader
        .session
        .execute_async(script, Vec::new())
        .await?
        .convert()?;
    ensure!(came == bytes, "{came} of {bytes} bytes came");
    Ok(Kept {
        posts,
        seconds,
        bytes,
        alone,
        told: language.offline_bytes,
        used: reader.bytes_kept().await? + site.index_bytes(tag)?,
    })
}

/// The list of the first language again, after a post was added.
async fn returning(site: &Site, next: &Site) -> Result<()> {
    let language = next.about.languages.first().context("the site has no language")?;
    let mut posts = 0;
    for language in &next.about.languages {
        posts += next.posts(language.language.as_str())?.len();
    }
    let server = server(site, true)?;
    let session = Session::start(&Setup::default()).await?;
    let url = format!("{}{}", server.origin(), next.path(&language.url));
    let outcome = async {
        click::open_app(&session, &url).await?;
        until_settled(&session, &server).await?;
        session.goto("about:blank").await?;
        server.deploy(next);
        server.forget();
        click::open_app(&session, &url).await?;
        server.until_quiet().await;
        anyhow::Ok(server.requests())
    }
    .await;
    session.quit().await?;
    let requests = outcome?;
    let bytes: u64 = requests.iter().map(|request| request.bytes).sum();
    held(
        &format!("coming back to {posts} posts, one of them new, brotli"),
        &format!("{bytes} B in {} requests", requests.len()),
        "under 8,000 B",
        bytes < 8_000,
    );
    Ok(())
}
