//! One request, one answer: a file of the site with the right content type, or the fault that was asked for.

use std::{
    convert::Infallible,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{Request as HttpRequest, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use percent_encoding::percent_decode_str;

use super::{Fault, Request, Shared, link, lock};

pub(super) const FOR_EVER: HeaderValue = HeaderValue::from_static("max-age=31536000, immutable");
const ERROR_PAGE: &str = "<!doctype html><title>Error</title><h1>Something else answered</h1>";

/// Answers and remembers the request.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: HttpRequest) -> Response {
    let path = request.uri().path().to_owned();
    let destination = request
        .headers()
        .get("sec-fetch-dest")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let range = request
        .headers()
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok())
        .and_then(range_of);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let takes_brotli = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|coding| coding.trim() == "br"));
    let mut response = match packed(&shared, &path).filter(|_| takes_brotli) {
        Some(response) => response,
        None => with_faults(&shared, &path).await,
    };
    if let Some(range) = range.filter(|_| response.status() == StatusCode::OK) {
        response = part_of(response, range).await;
    }
    response.headers_mut().extend(lock(&shared.headers).clone());
    if shared.is_cached.load(Ordering::Relaxed) {
        response = link::cacheable(&path, known.as_ref(), response).await;
    }
    lock(&shared.requests).push(Request {
        path,
        status: response.status().as_u16(),
        destination,
        bytes: response.body().size_hint().exact().unwrap_or_default(),
    });
    let link = lock(&shared.link).clone();
    match link {
        Some(link) => link.carry(response).await,
        None => response,
    }
}

/// First and last byte of a `Range` that asks for one part.
fn range_of(value: &str) -> Option<(usize, Option<usize>)> {
    let (first, last) = value.strip_prefix("bytes=")?.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()))
}

/// That part of an answer, as 206.
async fn part_of(whole: Response, (first, last): (usize, Option<usize>)) -> Response {
    let (mut head, body) = whole.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let end = last.map_or(bytes.len(), |last| bytes.len().min(last + 1));
    let part = bytes.slice(first.min(end)..end);
    head.status = StatusCode::PARTIAL_CONTENT;
    head.headers.remove(header::CONTENT_LENGTH);
    let range = format!("bytes {first}-{}/{}", end.saturating_sub(1), bytes.len());
    let headers = [(header::CONTENT_RANGE, range)];
    (head, headers, Body::from(part)).into_response()
}

/// What stands packed beside a file, as `cargo xtask bench` leaves it; where nothing fails on purpose.
fn packed(shared: &Shared, path: &str) -> Option<Response> {
    if !lock(&shared.faults).is_empty() {
        return None;
    }
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let inner = content::url::strip_base(&decoded, &shared.base_path)?;
    if is_kept_back(shared, inner) {
        return None;
    }
    let mut on_disk: PathBuf = lock(&shared.root).join(inner.trim_start_matches('/'));
    if path.ends_with('/') {
        on_disk.push("index.html");
    }
    let bytes = std::fs::read(on_disk.with_added_extension("br")).ok()?;
    let mut response = typed(&content_type(&on_disk), bytes);
    let coding = HeaderValue::from_static("br");
    response.headers_mut().insert(header::CONTENT_ENCODING, coding);
    Some(response)
}

async fn with_faults(shared: &Shared, path: &str) -> Response {
    let mut changed = shared.changed.subscribe();
    let fault = lock(&shared.faults)
        .iter()
        .find(|(place, _)| place.holds(path))
        .map(|(_, fault)| *fault);
    match fault {
        None => {}
        Some(Fault::Status(status)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return (status, typed("text/html", ERROR_PAGE.into())).into_response();
        }
        Some(Fault::Missing) => return missing(shared).into_response(),
        Some(Fault::Type(kind)) => {
            return match file(shared, path) {
                Found::File(_, bytes) => typed(kind, bytes),
                other => other.into_response(),
            };
        }
        Some(Fault::Html) => return typed("text/html", ERROR_PAGE.into()),
        Some(Fault::Slow(time)) => tokio::time::sleep(time).await,
        Some(Fault::Held) => {
            // An error means that the server is going away, and the connection with it.
            let _ = changed.changed().await;
        }
        Some(Fault::Elsewhere(port)) => {
            let place = format!("http://127.0.0.1:{port}/login");
            return (StatusCode::FOUND, [(header::LOCATION, place)]).into_response();
        }
        Some(Fault::ShortNames) => {
            return match short_name_of(path) {
                Some(short) => Found::Folder(short).into_response(),
                None => match file(shared, path) {
                    Found::Nothing(_) => file(shared, &format!("{path}.html")).into_response(),
                    found => found.into_response(),
                },
            };
        }
        Some(Fault::Lasting) => {
            let mut response = file(shared, path).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, FOR_EVER);
            return response;
        }
        Some(fault @ (Fault::Half | Fault::Broken | Fault::Short | Fault::Trickle | Fault::Changed(_))) => {
            return match file(shared, path) {
                Found::File(kind, bytes) => spoilt(fault, &kind, bytes),
                other => other.into_response(),
            };
        }
    }
    file(shared, path).into_response()
}

/// The address of a page without what names its file.
fn short_name_of(path: &str) -> Option<String> {
    let folder = path
        .strip_suffix("/index.html")
        .map(|folder| format!("{folder}/"));
    folder.or_else(|| path.strip_suffix(".html").map(str::to_owned))
}

/// The file with `fault` done to it.
fn spoilt(fault: Fault, kind: &str, bytes: Vec<u8>) -> Response {
    let half = bytes.len() / 2;
    match fault {
        Fault::Half => typed(kind, bytes[..half].to_vec()),
        Fault::Broken => {
            let first = Ok(Bytes::copy_from_slice(&bytes[..half]));
            let parts = stream::iter([first, Err("the connection breaks here")]);
            let headers = [(header::CONTENT_TYPE, kind.to_owned())];
            (headers, Body::from_stream(parts)).into_response()
        }
        Fault::Short => {
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_LENGTH, bytes.len().to_string()),
            ];
            (headers, breaking_off(&bytes[..half])).into_response()
        }
        Fault::Trickle => {
            let byte_by_byte = stream::unfold(bytes.into_iter(), async |mut rest| {
                tokio::time::sleep(Duration::from_secs(1)).await;
                rest.next()
                    .map(|byte| (Ok::<_, Infallible>(Bytes::from(vec![byte])), rest))
            });
            let headers = [(header::CONTENT_TYPE, kind.to_owned())];
            (headers, Body::from_stream(byte_by_byte)).into_response()
        }
        Fault::Changed(change) => typed(kind, change(String::from_utf8_lossy(&bytes).into_owned()).into()),
        _ => typed(kind, bytes),
    }
}

/// A body that ends with these bytes and before its end.
fn breaking_off(bytes: &[u8]) -> Body {
    let first = stream::iter([Ok(Bytes::copy_from_slice(bytes))]);
    let end = stream::once(async {
        // The connection is closed at once, whatever is still to be written: it is to be on its way by then.
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err("the connection breaks here")
    });
    Body::from_stream(first.chain(end))
}

/// What stands at a path.
enum Found {
    File(String, Vec<u8>),
    /// A folder was asked for without its slash.
    Folder(String),
    Nothing(Vec<u8>),
}

impl IntoResponse for Found {
    fn into_response(self) -> Response {
        match self {
            Found::File(kind, bytes) => typed(&kind, bytes),
            Found::Folder(path) => {
                (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, path)]).into_response()
            }
            Found::Nothing(page) => (StatusCode::NOT_FOUND, typed("text/html", page)).into_response(),
        }
    }
}

/// Whether nothing is given out there: outside the site, or its worker where that was not asked for.
fn is_kept_back(shared: &Shared, inner: &str) -> bool {
    let is_worker = inner == "/sw.js" && !shared.has_worker.load(Ordering::Relaxed);
    is_worker || inner.split('/').any(|part| part == "..")
}

fn missing(shared: &Shared) -> Found {
    Found::Nothing(std::fs::read(lock(&shared.root).join("404.html")).unwrap_or_default())
}

fn file(shared: &Shared, path: &str) -> Found {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let Some(inner) = content::url::strip_base(&decoded, &shared.base_path) else {
        return Found::Nothing(ERROR_PAGE.into());
    };
    if is_kept_back(shared, inner) {
        return missing(shared);
    }
    let mut on_disk: PathBuf = lock(&shared.root).join(inner.trim_start_matches('/'));
    if on_disk.is_dir() {
        if !path.ends_with('/') {
            return Found::Folder(format!("{path}/"));
        }
        on_disk.push("index.html");
    }
    match std::fs::read(&on_disk) {
        Ok(bytes) => Found::File(content_type(&on_disk), bytes),
        Err(_) => missing(shared),
    }
}

fn content_type(path: &std::path::Path) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    if kind.type_() == mime_guess::mime::TEXT {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    }
}

/// Nothing is kept by the browser but what the site itself says is forever the same: what a test sees comes from the
/// server as it is now.
fn typed(kind: &str, body: Vec<u8>) -> Response {
    let cache = if kind.ends_with("/wasm") {
        FOR_EVER
    } else {
        HeaderValue::from_static("no-store")
    };
    (
        [(header::CACHE_CONTROL, cache)],
        [(header::CONTENT_TYPE, kind)],
        body,
    )
        .into_response()
}
