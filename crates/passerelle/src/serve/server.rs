//! Serves a site's folder on this machine, as a CDN would, and tells open pages when it was built anew.

use std::{
    convert::Infallible,
    io,
    net::{Ipv4Addr, TcpListener},
    path::Path,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use futures_util::{Stream, stream};
use maud::{Markup, html};
use tokio::sync::broadcast::{Receiver, Sender, error::RecvError};
use tower_http::services::{ServeDir, ServeFile};

use crate::write::policy;

/// Where the script stands that loads a page again. Outside of any site: no language is called `_passerelle`.
const SCRIPT: &str = "/_passerelle/reload.js";

/// Where that script hears of a new build.
const EVENTS: &str = "/_passerelle/events";

/// The folder of a site without base path, in the folder that is served.
pub const ROOT_SITE: &str = "site";

/// Takes away the service worker of a site that was published at this address, with all that it keeps: a writer must
/// see posts as they are now.
const KILL_SWITCH: &str = include_str!("../../../../public/worker/kill-switch.js");

/// What every page must have in its head to be loaded again.
pub fn reload_head() -> Markup {
    html! { script src=(SCRIPT) defer {} }
}

/// The port on this machine's own address alone, 0 for any that is free.
///
/// # Errors
/// When another program has it, or the system gives it to nobody else.
pub fn listen(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {port} is taken by another program; give another with `--port N`, or `--port 0` for any that is free"
        ),
        io::ErrorKind::PermissionDenied => {
            anyhow::anyhow!("port {port} is not for everybody; give one above 1023 with `--port N`")
        }
        _ => anyhow::anyhow!("cannot listen on port {port}: {error}; give another with `--port N`"),
    })
}

/// Serves until the process is told to end (`SIGINT`, `SIGTERM`). `root` holds the site, in the folder of its base path
/// or in [`ROOT_SITE`]; each message of `built` loads open pages again.
///
/// # Errors
/// When the system takes the port away.
pub fn serve(listener: TcpListener, root: &Path, base_path: &str, built: Sender<()>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let router = router(root, base_path, built);
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        // Not a graceful end: open pages hold their event stream for ever.
        tokio::select! {
            served = async { axum::serve(listener, router).await } => served,
            ended = told_to_end() => ended,
        }
    })
}

#[cfg(unix)]
async fn told_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

fn router(root: &Path, base_path: &str, built: Sender<()>) -> Router {
    let router = Router::new()
        .route(
            SCRIPT,
            get((
                [(header::CONTENT_TYPE, "text/javascript")],
                include_str!("reload.js"),
            )),
        )
        .route(EVENTS, get(events))
        .route(
            &format!("{base_path}{}", crate::places::WORKER),
            get(([(header::CONTENT_TYPE, "text/javascript")], KILL_SWITCH)),
        )
        .with_state(built);
    let files = |folder: &Path, site: &Path| {
        ServeDir::new(folder).not_found_service(ServeFile::new(site.join(crate::places::NOT_FOUND)))
    };
    let router = match base_path.trim_matches('/') {
        "" => {
            let site = root.join(ROOT_SITE);
            router.fallback_service(files(&site, &site))
        }
        base => {
            let home = base_path.to_owned();
            router
                .route("/", get(async move || Redirect::temporary(&home)))
                .fallback_service(files(root, &root.join(base)))
        }
    };
    router.layer(middleware::from_fn(headers))
}

/// What `docs/deploying.md` asks of a server, but that nothing is kept: the next build may change it.
async fn headers(request: Request, next: Next) -> Response {
    let is_feed = is_feed(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in policy::HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // The rest of the policy stands in each page.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy::HEADER_ONLY),
    );
    if is_feed && response.status().is_success() {
        let feed = HeaderValue::from_static("application/feed+json");
        response.headers_mut().insert(header::CONTENT_TYPE, feed);
    }
    response
}

/// Whether a path is one that [`crate::write::urls::feed_path`] makes.
fn is_feed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.strip_prefix("feed")
        .and_then(|rest| rest.strip_suffix(".json"))
        .is_some_and(|page| page.is_empty() || page.starts_with('-'))
}

async fn events(State(built): State<Sender<()>>) -> impl IntoResponse {
    Sse::new(messages(built.subscribe())).keep_alive(KeepAlive::default())
}

/// One event for each build that ends while the page is open; two builds in a row are one.
fn messages(built: Receiver<()>) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(built, async |mut built| match built.recv().await {
        Ok(()) | Err(RecvError::Lagged(_)) => Some((Ok(Event::default().event("built").data("")), built)),
        Err(RecvError::Closed) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_told_from_other_json() {
        for (path, feed) in [
            ("/fr/feed.json", true),
            ("/blog/fr/feed-2.json", true),
            ("/site.json", false),
            ("/fr/feedback.json", false),
            ("/fr/feed/index.json", false),
        ] {
            assert_eq!(is_feed(path), feed, "{path}");
        }
    }

    #[test]
    fn a_port_that_is_taken_is_named_with_the_cure() {
        let taken = listen(0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = listen(port).unwrap_err().to_string();
        assert!(
            message.contains(&port.to_string()) && message.contains("--port"),
            "{message}"
        );
    }
}
