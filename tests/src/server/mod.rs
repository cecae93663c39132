//! A static file server that a test holds in its hand: it serves a built site as a CDN would, remembers what it was
//! asked for, and fails in the ways that networks and servers fail.

mod answer;
mod fault;
mod link;
mod tls;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context, Result};
use axum::{
    Router,
    http::{HeaderName, HeaderValue},
};
use tokio::sync::{oneshot, watch};
use tokio_rustls::TlsAcceptor;

pub use fault::{Fault, Where};
pub use link::Link;

use crate::sites::Site;

/// A request that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The path as it stood in the URL, base path included, without query.
    pub path: String,
    /// The status that it was answered with.
    pub status: u16,
    /// What the browser wanted it for (`Sec-Fetch-Dest`): `document`, `empty` for `fetch`, `image`…
    pub destination: String,
    /// How many bytes the body of the answer had, packed as it was sent; 0 where that was not known beforehand.
    pub bytes: u64,
}

impl Request {
    /// Whether the browser asked for a page, as it does when it loads or reloads one.
    pub fn is_document(&self) -> bool {
        self.destination == "document"
    }
}

/// What the server's thread and the test share.
struct Shared {
    root: Mutex<PathBuf>,
    base_path: String,
    faults: Mutex<Vec<(Where, Fault)>>,
    requests: Mutex<Vec<Request>>,
    headers: Mutex<Vec<(HeaderName, HeaderValue)>>,
    /// Whether the site's service worker is there to be had.
    has_worker: AtomicBool,
    /// Whether browsers may keep answers, as from a host that follows the site's `_headers`.
    is_cached: AtomicBool,
    link: Mutex<Option<Arc<Link>>>,
    /// Ticks whenever the faults change, so that held answers go on.
    changed: watch::Sender<()>,
}

/// The server; it ends when dropped.
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
    tls: Option<TlsAcceptor>,
    running: Option<Running>,
}

struct Running {
    stop: oneshot::Sender<()>,
    thread: thread::JoinHandle<()>,
}

impl Server {
    /// Serves `site` under its base path on a free port of this machine.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(site: &Site) -> Result<Self> {
        Server::over(site.root.clone(), site.about.base_path.clone())
    }

    /// Serves the files of any folder.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn over(root: PathBuf, base_path: String) -> Result<Self> {
        Server::speaking(None, root, base_path)
    }

    /// Serves `site` as a CDN does: over HTTP/2, and browsers may keep answers. The browser must trust any certificate.
    ///
    /// # Errors
    /// When no port can be had, or no certificate can be made.
    pub fn as_a_cdn(site: &Site) -> Result<Self> {
        let server = Server::speaking(
            Some(tls::acceptor()?),
            site.root.clone(),
            site.about.base_path.clone(),
        )?;
        server.allow_caching();
        Ok(server)
    }

    fn speaking(tls: Option<TlsAcceptor>, root: PathBuf, base_path: String) -> Result<Self> {
        let shared = Arc::new(Shared {
            root: Mutex::new(root),
            base_path,
            faults: Mutex::default(),
            requests: Mutex::default(),
            headers: Mutex::default(),
            has_worker: AtomicBool::new(false),
            is_cached: AtomicBool::new(false),
            link: Mutex::default(),
            changed: watch::Sender::new(()),
        });
        let mut server = Server {
            port: 0,
            shared,
            tls,
            running: None,
        };
        server.restart()?;
        Ok(server)
    }

    /// `http://127.0.0.1:PORT`, no final slash; `https` where it speaks TLS.
    pub fn origin(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops: connections break and new ones are refused, as when a server or a network is gone.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            // The thread may have ended by itself; then there is nobody to tell.
            let _ = running.stop.send(());
            let _ = running.thread.join();
        }
    }

    /// Serves again on the same port, after [`Server::stop`].
    ///
    /// # Errors
    /// When the port was taken meanwhile.
    pub fn restart(&mut self) -> Result<()> {
        self.stop();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = TcpListener::bind(address).context("no port for the test server")?;
        listener.set_nonblocking(true)?;
        self.port = listener.local_addr()?.port();
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&self.shared);
        let tls = self.tls.clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    result = serve(listener, tls, shared) => {
                        if let Err(error) = result {
                            eprintln!("the test server ended: {error:#}");
                        }
                    }
                    _ = stopped => {}
                }
            });
            // Connections are tasks of this runtime: they break here.
            runtime.shutdown_background();
        });
        self.running = Some(Running { stop, thread });
        Ok(())
    }

    /// The site's service worker is there to be had. Until then it is answered with 404, so that what a test sees comes
    /// from this server.
    pub fn serve_worker(&self) {
        self.shared.has_worker.store(true, Ordering::Relaxed);
    }

    /// From now on, browsers may keep answers as they may from a CDN: what carries its hash in its name for ever, all
    /// else when they ask each time whether it is still so, by its `ETag`.
    pub fn allow_caching(&self) {
        self.shared.is_cached.store(true, Ordering::Relaxed);
    }

    /// From now on, all answers come over `link`, which they share.
    pub fn answer_over(&self, link: Link) {
        *lock(&self.shared.link) = Some(Arc::new(link));
    }

    /// Serves `site` in the place of the one before, at the same base path: a deploy.
    pub fn deploy(&self, site: &Site) {
        lock(&self.shared.root).clone_from(&site.root);
    }

    /// From now on, requests at `place` meet `fault`; a later fault goes before an earlier one.
    pub fn fail(&self, place: Where, fault: Fault) {
        lock(&self.shared.faults).insert(0, (place, fault));
        self.shared.changed.send_replace(());
    }

    /// No request meets a fault any more; answers that were held go out.
    pub fn mend(&self) {
        lock(&self.shared.faults).clear();
        self.shared.changed.send_replace(());
    }

    /// Every answer has this header from now on, as a host may add it.
    pub fn add_header(&self, name: &'static str, value: &'static str) {
        let header = (HeaderName::from_static(name), HeaderValue::from_static(value));
        lock(&self.shared.headers).push(header);
    }

    /// What was asked for since the start or [`Server::forget`], in the order of the answers.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// Waits until nothing was asked for in two seconds: a worker does its part behind the page, and tells nobody.
    pub async fn until_quiet(&self) {
        let mut before = None;
        while before != Some(self.requests().len()) {
            before = Some(self.requests().len());
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
    }

    /// Forgets what was asked for.
    pub fn forget(&self) {
        lock(&self.shared.requests).clear();
    }

    /// The pages that were loaded since [`Server::forget`]: none, while the reader moves within itself.
    pub fn documents(&self) -> Vec<String> {
        self.requests()
            .into_iter()
            .filter(Request::is_document)
            .map(|request| request.path)
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, shared: Arc<Shared>) -> Result<()> {
    let router = Router::new().fallback(answer::answer).with_state(shared);
    let listener = tokio::net::TcpListener::from_std(listener)?;
    match tls {
        Some(tls) => axum::serve(tls::Listener::new(listener, tls), router).await?,
        None => axum::serve(listener, router).await?,
    }
    Ok(())
}

/// A test that panicked while it held a lock leaves data that is still whole: each change is one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

    use super::*;

    /// The whole answer to a request, as it comes over the wire.
    fn ask(server: &Server, path: &str) -> std::io::Result<String> {
        ask_with(server, path, "")
    }

    fn ask_with(server: &Server, path: &str, headers: &str) -> std::io::Result<String> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            connection,
            "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n"
        )?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn server() -> Server {
        Server::start(&Site::hand_made().unwrap()).unwrap()
    }

    #[test]
    fn files_come_with_their_type_and_folders_with_their_page() {
        let server = server();
        let answer = ask(&server, "/").unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.contains("text/html; charset=utf-8"),
            "{answer}"
        );
        assert!(
            ask(&server, "/site.json")
                .unwrap()
                .contains("content-type: application/json")
        );
        let answer = ask(&server, "/folder").unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 301") && answer.contains("location: /folder/"),
            "{answer}"
        );
        assert!(ask(&server, "/folder/").unwrap().contains("Dossier"));
        for path in ["/nothing", "/../Cargo.toml", "/%2e%2e/%2e%2e/Cargo.toml"] {
            let answer = ask(&server, path).unwrap();
            assert!(
                answer.starts_with("HTTP/1.1 404") && answer.contains("Not here"),
                "{path}: {answer}"
            );
        }
        let asked: Vec<_> = server.requests().iter().map(|request| request.status).collect();
        assert_eq!(asked, [200, 200, 301, 200, 404, 404, 404]);
    }

    #[test]
    fn a_header_that_is_added_is_in_every_answer() {
        let server = server();
        server.add_header("x-added", "yes");
        for path in ["/", "/nothing"] {
            assert!(ask(&server, path).unwrap().contains("x-added: yes"), "{path}");
        }
    }

    #[test]
    fn faults_come_and_go() {
        let server = server();
        let whole = ask(&server, "/site.json").unwrap();
        for (fault, is_so) in [
            (
                Fault::Status(503),
                (|answer| answer.starts_with("HTTP/1.1 503")) as fn(&str) -> bool,
            ),
            (Fault::Html, |answer| {
                answer.starts_with("HTTP/1.1 200") && answer.contains("text/html")
            }),
            (Fault::Half, |answer| {
                answer.starts_with("HTTP/1.1 200") && !answer.contains("languages")
            }),
            (Fault::newer_version(), |answer| {
                answer.contains("\"version\": 4000")
            }),
            (Fault::Broken, |answer| {
                !answer.ends_with("\r\n0\r\n\r\n") && !answer.contains("languages")
            }),
            (Fault::Short, |answer| {
                answer.contains("content-length: ") && !answer.contains("languages")
            }),
            (Fault::Elsewhere(9), |answer| {
                answer.starts_with("HTTP/1.1 302") && answer.contains("location: http://127.0.0.1:9/")
            }),
            (Fault::Lasting, |answer| {
                answer.contains("max-age=31536000") && answer.contains("languages")
            }),
        ] {
            server.fail(Where::json(), fault);
            let answer = ask(&server, "/site.json").unwrap_or_default();
            assert!(is_so(&answer), "{fault:?}: {answer}");
            assert!(
                ask(&server, "/").unwrap().starts_with("HTTP/1.1 200"),
                "{fault:?} is of JSON alone"
            );
            server.mend();
        }
        let date = |answer: &str| {
            answer
                .lines()
                .filter(|line| !line.starts_with("date"))
                .collect::<String>()
        };
        assert_eq!(date(&ask(&server, "/site.json").unwrap()), date(&whole));
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        let server = server();
        assert!(!ask(&server, "/site.json").unwrap().contains("etag"));
        server.allow_caching();
        let answer = ask(&server, "/site.json").unwrap();
        let tag = answer
            .lines()
            .find_map(|line| line.strip_prefix("etag: "))
            .unwrap();
        let known = format!("if-none-match: {tag}\r\n");
        let answer = ask_with(&server, "/site.json", &known).unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 304") && !answer.contains("languages"),
            "{answer}"
        );
        let bytes: Vec<u64> = server.requests().iter().map(|request| request.bytes).collect();
        assert!(bytes[1] > 100 && bytes[2] == 0, "{bytes:?}");
    }

    #[test]
    fn a_slow_link_takes_the_time_of_its_bytes_and_changes_none() {
        let server = server();
        let whole = ask(&server, "/site.json").unwrap();
        let (_, body) = whole.split_once("\r\n\r\n").unwrap();
        let begin = std::time::Instant::now();
        let speed = u32::try_from(body.len()).unwrap() * 10;
        server.answer_over(Link::new(Duration::from_millis(50), speed));
        assert!(ask(&server, "/site.json").unwrap().ends_with(body));
        assert!(
            begin.elapsed() >= Duration::from_millis(150),
            "{:?}",
            begin.elapsed()
        );
    }

    #[test]
    fn a_part_of_a_file_can_be_asked_for() {
        let server = server();
        let whole = ask(&server, "/site.json").unwrap();
        let (_, body) = whole.split_once("\r\n\r\n").unwrap();
        let answer = ask_with(&server, "/site.json", "range: bytes=2-5\r\n").unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 206") && answer.ends_with(&format!("\r\n\r\n{}", &body[2..6])),
            "{answer}"
        );
    }

    #[test]
    fn a_host_may_know_pages_by_their_short_names_alone() {
        let server = server();
        server.fail(Where::all(), Fault::ShortNames);
        for (path, place) in [("/folder/index.html", "/folder/"), ("/404.html", "/404")] {
            let answer = ask(&server, path).unwrap();
            assert!(
                answer.starts_with("HTTP/1.1 301") && answer.contains(&format!("location: {place}\r\n")),
                "{answer}"
            );
        }
        assert!(ask(&server, "/folder/").unwrap().contains("Dossier"));
        assert!(ask(&server, "/404").unwrap().starts_with("HTTP/1.1 200"));
    }

    #[test]
    fn what_is_held_comes_when_it_is_let_go() {
        let server = server();
        server.fail(Where::json(), Fault::Held);
        thread::scope(|scope| {
            let answer = scope.spawn(|| ask(&server, "/site.json").unwrap());
            assert!(ask(&server, "/").unwrap().starts_with("HTTP/1.1 200"));
            assert_eq!(server.requests().len(), 1, "the other is not answered");
            server.mend();
            assert!(answer.join().unwrap().starts_with("HTTP/1.1 200"));
        });
    }

    #[test]
    fn a_server_that_stopped_refuses_and_comes_back_where_it_was() {
        let mut server = server();
        let origin = server.origin();
        server.stop();
        assert!(ask(&server, "/").is_err());
        server.restart().unwrap();
        assert_eq!(server.origin(), origin);
        assert!(ask(&server, "/").unwrap().starts_with("HTTP/1.1 200"));
    }
}
