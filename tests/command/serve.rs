//! `passerelle serve`: what a browser on the same machine gets, and what it gets after a change.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
};

use passerelle_tests::wait::PATIENCE;

use crate::run::{copy, fixture, passerelle, scratch, write_post};

/// A running `passerelle serve`, ended when it is dropped.
struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    host: String,
    base_path: String,
    /// Lines of its standard error.
    told: Receiver<String>,
}

impl Server {
    fn start(content: &Path, more: &[&str]) -> Server {
        let mut child = passerelle()
            .arg("serve")
            .arg(content)
            .args(["--port", "0", "--reader"])
            .arg(fixture("reader"))
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let told = lines(child.stderr.take().unwrap());
        let url = lines(child.stdout.take().unwrap())
            .recv_timeout(PATIENCE)
            .expect("a URL on standard output");
        let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        Server {
            child,
            host: host.to_owned(),
            base_path: format!("/{path}"),
            told,
        }
    }

    fn get(&self, path: &str) -> Answer {
        let mut text = Vec::new();
        self.open(path).read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Answer {
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    fn open(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.host
        )
        .unwrap();
        stream
    }

    /// Waits for a line of standard error that holds `text`.
    #[track_caller]
    fn tells(&self, text: &str) {
        let mut seen = Vec::new();
        while let Ok(line) = self.told.recv_timeout(PATIENCE) {
            if line.contains(text) {
                return;
            }
            seen.push(line);
        }
        panic!("no line with {text:?} in {seen:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    /// Status line and headers, in lower case.
    head: String,
    body: String,
}

impl Answer {
    fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// The lines of a stream, as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        BufReader::new(stream)
            .lines()
            .map_while(Result::ok)
            .try_for_each(|line| sender.send(line))
    });
    receiver
}

#[test]
fn every_file_has_its_type() {
    let server = Server::start(&fixture("blog"), &[]);
    assert_eq!(server.base_path, "/");
    for (path, kind) in [
        ("/", "text/html"),
        ("/en/crossing/", "text/html"),
        ("/en/crossing/index.json", "application/json"),
        ("/site.json", "application/json"),
        ("/en/feed.json", "application/feed+json"),
        ("/en/feed-2.json", "application/feed+json"),
        ("/assets/app-1234_bg.wasm", "application/wasm"),
        ("/assets/boot-1234.js", "text/javascript"),
        ("/assets/style-1234.css", "text/css"),
        ("/assets/icons/favicon.svg", "image/svg+xml"),
        ("/en/plan.png", "image/png"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status(), "200", "{path}");
        assert_eq!(
            answer
                .header("content-type")
                .and_then(|kind| kind.split(';').next()),
            Some(kind),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[test]
fn what_is_not_there_is_the_sites_own_404() {
    let server = Server::start(&fixture("blog"), &[]);
    let answer = server.get("/en/nowhere/");
    assert_eq!(answer.status(), "404");
    assert!(
        answer.body.contains("Page not found") && answer.body.contains("Page introuvable"),
        "{}",
        answer.body
    );
    assert_eq!(server.get("/../../etc/passwd").status(), "404");
}

#[test]
fn a_site_with_a_base_path_is_served_there() {
    let server = Server::start(&fixture("blog"), &["--base-path", "/notes/"]);
    assert_eq!(server.base_path, "/notes/");
    assert_eq!(server.get("/notes/en/").status(), "200");
    assert_eq!(server.get("/en/").status(), "404");
    assert_eq!(server.get("/").header("location"), Some("/notes/"));
    assert_eq!(server.get("/notes/en").header("location"), Some("/notes/en/"));
}

#[test]
fn a_change_is_built_and_open_pages_are_told() {
    let scratch = scratch();
    copy(&fixture("blog"), scratch.path());
    let server = Server::start(scratch.path(), &[]);
    let page = server.get("/en/second/");
    assert!(
        page.body
            .contains(r#"<script src="/_passerelle/reload.js" defer></script>"#),
        "{}",
        page.body
    );
    let mut events = BufReader::new(server.open("/_passerelle/events"));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(events.read_line(&mut head).unwrap(), 0, "{head}");
    }
    write_post(
        &scratch.path().join("en/second.md"),
        "title: Changed\ndate: 2024-03-01",
        "Another text.",
    );
    let told = events
        .lines()
        .map_while(Result::ok)
        .find(|line| line.starts_with("event:"));
    assert_eq!(told.as_deref(), Some("event: built"));
    assert!(server.get("/en/second/").body.contains("Another text."));
}

#[test]
fn a_mistake_is_told_and_the_rest_stays() {
    let scratch = scratch();
    write_post(
        &scratch.path().join("en/a.md"),
        "title: A\ndate: 2024-01-01",
        "The good text.",
    );
    let server = Server::start(scratch.path(), &[]);
    write_post(
        &scratch.path().join("en/a.md"),
        "title: [never closed",
        "The good text.",
    );
    server.tells("en/a.md:");
    server.tells("the site stays as it was before");
    assert!(server.get("/en/a/").body.contains("The good text."));
    write_post(
        &scratch.path().join("en/a.md"),
        "title: A\ndate: 2024-01-01",
        "The mended text.",
    );
    server.tells("built 1 post");
    assert!(server.get("/en/a/").body.contains("The mended text."));
}

#[test]
fn links_to_the_published_site_lead_to_the_one_that_is_served() {
    let scratch = scratch();
    copy(&fixture("blog"), scratch.path());
    let text =
        "[languages.en]\norigin = \"https://en.example\"\n[languages.fr]\norigin = \"https://fr.example\"\n";
    fs::write(scratch.path().join("passerelle.toml"), text).unwrap();
    let server = Server::start(scratch.path(), &[]);
    let page = server.get("/en/crossing/").body;
    assert!(
        page.contains(r#"href="/fr/traversee/" lang="fr""#) && !page.contains("en.example"),
        "{page}"
    );
}

#[test]
fn a_port_that_is_taken_is_told_with_the_cure() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = passerelle()
        .arg("serve")
        .arg(fixture("blog"))
        .args(["--port", &port, "--reader"])
        .arg(fixture("reader"))
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains(&format!("port {port} is taken")) && told.contains("--port N"),
        "{told}"
    );
}
