//! The recipes of `docs/deploying.md`, as they stand there, in the servers that they are for.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod host;
mod http;
mod recipe;

use std::fs;

use host::{Host, Server};
use passerelle_tests::skip::skip;

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

fn pages_come_with_their_headers(host: &Host) {
    for (path, kind) in [
        ("", "text/html"),
        ("en/", "text/html"),
        ("en/welcome/", "text/html"),
        ("site.json", "application/json"),
        ("en/feed.json", "application/feed+json"),
        ("fr/feed-2.json", "application/feed+json"),
        ("en/atom.xml", "application/atom+xml"),
        ("sitemap.xml", "text/xml"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("robots.txt", "text/plain"),
        ("images/map.webp", "image/webp"),
    ] {
        let answer = host.get(path, None);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer.header("content-type").starts_with(kind),
            "{path}: {answer:?}"
        );
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        for (name, value) in EVERYWHERE {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.body == fs::read(host.file(path)).unwrap(), "{path}");
    }
}

fn files_with_a_hash_are_kept_for_ever(host: &Host) {
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
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
        kinds.push(kind.to_owned());
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, ["css", "js", "wasm"]);
    let icon = host.get("assets/icons/favicon.svg", None);
    assert_eq!((icon.status, icon.header("cache-control")), (200, "no-cache"));
}

fn what_is_not_there_is_the_sites_404(host: &Host) {
    let page = fs::read(host.site().join("404.html")).unwrap();
    for path in ["nothing/", "en/nothing", "assets/nothing-0123456789abcdef.js"] {
        let answer = host.get(path, None);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{path}: {answer:?}"
        );
        assert!(answer.body == page, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

fn a_folder_leads_to_its_page(host: &Host) {
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
    pages_come_with_their_headers(host);
    files_with_a_hash_are_kept_for_ever(host);
    what_is_not_there_is_the_sites_404(host);
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
