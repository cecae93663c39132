//! Watches a publisher's tree and says when it has come to rest after a change.

use std::{
    path::Path,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// An editor that saves writes several times within a few milliseconds; a checkout, for longer. Rest is when nothing
/// has changed for this long.
const REST: Duration = Duration::from_millis(150);

/// A watch over files and folders.
pub struct Watch {
    changes: Receiver<()>,
    /// Watches as long as it is held.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches everything below `folder`, and `file` where it stands elsewhere.
    ///
    /// # Errors
    /// When the system has no watch left.
    pub fn over(folder: &Path, file: Option<&Path>) -> notify::Result<Watch> {
        let (told, changes) = channel();
        let root = folder.to_owned();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // An error means that something was missed, so it counts as a change. Nobody listening means the end.
            if event.map_or(true, |event| is_change(&event, &root)) {
                let _ = told.send(());
            }
        })?;
        watcher.watch(folder, RecursiveMode::Recursive)?;
        if let Some(file) = file {
            watcher.watch(file, RecursiveMode::NonRecursive)?;
        }
        Ok(Watch {
            changes,
            _watcher: watcher,
        })
    }

    /// Waits for a change, then for the tree to rest. `false` when the watch is over.
    pub fn changed(&self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        while self.changes.recv_timeout(REST).is_ok() {}
        true
    }
}

/// Whether an event is of something that a build reads: reading is no change, nor is what happens in `.git` or in an
/// editor's swap file.
fn is_change(event: &Event, root: &Path) -> bool {
    let is_write = matches!(
        event.kind,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)
    );
    is_write && (event.paths.is_empty() || event.paths.iter().any(|path| !is_hidden(path, root)))
}

fn is_hidden(path: &Path, root: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path);
    below
        .components()
        .any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, ModifyKind};

    use super::*;

    fn is_change_at(kind: EventKind, path: &str) -> bool {
        is_change(
            &Event::new(kind).add_path(path.into()),
            Path::new("/home/.me/blog"),
        )
    }

    #[test]
    fn writing_is_a_change_and_reading_is_not() {
        let path = "/home/.me/blog/a.md";
        assert!(is_change_at(EventKind::Create(CreateKind::File), path));
        assert!(is_change_at(EventKind::Modify(ModifyKind::Any), path));
        assert!(!is_change_at(EventKind::Access(AccessKind::Any), path));
    }

    #[test]
    fn hidden_files_are_nobodys_posts() {
        for path in ["/home/.me/blog/.git/index", "/home/.me/blog/en/.a.md.swp"] {
            assert!(!is_change_at(EventKind::Modify(ModifyKind::Any), path), "{path}");
        }
    }
}
