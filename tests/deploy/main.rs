//! The recipes of `docs/deploying.md`, as they stand there, where they are for.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod bucket;
mod host;
mod http;
mod recipe;
mod running;
mod site;
mod workflow;

use std::{fs, path::PathBuf};

use bucket::Bucket;
use host::{Host, Server};
use http::Answer;
use passerelle_tests::skip::skip;

/// What a site was brought to, and answers from there.
pub trait Serves {
    /// The answer to a request for `path`, from the base path.
    fn get(&self, path: &str, encodings: Option<&str>) -> Answer;

    /// The folder of the site.
    fn site(&self) -> PathBuf;

    /// The file that answers `path`.
    fn file(&self, path: &str) -> PathBuf {
        let is_page = path.is_empty() || path.ends_with('/');
        self.site()
            .join(format!("{path}{}", if is_page { "index.html" } else { "" }))
    }
}

/// What every answer carries.
const EVERYWHERE: [(&str, &str); 5] = [
    ("content-security-policy", "frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
];

const NOT_THERE: [&str; 2] = ["nothing/", "assets/nothing-0123456789abcdef.js"];

/// Serves the demo by the recipe at the root and under a base path, and looks at it; skips where the server is missing.
fn with_each_base_path(server: Server, test: &str, look: impl Fn(&Host)) {
    for base_path in ["/", "/blog/"] {
        match Host::start(server, base_path).unwrap() {
            Some(host) => look(&host),
            None => {
                return skip(
                    test,
                    &format!(
                        "there is no {}; `cargo xtask test` fetches it on Debian",
                        server.program()
                    ),
                );
            }
        }
    }
}

fn files_come_as_what_they_are(host: &impl Serves) {
    for (path, kind) in [
        ("", "text/html"),
        ("en/", "text/html"),
        ("en/welcome/", "text/html"),
        ("site.json", "application/json"),
        ("sitemap.xml", "text/xml"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("robots.txt", "text/plain"),
        ("images/map.webp", "image/webp"),
    ] {
        let answer = host.get(path, None);
        assert_eq!(answer.status, 200, "{path}");
        // Two names of one type (RFC 7303, section 9.1).
        let told = answer
            .header("content-type")
            .replace("application/xml", "text/xml");
        assert!(told.starts_with(kind), "{path}: {answer:?}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert!(answer.body == fs::read(host.file(path)).unwrap(), "{path}");
    }
}

fn feeds_come_as_feeds(host: &Host) {
    for (path, kind) in [
        ("en/feed.json", "application/feed+json"),
        ("fr/feed-2.json", "application/feed+json"),
        ("en/atom.xml", "application/atom+xml"),
    ] {
        let answer = host.get(path, None);
        assert!(
            answer.header("content-type").starts_with(kind),
            "{path}: {answer:?}"
        );
        assert!(answer.body == fs::read(host.file(path)).unwrap(), "{path}");
    }
}

fn every_answer_has_its_headers(host: &Host) {
    for path in ["", "en/welcome/", "en/feed.json", "images/map.webp", "nothing/"] {
        let answer = host.get(path, None);
        for (name, value) in EVERYWHERE {
            assert_eq!(answer.header(name), value, "{path}");
        }
    }
}

fn files_with_a_hash_are_kept_for_ever(host: &impl Serves) {
    let mut kinds = Vec::new();
    for entry in fs::read_dir(host.site().join("assets")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some((_, kind)) = name
            .rsplit_once('.')
            .filter(|(_, kind)| ["css", "js", "wasm"].contains(kind))
        else {
            continue;
        };
        let answer = host.get(&format!("assets/{name}"), None);
        let expected = match kind {
            "wasm" => &["application/wasm"][..],
            "css" => &["text/css"],
            _ => &["text/javascript", "application/javascript"],
        };
        let told = answer.header("content-type");
        assert!(
            expected.iter().any(|kind| told.starts_with(kind)),
            "{name}: {told}"
        );
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable",
            "{name}"
        );
        kinds.push(kind.to_owned());
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, ["css", "js", "wasm"]);
    let icon = host.get("assets/icons/favicon.svg", None);
    assert_eq!((icon.status, icon.header("cache-control")), (200, "no-cache"));
}

fn what_is_not_there_is_the_sites_404(host: &impl Serves, paths: &[&str]) {
    let page = fs::read(host.site().join("404.html")).unwrap();
    for path in paths {
        let answer = host.get(path, None);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{path}: {answer:?}"
        );
        assert!(answer.body == page, "{path}");
    }
}

fn a_folder_leads_to_its_page(host: &impl Serves) {
    let answer = host.get("en/welcome", None);
    assert!([301, 308].contains(&answer.status), "{answer:?}");
    let location = answer.header("location");
    assert!(
        location.ends_with("/en/welcome/") || location == "welcome/",
        "{location}"
    );
}

fn compressed_copies_are_sent_to_who_takes_them(host: &Host) {
    for path in ["en/welcome/", "en/feed.json", "sitemap.xml"] {
        for (accepted, ending) in [("br", "br"), ("gzip", "gz"), ("gzip, deflate, br", "br")] {
            let answer = host.get(path, Some(accepted));
            let copy = fs::read(format!("{}.{ending}", host.file(path).display())).unwrap();
            let encoding = if ending == "gz" { "gzip" } else { "br" };
            // nginx takes the first module that can answer, whatever the reader likes best.
            let sent = answer.header("content-encoding");
            if accepted == "gzip, deflate, br" {
                assert!(["br", "gzip"].contains(&sent), "{path}: {sent}");
            } else {
                assert_eq!(sent, encoding, "{path}");
                assert!(answer.body == copy, "{path}");
            }
            assert!(
                answer.header("vary").eq_ignore_ascii_case("accept-encoding"),
                "{path}: {answer:?}"
            );
        }
        assert_eq!(host.get(path, None).header("content-encoding"), "", "{path}");
    }
}

fn all_of_it(host: &Host) {
    files_come_as_what_they_are(host);
    feeds_come_as_feeds(host);
    every_answer_has_its_headers(host);
    files_with_a_hash_are_kept_for_ever(host);
    what_is_not_there_is_the_sites_404(host, &[&NOT_THERE[..], &["en/nothing"]].concat());
    a_folder_leads_to_its_page(host);
    compressed_copies_are_sent_to_who_takes_them(host);
}

#[test]
fn nginx_serves_the_demo_by_its_recipe() {
    with_each_base_path(Server::Nginx, "nginx_serves_the_demo_by_its_recipe", all_of_it);
}

#[test]
fn caddy_serves_the_demo_by_its_recipe() {
    with_each_base_path(Server::Caddy, "caddy_serves_the_demo_by_its_recipe", all_of_it);
}

#[test]
fn s3_is_filled_by_its_recipe_and_read_through_its_function() {
    let test = "s3_is_filled_by_its_recipe_and_read_through_its_function";
    let Some(bucket) = Bucket::start().unwrap() else {
        return skip(
            test,
            "there is no aws or no moto_server; `cargo xtask test` fetches them",
        );
    };
    bucket.deploy().unwrap();
    files_come_as_what_they_are(&bucket);
    files_with_a_hash_are_kept_for_ever(&bucket);
    // A bucket knows no folders, so that each name without a dot leads to one.
    what_is_not_there_is_the_sites_404(&bucket, &NOT_THERE);
    a_folder_leads_to_its_page(&bucket);

    // The next deployment: a post is gone, and the reader has other names.
    let assets = bucket.site().join("assets");
    let name = |kind: &str| {
        let names = fs::read_dir(&assets)
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        names
            .map(|name| name.into_string().unwrap())
            .find(|name| name.ends_with(kind))
            .unwrap()
    };
    let old = name(".css");
    fs::rename(assets.join(&old), assets.join("style-0123456789abcdef.css")).unwrap();
    fs::remove_dir_all(bucket.site().join("en/welcome")).unwrap();
    bucket.deploy().unwrap();
    assert_eq!(bucket.get("en/welcome/", None).status, 404);
    for name in [&old, "style-0123456789abcdef.css"] {
        let answer = bucket.get(&format!("assets/{name}"), None);
        assert_eq!(answer.status, 200, "{name}: an open page may still ask for it");
    }
    files_with_a_hash_are_kept_for_ever(&bucket);
}
