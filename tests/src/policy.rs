//! What pages did against their Content-Security-Policy, as the browser itself reports it: a page that works does nothing.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::browser::{Engine, Session};

/// Runs before any script of every page. Kept for the tab, so that what a page did is known after it is left.
const RECORDER: &str = r#"
    addEventListener("securitypolicyviolation", event => {
        const kept = JSON.parse(sessionStorage.getItem("violations") ?? "[]");
        const { effectiveDirective, blockedURI, documentURI, sourceFile, lineNumber, sample } = event;
        kept.push(`${documentURI}: ${effectiveDirective} refuses ${blockedURI || "inline"}`
            + ` (${sourceFile}:${lineNumber}) ${sample}`);
        sessionStorage.setItem("violations", JSON.stringify(kept));
    }, true);
"#;

/// What was recorded, and the record wiped.
const TAKE: &str = r#"
    const kept = JSON.parse(sessionStorage.getItem("violations") ?? "[]");
    sessionStorage.removeItem("violations");
    return kept;
"#;

/// Records from the next page on. Only Chromium's driver can put a script before those of every page.
///
/// # Errors
/// When the driver refuses.
pub async fn record(session: &Session) -> Result<()> {
    if session.engine() == Engine::Chromium {
        let script = json!({ "source": RECORDER });
        session
            .devtools("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
    }
    Ok(())
}

/// The violations since the last call, by pages of the origin that is shown.
///
/// # Errors
/// When the driver fails.
pub async fn violations(session: &Session) -> Result<Vec<String>> {
    if session.engine() != Engine::Chromium {
        return Ok(Vec::new());
    }
    let url = session.current_url().await?;
    ensure!(url.scheme().starts_with("http"), "{url} has no record of its own");
    session
        .execute(TAKE, Vec::new())
        .await?
        .convert()
        .context("the record is a list of lines")
}
