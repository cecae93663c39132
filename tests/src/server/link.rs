//! A server as far away as a CDN is from a telephone: a link that is slow and that all answers share, and answers that
//! browsers may keep. Browsers slow what a page asks for, but not what a service worker does.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use sha2::{Digest, Sha256};
use tokio::time::{Instant, sleep, sleep_until};

use super::{answer::FOR_EVER, lock};

/// The bytes that travel together: what a packet of TCP carries over Ethernet.
const PACKET: usize = 1_460;

/// A slow link.
#[derive(Debug)]
pub struct Link {
    latency: Duration,
    bytes_per_second: u32,
    /// When it will have carried all that it was given.
    free: Mutex<Option<Instant>>,
}

impl Link {
    /// A link on which an answer begins `latency` after its request, and all answers together have `bytes_per_second`.
    pub fn new(latency: Duration, bytes_per_second: u32) -> Self {
        Link {
            latency,
            bytes_per_second,
            free: Mutex::default(),
        }
    }

    /// The answer, as it comes over the link.
    pub(super) async fn carry(self: Arc<Self>, response: Response) -> Response {
        sleep(self.latency).await;
        let (mut head, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        head.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
        let packets = stream::unfold((self, bytes), async |(link, mut rest)| {
            if rest.is_empty() {
                return None;
            }
            let packet = rest.split_to(PACKET.min(rest.len()));
            sleep_until(link.turn(packet.len())).await;
            Some((Ok::<Bytes, Infallible>(packet), (link, rest)))
        });
        Response::from_parts(head, Body::from_stream(packets))
    }

    /// When so many bytes will have been carried, behind all that were before them.
    fn turn(&self, bytes: usize) -> Instant {
        let time = bytes as f64 / f64::from(self.bytes_per_second);
        let mut free = lock(&self.free);
        let begin = free.unwrap_or_else(Instant::now).max(Instant::now());
        let end = begin + Duration::from_secs_f64(time);
        *free = Some(end);
        end
    }
}

/// The answer as a host gives it that lets browsers keep it; without its body where the browser has it, as `known` says.
pub(super) async fn cacheable(path: &str, known: Option<&HeaderValue>, response: Response) -> Response {
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let digest = Sha256::digest(&bytes);
    let tag = format!("\"{digest:x}\"");
    let lifetime = if path.contains("/assets/") {
        FOR_EVER
    } else {
        HeaderValue::from_static("public, max-age=0, must-revalidate")
    };
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        let headers = [(header::CACHE_CONTROL, lifetime)];
        return (StatusCode::NOT_MODIFIED, headers, [(header::ETAG, tag)]).into_response();
    }
    head.headers.insert(header::CACHE_CONTROL, lifetime);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        head.headers.insert(header::ETAG, tag);
    }
    (head, Body::from(bytes)).into_response()
}
