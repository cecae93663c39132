//! The hashes of the reader's script and WebAssembly, written into the shell, so that the boot script starts nothing else
//! (<https://www.w3.org/TR/SRI/>). Trunk does this for what it links in the page, and for no other file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha384};

/// What stands before the name of a file where its integrity is to stand.
const PLACE: &str = "\"integrity of ";

/// Fills the shell of a bundle.
///
/// # Errors
/// When a file that the shell names is not there, or it names none.
pub fn run(bundle: &Path) -> Result<()> {
    let shell = bundle.join("index.html");
    let html = fs::read_to_string(&shell).with_context(|| shell.display().to_string())?;
    let filled = fill(&html, |name| integrity(&bundle.join(name)))?;
    fs::write(&shell, filled).with_context(|| shell.display().to_string())
}

/// `html` with the integrity of every file that it asks for.
fn fill(html: &str, integrity: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut parts = html.split(PLACE);
    let mut filled = parts.next().unwrap_or_default().to_owned();
    let mut is_asked = false;
    for part in parts {
        let (name, rest) = part
            .split_once('"')
            .context("the name of a file does not end in the shell")?;
        filled.push('"');
        filled.push_str(&integrity(name)?);
        filled.push('"');
        filled.push_str(rest);
        is_asked = true;
    }
    if !is_asked {
        bail!("the shell asks for no integrity; see pattern_script in Trunk.toml");
    }
    Ok(filled)
}

fn integrity(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    Ok(format!(
        "sha384-{}",
        BASE64_STANDARD.encode(Sha384::digest(bytes))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_the_shell_asks_for_gets_its_integrity() {
        let shell = r#"<script>{"a":"integrity of a.js","b":"integrity of b.wasm"}</script>"#;
        let filled = fill(shell, |name| Ok(format!("sha384-{name}"))).unwrap();
        assert_eq!(
            filled,
            r#"<script>{"a":"sha384-a.js","b":"sha384-b.wasm"}</script>"#
        );
    }

    #[test]
    fn a_shell_that_asks_for_none_is_refused() {
        assert!(fill("<script></script>", |_| Ok(String::new())).is_err());
        assert!(fill(r#""integrity of a.js"#, |_| Ok(String::new())).is_err());
    }

    /// The digest of nothing, as FIPS 180-4's example values have it.
    #[test]
    fn the_hash_is_sha_384_in_base64() {
        let empty = std::env::temp_dir().join(format!("passerelle-integrity-{}", std::process::id()));
        fs::write(&empty, "").unwrap();
        let found = integrity(&empty);
        fs::remove_file(&empty).unwrap();
        assert_eq!(
            found.unwrap(),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
    }
}
