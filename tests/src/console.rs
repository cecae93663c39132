//! What the browser's console said: a page that works says nothing.

use anyhow::{Result, bail};

use crate::browser::{Engine, Session};

/// Chromium does not check the integrity of a preloaded WebAssembly module, and says so on every page; the boot script
/// fetches the module with its integrity, so that it is checked all the same (<https://crbug.com/981419>).
const KNOWN: &str = "The `integrity` attribute is currently ignored for preload destinations";

/// Chromium reports a service worker that the server does not have, though the page has caught it; see
/// [`crate::server::Server::serve_worker`].
const NO_WORKER: &str = "A bad HTTP response code (404) was received when fetching the script";

/// Errors and warnings that came since the last call, but for those about other sites' files, which no test fetches.
///
/// Only Chromium's driver hands the console out; for the others there is nothing.
///
/// # Errors
/// When the driver fails.
pub async fn complaints(session: &Session, origin: &str) -> Result<Vec<String>> {
    if session.engine() != Engine::Chromium {
        return Ok(Vec::new());
    }
    let entries = session.browser_log().await?;
    Ok(entries
        .into_iter()
        .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"))
        .map(|entry| entry.message)
        .filter(|message| {
            ![KNOWN, NO_WORKER].iter().any(|known| message.contains(known))
                && !is_about_another_site(message, origin)
        })
        .collect())
}

/// Chromium begins a message about a file with its URL.
fn is_about_another_site(message: &str, origin: &str) -> bool {
    let is_about_a_file = message.starts_with("http://") || message.starts_with("https://");
    is_about_a_file && !message.starts_with(origin) && message.contains("Failed to load resource")
}

/// Holds that `complaints` are all among `expected`, by a part of their text.
///
/// # Errors
/// When one is not; with all of those.
pub fn only_expected(complaints: Vec<String>, expected: &[String]) -> Result<()> {
    let unexpected: Vec<_> = complaints
        .into_iter()
        .filter(|message| !expected.iter().any(|part| message.contains(part.as_str())))
        .collect();
    if !unexpected.is_empty() {
        bail!("the console is not clean:\n{}", unexpected.join("\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_other_sites_are_no_complaint() {
        let origin = "http://127.0.0.1:4000";
        let failed = "- Failed to load resource: net::ERR_NAME_NOT_RESOLVED";
        assert!(is_about_another_site(
            &format!("https://example.org/a.png {failed}"),
            origin
        ));
        assert!(!is_about_another_site(
            &format!("{origin}/a.png {failed}"),
            origin
        ));
        assert!(!is_about_another_site(
            "https://example.org/a.js 1:2 Uncaught TypeError",
            origin
        ));
    }

    #[test]
    fn what_was_not_expected_is_told() {
        let complaints = vec!["a 500 came".to_owned(), "Uncaught RangeError".to_owned()];
        let error = only_expected(complaints, &["500".to_owned()]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the console is not clean:\nUncaught RangeError"
        );
    }
}
