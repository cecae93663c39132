//! Puts a site on the disk: whole beside the old one, then swapped in, so that a build that fails or is killed leaves
//! the old site served.

mod compress;
mod files;
mod staging;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use content::site::Site;

use super::SiteFiles;
use crate::places;
use staging::Staging;

/// The site was not written; the old one stands as it was.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder holds something that Passerelle did not write.
    #[error(
        "{0}: this folder is not empty and holds no site that Passerelle wrote, so it is left as it is; give `--out` a new or an empty folder"
    )]
    NotOurs(String),
    /// The old site holds the history of somebody's work, which would go with it.
    #[error(
        "{folder}: this folder holds {history}, whose history would be deleted with the old site; build to another folder, and copy the site over it (`rsync -r --delete --exclude={history} NEW/ {folder}/`)"
    )]
    HoldsHistory {
        /// The folder.
        folder: String,
        /// What keeps the history in it.
        history: &'static str,
    },
    /// There is a file of that name.
    #[error("{0}: this is a file; give `--out` a folder")]
    NotAFolder(String),
    /// Replacing the output folder would take the posts with it.
    #[error(
        "{0}: the posts are in the output folder, and would be replaced with it; give `--out` another folder"
    )]
    HoldsContent(String),
    /// The system refused.
    #[error("{path}: cannot {action}: {error}; {cure}")]
    Io {
        /// The file or folder.
        path: String,
        /// What was tried, for "cannot …".
        action: &'static str,
        /// The system's answer.
        error: io::Error,
        /// What to do about it.
        cure: &'static str,
    },
}

/// Where Git, Mercurial and Subversion keep what was committed.
const HISTORIES: [&str; 3] = [".git", ".hg", ".svn"];

/// What to do when the system refuses to write.
const CURE_WRITE: &str = "see that the folder can be written to and that the disk has room";

fn io_error(path: &Path, action: &'static str, cure: &'static str) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.display().to_string();
    move |error| OutputError::Io {
        path,
        action,
        error,
        cure,
    }
}

/// Where a site goes, once it is certain that it may.
#[derive(Debug)]
pub struct Output {
    /// The folder itself, without symbolic links, so that a link to it stays a link.
    folder: PathBuf,
}

impl Output {
    /// Says whether the site of the posts in `content` may be written to `out`. Nothing is written yet.
    ///
    /// # Errors
    /// When `out` is not ours, is a file, or holds the posts or a history of its own. It may stand among the posts: the walk passes over a site.
    pub fn claim(out: &Path, content: &Path) -> Result<Output, OutputError> {
        let folder = resolved(out).map_err(io_error(out, "use", "give `--out` another folder"))?;
        let content = resolved(content).map_err(io_error(content, "read", "give a folder of posts"))?;
        let name = || out.display().to_string();
        if content.starts_with(&folder) {
            return Err(OutputError::HoldsContent(name()));
        }
        if folder.is_file() {
            return Err(OutputError::NotAFolder(name()));
        }
        if folder.is_dir()
            && !is_ours(&folder).map_err(io_error(out, "read", "give `--out` another folder"))?
        {
            return Err(OutputError::NotOurs(name()));
        }
        if let Some(history) = HISTORIES.into_iter().find(|name| holds(&folder, name)) {
            return Err(OutputError::HoldsHistory {
                folder: name(),
                history,
            });
        }
        Ok(Output { folder })
    }

    /// Writes every file of `site`, and where `compress` says so a compressed copy beside it, then puts the whole in the place of what stood there. `told` is called after each
    /// file. Gives `site.json` as written, with the digest of the build.
    ///
    /// # Errors
    /// When the system refuses. The old site stands then.
    pub fn write(
        &self,
        site: SiteFiles,
        compress: bool,
        told: &(dyn Fn() + Sync),
    ) -> Result<Site, OutputError> {
        let staging = Staging::new(&self.folder)?;
        let site = files::write_all(staging.path(), site, compress, told)?;
        staging.swap_in()?;
        Ok(site)
    }
}

/// Whether there is something of this name, be it a folder, the file that Git has in a worktree, or a link.
fn holds(folder: &Path, name: &str) -> bool {
    folder.join(name).symlink_metadata().is_ok()
}

/// Whether the folder is empty or a site that Passerelle wrote.
fn is_ours(folder: &Path) -> io::Result<bool> {
    if fs::read_dir(folder)?.next().is_none() {
        return Ok(true);
    }
    let site = fs::read(folder.join(places::SITE)).ok();
    // Not read as a `Site`: an older or newer Passerelle wrote other members.
    let site: Option<serde_json::Value> = site.and_then(|json| serde_json::from_slice(&json).ok());
    let generator = site
        .as_ref()
        .and_then(|site| site.get("generator")?.as_str())
        .unwrap_or_default();
    Ok(generator.split(' ').next() == super::GENERATOR.split(' ').next())
}

/// `path` without symbolic links and without `.` and `..`; what is not there yet stays as it is named.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    let absolute = std::path::absolute(path)?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => Ok(resolved(parent)?.join(name)),
        _ => Ok(absolute),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_of_another_generator_is_not_ours() {
        let folder = std::env::temp_dir().join(format!("passerelle-not-ours-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(is_ours(&folder).unwrap());
        for (json, ours) in [
            (r#"{"generator":"passerelle 9.0.0","unknown":1}"#, true),
            (r#"{"generator":"passerelles 1.0"}"#, false),
            (r#"{"generator":"#, false),
        ] {
            fs::write(folder.join(places::SITE), json).unwrap();
            assert_eq!(is_ours(&folder).unwrap(), ours, "{json}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
