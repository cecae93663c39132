//! The bundled reader, altered: a newer version to deploy, or one with a guard taken out. What names a file and what
//! holds its hash is altered with it, so that everything else about the bundle is as `cargo xtask dist` leaves it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha384};

use crate::{
    guards::{Change, Guard, Part},
    repository,
};

/// Which version of the reader a site is published with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Edition {
    /// The one in the command.
    #[default]
    Current,
    /// A later one: every file of the shell has other bytes and another name, and does the same.
    Next,
}

/// Writes the bundle to build a site with into `folder`; `false` where the reader in the command is the one.
///
/// # Errors
/// When the bundle is not there, or the guard is not in it.
pub fn write(edition: Edition, folder: &Path) -> Result<bool> {
    let guard = Guard::taken_out()?;
    if edition == Edition::Current && guard.is_none() {
        return Ok(false);
    }
    let original = repository::root().join("target/reader");
    repository::copy(&original, folder).context("there is no bundled reader; run `cargo xtask dist`")?;
    let bundle = Bundle(folder.to_owned());
    for change in guard.iter().flat_map(|guard| guard.changes) {
        if !matches!(change.part, Part::KillSwitch) {
            bundle.take_out(change)?;
        }
    }
    if edition == Edition::Next {
        bundle.renew()?;
    }
    Ok(true)
}

/// The script that is published as `sw.js` to take the worker away.
///
/// # Errors
/// When it is not there, or the guard is not in it.
pub fn kill_switch() -> Result<String> {
    let script = fs::read_to_string(repository::root().join(KILL_SWITCH))?;
    let guard = Guard::taken_out()?;
    let mut changes = guard.iter().flat_map(|guard| guard.changes);
    match changes.find(|change| matches!(change.part, Part::KillSwitch)) {
        Some(change) => without(&script, change),
        None => Ok(script),
    }
}

/// Holds that each text of the guard stands once where it is said to.
///
/// # Errors
/// When it does not; with the text that is missing, or there more than once.
pub fn check(guard: &Guard) -> Result<()> {
    let bundle = Bundle(repository::root().join("target/reader"));
    for change in guard.changes {
        let script = match change.part {
            Part::KillSwitch => repository::root().join(KILL_SWITCH),
            part => bundle.0.join(bundle.script(part)?),
        };
        without(&fs::read_to_string(script)?, change)?;
    }
    Ok(())
}

/// A bundle that may be altered.
struct Bundle(PathBuf);

impl Bundle {
    fn take_out(&self, change: &Change) -> Result<()> {
        self.rewrite(&self.script(change.part)?, |bytes| {
            Ok(without(&String::from_utf8(bytes)?, change)?.into_bytes())
        })
    }

    /// Other bytes that do the same, under other names, in every file of the shell.
    fn renew(&self) -> Result<()> {
        for name in self.names()? {
            let more: &[u8] = match Path::new(&name).extension().and_then(|end| end.to_str()) {
                Some("js") if name != WORKER => b"\n// The next edition.\n",
                Some("css") => b"\n/* The next edition. */\n",
                // A custom section, of the name "next".
                Some("wasm") => b"\0\x05\x04next",
                _ => continue,
            };
            self.rewrite(&name, |bytes| Ok([&bytes, more].concat()))?;
            let (stem, hash) = name.rsplit_once('-').context("a file's name carries a hash")?;
            let renamed = format!("{stem}-next{hash}");
            fs::rename(self.0.join(&name), self.0.join(&renamed))?;
            self.replace_in_shell(&name, &renamed)?;
        }
        Ok(())
    }

    /// Writes a file anew, and the integrity that the shell knows of it.
    fn rewrite(&self, name: &str, change: impl FnOnce(Vec<u8>) -> Result<Vec<u8>>) -> Result<()> {
        let path = self.0.join(name);
        let before = fs::read(&path).with_context(|| format!("the bundle has no {name}"))?;
        let known = integrity(&before);
        let after = change(before)?;
        self.replace_in_shell(&known, &integrity(&after))?;
        Ok(fs::write(path, after)?)
    }

    fn replace_in_shell(&self, text: &str, other: &str) -> Result<()> {
        let path = self.0.join("index.html");
        let shell = fs::read_to_string(&path)?;
        Ok(fs::write(path, shell.replace(text, other))?)
    }

    fn script(&self, part: Part) -> Result<String> {
        match part {
            Part::Worker => Ok(WORKER.to_owned()),
            Part::KillSwitch => bail!("the kill switch is in no bundle"),
            Part::Boot => {
                let is_boot = |name: &String| name.starts_with("boot-") && name.ends_with(".js");
                self.names()?
                    .into_iter()
                    .find(is_boot)
                    .context("the bundle has no boot script")
            }
        }
    }

    fn names(&self) -> Result<Vec<String>> {
        let entries = fs::read_dir(&self.0)?.flatten();
        Ok(entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect())
    }
}

const WORKER: &str = "sw.js";
const KILL_SWITCH: &str = "public/worker/kill-switch.js";

fn without(script: &str, change: &Change) -> Result<String> {
    match script.matches(change.text).count() {
        1 => Ok(script.replace(change.text, change.without)),
        0 => bail!("no guard to take out: there is no `{}`", change.text),
        count => bail!(
            "no one guard to take out: `{}` is there {count} times",
            change.text
        ),
    }
}

/// The integrity of a file, as a page writes it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_is_taken_out_where_it_stands_once() {
        let change = Change {
            part: Part::Worker,
            text: "if (x) ",
            without: "",
        };
        assert_eq!(without("if (x) a();", &change).unwrap(), "a();");
        assert!(without("a();", &change).is_err());
        assert!(without("if (x) a(); if (x) b();", &change).is_err());
    }

    #[test]
    fn integrity_is_as_browsers_compute_it() {
        // `openssl dgst -sha384 -binary | base64` of nothing.
        let nothing = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), nothing);
    }
}
