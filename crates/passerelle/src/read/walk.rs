//! The files of a tree, in the same order on every machine. The only place of `read` that touches the disk, but for
//! the generators' configurations.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use crate::{finding::Problem, places};

/// What was found below a folder.
#[derive(Debug, Default)]
pub struct Walk {
    /// Every file, from the root, by name.
    pub files: Vec<PathBuf>,
    /// What could not be listed, from the root.
    pub problems: Vec<(PathBuf, Problem)>,
}

/// Lists the files below `root`. Left out are hidden files and folders, but for those of `static` that a host looks for;
/// `node_modules`; and the outputs of Jekyll, of Hugo and of Passerelle itself.
///
/// Links are followed while they stay in the tree.
///
/// # Errors
/// When `root` itself cannot be listed.
pub fn walk(root: &Path) -> io::Result<Walk> {
    fs::read_dir(root)?;
    let real_root = root.canonicalize()?;
    let mut walk = Walk::default();
    let mut entries = WalkDir::new(root)
        .follow_links(true)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                walk.problems.extend(listing_problem(root, &error));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        if is_left_out(&entry, root) {
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = from_root(entry.path(), root);
        if entry.path_is_symlink()
            && !entry
                .path()
                .canonicalize()
                .is_ok_and(|real| real.starts_with(&real_root))
        {
            walk.problems.push((path, leaves_tree()));
            if is_folder {
                entries.skip_current_dir();
            }
        } else if path.to_str().is_none() {
            walk.problems.push((path, not_utf8_name(entry.path())));
            if is_folder {
                entries.skip_current_dir();
            }
        } else if entry.file_type().is_file() {
            walk.files.push(path);
        }
    }
    Ok(walk)
}

/// Whether a file is one that posts are written in.
pub fn is_post_file(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown" | "html"))
}

/// The text of a file, `None` when it has no front matter whatever its bytes are.
///
/// # Errors
/// When it cannot be read, or is a post and not UTF-8.
pub fn read_text(path: &Path) -> Result<Option<String>, Problem> {
    let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
    if [b"\xff\xfe-\0-\0-\0", b"\xfe\xff\0-\0-\0-"]
        .iter()
        .any(|start| bytes.starts_with(*start))
    {
        return Err(utf16());
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let is_post = start.starts_with(b"---") || start.starts_with(b"+++");
    if !is_post && !is_nearly_a_post(start.trim_ascii_start()) {
        return Ok(None);
    }
    match utf8(bytes) {
        Err(_) if !is_post => Ok(None),
        text => text.map(Some),
    }
}

/// Whether a text, without the space before it, may be meant for a post: front matter that begins too late, or Hugo's JSON,
/// which begins with one brace; two are a shortcode.
fn is_nearly_a_post(start: &[u8]) -> bool {
    let is_template = || start.starts_with(b"{{") || start.starts_with(b"{%");
    start.starts_with(b"---") || start.starts_with(b"{") && !is_template()
}

/// The bytes of a file as text.
///
/// # Errors
/// When they are not UTF-8.
pub fn utf8(bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        not_utf8(&error.into_bytes(), good)
    })
}

fn from_root(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

fn is_left_out(entry: &DirEntry, root: &Path) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    if is_for_host(entry, root) {
        return false;
    }
    if name.starts_with(b".") {
        return true;
    }
    entry.file_type().is_dir()
        && match name {
            b"node_modules" | b"_site" => true,
            b"public" => root.join("content").is_dir() || is_output(entry.path()),
            _ => is_output(entry.path()),
        }
}

/// Whether an entry is what a host or a crawler looks for at a hidden name: `.well-known` (RFC 8615) with all that is in
/// it, and `.nojekyll` (GitHub Pages). Hugo publishes them from `static`, as all that is there.
fn is_for_host(entry: &DirEntry, root: &Path) -> bool {
    let path = from_root(entry.path(), root);
    path.strip_prefix("static")
        .is_ok_and(|path| path.starts_with(".well-known") || path == Path::new(".nojekyll"))
}

/// Whether a folder is a site that Passerelle has written.
fn is_output(folder: &Path) -> bool {
    folder.join(places::SITE).is_file() && folder.join(places::NOT_FOUND).is_file()
}

fn listing_problem(root: &Path, error: &walkdir::Error) -> Option<(PathBuf, Problem)> {
    let path = error.path()?;
    let problem = if error.loop_ancestor().is_some() {
        Problem::warning(
            "link-loops",
            "the link leads back to a folder that it stands in, and is not followed",
            "delete the link",
        )
    } else {
        error.io_error().map(unreadable)?
    };
    Some((from_root(path, root), problem))
}

fn unreadable(error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => Problem::error(
            "file-unreadable",
            "the link leads to nothing",
            "mend the link or delete it",
        ),
        io::ErrorKind::PermissionDenied => Problem::error(
            "file-unreadable",
            "the file cannot be read: permission denied",
            "give yourself the right to read it (`chmod u+r`), or move it out of the folder",
        ),
        _ => Problem::error(
            "file-unreadable",
            format!("the file cannot be read: {error}"),
            "mend it, or move it out of the folder",
        ),
    }
}

fn leaves_tree() -> Problem {
    Problem::warning(
        "link-leaves-tree",
        "the link leads out of the content folder, and is not followed",
        "copy what it leads to into the content folder",
    )
}

fn not_utf8_name(path: &Path) -> Problem {
    let message = "the name is not UTF-8, so it has no URL";
    let cure = "rename it";
    if path.is_dir() || is_post_file(path) {
        Problem::error("name-not-utf8", message, cure)
    } else {
        Problem::warning("name-not-utf8", message, cure)
    }
}

fn utf16() -> Problem {
    Problem::error(
        "file-not-utf8",
        "the file is UTF-16",
        "save it as UTF-8 (`iconv -f UTF-16 -t UTF-8` converts it)",
    )
    .at(1, 1)
}

fn not_utf8(bytes: &[u8], good: usize) -> Problem {
    let before = String::from_utf8_lossy(&bytes[..good]);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let message = format!(
        "the file is not UTF-8: the byte 0x{:02x} stands here",
        bytes[good]
    );
    Problem::error(
        "file-not-utf8",
        message,
        "save it as UTF-8 (`iconv -f WINDOWS-1252 -t UTF-8` converts older files)",
    )
    .at(
        u32::try_from(line).unwrap_or(u32::MAX),
        u32::try_from(column).unwrap_or(u32::MAX),
    )
}
