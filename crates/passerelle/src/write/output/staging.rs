//! The folder beside the site in which the next site grows, and the swap of the two.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::{CURE_WRITE, OutputError, io_error};
use crate::places;

/// What stands between the site's name and the number in the name of a staging folder.
const INFIX: &str = ".passerelle-";

/// A staging folder. It is locked while its build runs, so that the next build can tell what a killed one left behind.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    path: PathBuf,
    /// Held for its lock alone; `None` where the system does not lock folders.
    _lock: Option<File>,
}

impl Staging {
    /// A new empty folder beside `target`. What killed builds left there is taken away.
    pub fn new(target: &Path) -> Result<Staging, OutputError> {
        let parent = target.parent().unwrap_or(target);
        fs::create_dir_all(parent).map_err(io_error(parent, "make the folder", CURE_WRITE))?;
        remove_leftovers(target);
        let path = free_name(target);
        fs::create_dir(&path).map_err(io_error(&path, "make the folder", CURE_WRITE))?;
        let lock = File::open(&path).ok().filter(|folder| folder.try_lock().is_ok());
        Ok(Staging {
            target: target.to_owned(),
            path,
            _lock: lock,
        })
    }

    /// Where the files go.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the folder in the place of the target. What stood there is taken away.
    pub fn swap_in(self) -> Result<(), OutputError> {
        // Names must not reach the disk before what they name: a power cut would leave a site of empty files.
        self.sync().map_err(io_error(&self.path, "write", CURE_WRITE))?;
        swap(&self.path, &self.target).map_err(io_error(
            &self.target,
            "replace the folder",
            "give `--out` a folder whose parent can be written to; a mount point cannot be replaced, a folder in it can",
        ))
        // The old site now has the staging folder's name, and goes with it.
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::syncfs(File::open(&self.path)?)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Exchanges two folders, or moves the first where there is no second.
fn swap(new: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    match exchange(new, target) {
        Err(error) if is_unsupported(&error) => swap_in_two_steps(new, target),
        done => done,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the system or the file system has no exchange (`EINVAL`, `ENOSYS`, `ENOTSUP`).
fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Where folders cannot be exchanged there is a moment without a site; when the second step fails, the first is undone.
fn swap_in_two_steps(new: &Path, target: &Path) -> io::Result<()> {
    let aside = free_name(target);
    fs::rename(target, &aside)?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// Takes away the staging folders of builds that were killed. A folder that is locked belongs to a build that runs.
fn remove_leftovers(target: &Path) {
    let (Some(parent), Some(prefix)) = (target.parent(), staging_prefix(target)) else {
        return;
    };
    let leftovers: Vec<PathBuf> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| is_staging(&entry.file_name(), &prefix))
        .map(|entry| entry.path())
        .collect();
    for leftover in leftovers {
        let is_abandoned = File::open(&leftover).is_ok_and(|folder| folder.try_lock().is_ok());
        if !is_abandoned {
            continue;
        }
        // A build that was killed between the two steps of a swap left the only site there is.
        let _ = match target.exists() {
            false if leftover.join(places::SITE).is_file() => fs::rename(&leftover, target),
            _ => fs::remove_dir_all(&leftover),
        };
    }
}

fn staging_prefix(target: &Path) -> Option<OsString> {
    let mut prefix = target.file_name()?.to_owned();
    prefix.push(INFIX);
    Some(prefix)
}

/// Whether `name` is `prefix` and digits alone.
fn is_staging(name: &OsStr, prefix: &OsStr) -> bool {
    name.as_encoded_bytes()
        .strip_prefix(prefix.as_encoded_bytes())
        .is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit))
}

/// A name beside `target` that nothing has.
fn free_name(target: &Path) -> PathBuf {
    let prefix = staging_prefix(target).unwrap_or_else(|| INFIX.into());
    let first = u64::from(std::process::id());
    (first..)
        .map(|number| {
            let mut name = prefix.clone();
            name.push(number.to_string());
            target.with_file_name(name)
        })
        .find(|path| !path.exists())
        .unwrap_or_else(|| target.with_extension("passerelle"))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("passerelle-staging-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Folder(path.canonicalize().unwrap())
        }

        fn names(&self) -> Vec<String> {
            let mut names: Vec<_> = fs::read_dir(&self.0)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn staged(target: &Path, text: &str) -> Staging {
        let staging = Staging::new(target).unwrap();
        fs::write(staging.path().join("a"), text).unwrap();
        staging
    }

    #[test]
    fn the_new_folder_takes_the_place_of_the_old_and_leaves_nothing_beside_it() {
        let parent = Folder::new("swap");
        let target = parent.0.join("site");
        for text in ["old", "new"] {
            staged(&target, text).swap_in().unwrap();
            assert_eq!(fs::read_to_string(target.join("a")).unwrap(), text);
        }
        assert_eq!(parent.names(), ["site"]);
    }

    #[test]
    fn two_steps_end_where_one_does() {
        let parent = Folder::new("two-steps");
        let (new, target) = (parent.0.join("site.passerelle-1"), parent.0.join("site"));
        for (folder, text) in [(&new, "new"), (&target, "old")] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("a"), text).unwrap();
        }
        swap_in_two_steps(&new, &target).unwrap();
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "new");
        assert_eq!(fs::read_to_string(new.join("a")).unwrap(), "old");
        assert_eq!(parent.names(), ["site", "site.passerelle-1"]);
    }

    #[test]
    fn a_build_that_gives_up_leaves_the_old_folder() {
        let parent = Folder::new("gives-up");
        let target = parent.0.join("site");
        staged(&target, "old").swap_in().unwrap();
        drop(staged(&target, "half"));
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "old");
        assert_eq!(parent.names(), ["site"]);
    }

    #[test]
    fn what_a_killed_build_left_is_removed_and_what_a_running_one_needs_is_not() {
        let parent = Folder::new("leftovers");
        let target = parent.0.join("site");
        for name in [
            "site.passerelle-1",
            "site.passerelle-x",
            "site.passerelle-",
            "other.passerelle-1",
        ] {
            fs::create_dir(parent.0.join(name)).unwrap();
        }
        let running = Staging::new(&target).unwrap();
        let second = Staging::new(&target).unwrap();
        assert!(running.path().is_dir() && second.path().is_dir());
        drop((running, second));
        assert_eq!(
            parent.names(),
            ["other.passerelle-1", "site.passerelle-", "site.passerelle-x"]
        );
    }

    #[test]
    fn a_site_left_between_two_steps_is_put_back() {
        let parent = Folder::new("put-back");
        let left = parent.0.join("site.passerelle-1");
        fs::create_dir(&left).unwrap();
        fs::write(left.join(places::SITE), "{}").unwrap();
        remove_leftovers(&parent.0.join("site"));
        assert_eq!(parent.names(), ["site"]);
    }
}
