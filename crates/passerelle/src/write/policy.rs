//! What a page may load and do: the Content-Security-Policy, and the headers that go with it.

use std::collections::BTreeSet;

use maud::{Markup, html};
use url::Url;

/// The policy but for images. Scripts are files of the site alone, WebAssembly may be compiled, and whatever makes
/// HTML of text goes through a Trusted Types policy of `public/boot.js`.
const BEFORE_IMAGES: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:";
const BEHIND_IMAGES: &str = "; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
     base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types app default";

/// What a browser heeds in a header alone (CSP 3, section 3.3).
pub const HEADER_ONLY: &str = "frame-ancestors 'none'";

/// Headers of every file besides the policy.
///
/// Features of `Permissions-Policy` are those that every browser with the header knows: an unknown one is a warning
/// in the console of each page.
pub const HEADERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The longest policy: Cloudflare refuses a line of `_headers` of more than 2,000 characters.
const LONGEST: usize = 1900;

/// The Content-Security-Policy of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(String);

impl Policy {
    /// The policy of a site whose posts show images of these origins (`https://host`).
    ///
    /// It is one for all pages, since the reader goes from post to post under the policy of the page that it began on.
    /// Where the origins are too many to be named, any may be shown.
    pub fn new(images: &BTreeSet<String>) -> Self {
        let named: String = images.iter().map(|origin| format!(" {origin}")).collect();
        let policy = format!("{BEFORE_IMAGES}{named}{BEHIND_IMAGES}");
        if policy.len() + HEADER_ONLY.len() <= LONGEST {
            return Policy(policy);
        }
        Policy(format!("{BEFORE_IMAGES} https: http:{BEHIND_IMAGES}"))
    }

    /// The policy as a page's `meta` says it.
    fn meta(&self) -> &str {
        &self.0
    }

    /// The element of a page's head that says it.
    pub fn element(&self) -> Markup {
        html! { meta http-equiv="Content-Security-Policy" content=(self.meta()); }
    }

    /// The policy as a header says it.
    pub fn header(&self) -> String {
        format!("{}; {HEADER_ONLY}", self.0)
    }
}

/// The origin of an absolute address as a policy may name it: `https://host` or `https://host:port`, read as a browser
/// reads it (WHATWG URL standard), so that `https://café.example` is `https://xn--caf-dma.example`.
///
/// `None` for addresses from the root, `data:` and whatever could pass for more than an origin, as for an IPv6 address,
/// which a policy cannot name (CSP 3, section 2.3.1).
pub fn origin(address: &str) -> Option<String> {
    let begins_with_host = ["//", "/\\", "\\/", "\\\\"]
        .iter()
        .any(|slashes| address.starts_with(slashes));
    let url = if begins_with_host {
        Url::parse(&format!("https:{address}"))
    } else {
        Url::parse(address)
    };
    let url = url.ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    url.host_str()
        .is_some_and(|host| host.bytes().all(is_plain))
        .then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_origins_of_images_are_let_in() {
        let images = ["https://a.example", "https://b.example:8443"].map(str::to_owned);
        let policy = Policy::new(&BTreeSet::from(images));
        assert!(
            policy
                .meta()
                .contains("img-src 'self' data: https://a.example https://b.example:8443; font-src"),
            "{policy:?}"
        );
        assert!(!policy.meta().contains("frame-ancestors"));
        assert!(policy.header().ends_with("; frame-ancestors 'none'"));
        for weak in ["unsafe-inline", "'unsafe-eval'", "https:;", "*"] {
            assert!(!policy.header().contains(weak), "{weak}");
        }
    }

    #[test]
    fn more_origins_than_a_header_holds_are_any() {
        let images = (0..200)
            .map(|number| format!("https://images-{number}.example"))
            .collect();
        let policy = Policy::new(&images);
        assert!(policy.meta().contains("img-src 'self' data: https: http:; "));
        assert!(policy.header().len() <= LONGEST);
    }

    #[test]
    fn an_origin_is_nothing_but_an_origin() {
        for (address, named) in [
            ("https://A.example/b.png?c", Some("https://a.example")),
            ("http://a.example:81", Some("http://a.example:81")),
            ("//a.example/b", Some("https://a.example")),
            ("https://user@a.example/", Some("https://a.example")),
            ("https://a.example:443/b.png", Some("https://a.example")),
            ("https://café.example/b.png", Some("https://xn--caf-dma.example")),
            ("HTTPS:\\\\a.example\\b.png", Some("https://a.example")),
            ("\\\\a.example/b.png", Some("https://a.example")),
            ("https:/a.example/b.png", Some("https://a.example")),
            ("https://[::1]/b.png", None),
            ("https://a.example;script-src/b.png", None),
            ("/b.png", None),
            ("b.png", None),
            ("data:image/png;base64,AA", None),
            ("https://a.example; script-src *", None),
            ("https://*/b", None),
            ("ftp://a.example/", None),
        ] {
            assert_eq!(origin(address).as_deref(), named, "{address}");
        }
    }
}
