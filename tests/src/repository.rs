//! Where things stand in the repository: the finished command, the demo, the fixtures, the corpus beside it.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail, ensure};

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A folder for what the tests write, below `target`: `name` tells one writer from another.
pub fn scratch(name: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("browser-tests").join(name)
}

/// `PATH`, and behind it where `cargo xtask setup` puts tools that are not on it.
///
/// # Errors
/// When a folder's name holds the separator of `PATH`.
pub fn path_with_tools() -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let tools = root().join("target/tools/bin");
    Ok(env::join_paths(env::split_paths(&path).chain([tools]))?)
}

/// The command under test: `PASSERELLE_BIN`, else what `cargo xtask dist` leaves, else a plain build.
///
/// # Errors
/// When there is none, with the command that makes one.
pub fn command() -> Result<PathBuf> {
    if let Some(path) = env::var_os("PASSERELLE_BIN") {
        let path = PathBuf::from(path);
        if !path.is_file() {
            bail!(
                "PASSERELLE_BIN names {}, which is not a file; name the finished command",
                path.display()
            );
        }
        return Ok(path);
    }
    ["dist", "release", "debug"]
        .iter()
        .map(|profile| root().join("target").join(profile).join("passerelle"))
        .find(|path| path.is_file())
        .ok_or_else(|| anyhow::anyhow!("there is no target/dist/passerelle; run `cargo xtask dist`"))
}

/// Copies a folder with all that is in it.
///
/// # Errors
/// When it is no folder, or cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    ensure!(from.is_dir(), "{} is no folder", from.display());
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}
