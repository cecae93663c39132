//! `sw.js`: the bundled service worker with what it must know of the site in front.
//!
//! Its version is the digest of the list of files, so that a new post makes no new worker; what changes with a post, it
//! learns from the index.

use std::{collections::BTreeMap, fmt::Write as _};

use content::{index::FORMAT_VERSION, language::Language, words::Words};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Source, urls::Urls};
use crate::{library::Library, places::OFFLINE};

/// Hexadecimal digits of a post's revision: enough that two versions of one post never share one.
const REVISION_DIGITS: usize = 16;

/// What the worker knows of the site, as `SITE`.
#[derive(Serialize)]
struct About<'a> {
    version: &'a str,
    base: &'a str,
    format: u32,
    /// The folder of each language.
    languages: Vec<String>,
    /// SHA-256 of each file that every page needs, by its path.
    files: &'a BTreeMap<String, String>,
    offline: Vec<Unsaved<'a>>,
}

/// What is said in a language where not even [`OFFLINE`] is at hand.
#[derive(Serialize)]
struct Unsaved<'a> {
    language: &'a str,
    heading: &'a str,
    text: &'a str,
}

/// The worker of a site of these `files`.
///
/// # Errors
/// When the list is no JSON.
pub fn script(
    worker: &[u8],
    files: &BTreeMap<String, Source>,
    library: &Library,
    urls: Urls<'_>,
) -> Result<Vec<u8>, serde_json::Error> {
    let files: BTreeMap<String, String> = files
        .iter()
        .filter(|(path, _)| is_shell(path))
        .filter_map(|(path, source)| match source {
            Source::Bytes(bytes) => Some((urls.local(&format!("/{path}")), digest(bytes))),
            Source::File(_) => None,
        })
        .collect();
    let version = revision(serde_json::to_string(&files)?.as_bytes());
    let about = About {
        version: &version,
        base: &library.config.base_path,
        format: FORMAT_VERSION,
        languages: library.languages.iter().map(Language::folder).collect(),
        files: &files,
        offline: library
            .languages
            .iter()
            .map(|language| {
                let words = Words::of(language);
                Unsaved {
                    language: words.tag,
                    heading: words.offline,
                    text: words.offline_help,
                }
            })
            .collect(),
    };
    let mut script = format!("const SITE = {};\n", serde_json::to_string(&about)?).into_bytes();
    script.extend_from_slice(worker);
    Ok(script)
}

/// What the index says of the bytes of a post's JSON.
pub fn revision(bytes: &[u8]) -> String {
    let mut revision = digest(bytes);
    revision.truncate(REVISION_DIGITS);
    revision
}

/// Whether every page needs a file. Icons are for the device's own screens, which fetch them by themselves.
fn is_shell(path: &str) -> bool {
    path == OFFLINE || (path.starts_with("assets/") && !path.starts_with("assets/icons/"))
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    fn made(files: &[(&str, &'static str)]) -> String {
        let library = sample::library();
        let files = files
            .iter()
            .map(|&(path, text)| (path.to_owned(), Source::Bytes(text.as_bytes().into())))
            .collect();
        let script = script(b"worker();\n", &files, &library, Urls::new(&library.config)).unwrap();
        String::from_utf8(script).unwrap()
    }

    fn about(script: &str) -> serde_json::Value {
        let json = script
            .strip_prefix("const SITE = ")
            .unwrap()
            .split(";\n")
            .next()
            .unwrap();
        serde_json::from_str(json).unwrap()
    }

    const SHELL: [(&str, &str); 2] = [("assets/app.js", "abc"), ("offline.html", "<p>")];

    #[test]
    fn the_shell_is_listed_with_digests_and_posts_are_not() {
        let script = made(&[
            SHELL[0],
            SHELL[1],
            ("en/summer/index.html", ""),
            ("assets/icons/a.png", ""),
        ]);
        assert!(script.ends_with(";\nworker();\n"), "{script}");
        let about = about(&script);
        let files: Vec<_> = about["files"].as_object().unwrap().keys().collect();
        assert_eq!(files, ["/assets/app.js", "/offline.html"]);
        // The example of FIPS 180-4, "abc".
        assert_eq!(
            about["files"]["/assets/app.js"],
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(about["languages"], serde_json::json!(["en", "fr"]));
    }

    #[test]
    fn a_new_post_makes_no_new_worker_and_a_new_shell_does() {
        let before = made(&SHELL);
        assert_eq!(made(&[SHELL[0], SHELL[1], ("en/new/index.html", "new")]), before);
        let after = made(&[("assets/app.js", "abcd"), SHELL[1]]);
        assert_ne!(about(&after)["version"], about(&before)["version"]);
    }
}
