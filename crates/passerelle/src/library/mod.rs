//! All posts together: permalinks that must differ, translations that must meet.

mod files;
mod settle;
mod shelf;
#[cfg(test)]
mod tests;
mod translations;

pub use translations::near;

use std::{
    io,
    path::{Path, PathBuf},
};

use content::language::Language;

use crate::{
    config::{self, Config},
    finding::{Finding, Problem, shown},
    read::{
        Post,
        date::Date,
        manuscript::{self, Manuscript},
        tree::Tree,
        walk::{is_post_file, read_text, walk},
    },
};

/// A tree of posts, read and resolved.
#[derive(Clone, Debug)]
pub struct Library {
    /// The content folder, as given.
    pub root: PathBuf,
    /// The configuration, complete.
    pub config: Config,
    /// The languages that have posts: the default first, then as configured, else by tag.
    pub languages: Vec<Language>,
    /// The good posts: by language in the order of `languages`, in each newest first (then by path, so that the order
    /// is the same on every machine).
    pub posts: Vec<LibraryPost>,
    /// All findings, by path and line.
    pub findings: Vec<Finding>,
    /// Posts that were left out since they are bad; each has an error among `findings`.
    pub left_out: usize,
    /// Posts that were left out as drafts, unpublished or future.
    pub held_back: usize,
    /// Files of the tree that are not posts and may be wanted by posts (images, downloads), from the content folder,
    /// with the URL path (from the site's root, decoded) at which Jekyll or Hugo would serve them.
    pub files: Vec<(PathBuf, String)>,
}

/// A post and its twins.
#[derive(Clone, Debug)]
pub struct LibraryPost {
    /// The post.
    pub post: Post,
    /// Its translations as places in [`Library::posts`], in the order of [`Library::languages`].
    pub translations: Vec<usize>,
}

/// What to read, from the command line.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// The configuration file, where it is not `passerelle.toml` in the content folder.
    pub config: Option<PathBuf>,
    /// Overrides the configuration's base path.
    pub base_path: Option<String>,
    /// Also posts with `draft: true` or `published: false`.
    pub drafts: bool,
    /// Also posts with a date after `now`.
    pub future: bool,
    /// The instant against which future dates are told, in seconds since 1970 UTC.
    pub now: i64,
}

/// The tree could not be read at all; exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The content folder is not there, or is not a folder, or cannot be listed.
    #[error("{path}: {message}; {cure}")]
    Folder {
        /// The folder.
        path: String,
        /// What is wrong with it.
        message: String,
        /// What to do about it.
        cure: String,
    },
    /// The configuration cannot be used.
    #[error("{0}")]
    Config(Finding),
}

/// Reads every post below `content` and resolves them against each other.
///
/// # Errors
/// When there is nothing to work on: the folder is missing or unreadable, or the configuration is invalid. A bad post
/// is no error but a finding.
pub fn load(content: &Path, options: &LoadOptions) -> Result<Library, LoadError> {
    let walk = walk(content).map_err(|error| folder_error(content, &error))?;
    let mut findings = Vec::new();
    let file = config::read(content, options.config.as_deref(), &mut findings).map_err(LoadError::Config)?;
    let tree = Tree::detect(content, &walk.files);
    let mut told = Told { content, findings };
    for (path, problem) in walk.problems {
        told.tell(&path, problem);
    }
    let mut left_out = 0;
    let mut others = Vec::new();
    let mut manuscripts = Vec::new();
    for path in walk.files {
        match read_file(&tree, &path, options, &mut told) {
            Ok(Some(manuscript)) => manuscripts.push(manuscript),
            Ok(None) => others.push(path),
            Err(problem) => {
                left_out += 1;
                told.tell(&path, problem);
            }
        }
    }
    if manuscripts.is_empty() && left_out == 0 {
        told.tell(Path::new(""), no_posts());
    }
    let config = settle::config(file, options, &tree, &manuscripts)
        .map_err(|problem| LoadError::Config(problem.in_file(content)))?;
    let shelf = shelf::fill(manuscripts, &tree, &config, options, &mut told);
    left_out += shelf.left_out;
    let files = files::served(&tree, &others, &shelf.bundles);
    let joined = translations::resolve(&shelf.posts, &shelf.known_paths, &config);
    for (post, problem) in joined.problems {
        told.tell(&shelf.posts[post].source, problem);
    }
    told.findings.sort();
    let (posts, languages) = (shelf.posts, shelf.languages);
    Ok(Library {
        root: content.to_owned(),
        config,
        languages,
        posts: posts
            .into_iter()
            .zip(joined.twins)
            .map(|(post, translations)| LibraryPost { post, translations })
            .collect(),
        findings: told.findings,
        left_out,
        held_back: shelf.held_back,
        files,
    })
}

/// Findings as they come, with the content folder that their paths begin with.
struct Told<'a> {
    content: &'a Path,
    findings: Vec<Finding>,
}

impl Told<'_> {
    /// Adds a problem of the file at `path`, from the content folder.
    fn tell(&mut self, path: &Path, problem: Problem) {
        let whole = if path.as_os_str().is_empty() {
            self.content.to_owned()
        } else {
            self.content.join(path)
        };
        self.findings.push(problem.in_file(&whole));
    }
}

/// One file as a manuscript, `None` where it is no post.
fn read_file(
    tree: &Tree,
    path: &Path,
    options: &LoadOptions,
    told: &mut Told<'_>,
) -> Result<Option<Manuscript>, Problem> {
    let Some(place) = is_post_file(path).then(|| tree.place(path)).flatten() else {
        return Ok(None);
    };
    let Some(text) = read_text(&tree.root.join(path))? else {
        return Ok(None);
    };
    let today = Date::from_timestamp(options.now).unwrap_or_default();
    let mut problems = Vec::new();
    let manuscript = manuscript::read(&text, path, place, tree.generator, today, &mut problems);
    for problem in problems {
        told.tell(path, problem);
    }
    manuscript
}

fn no_posts() -> Problem {
    Problem::error(
        "no-posts",
        "there is no post in the folder",
        "name the folder that holds the posts: Markdown or HTML files that begin with front matter between lines of `---`",
    )
}

fn folder_error(content: &Path, error: &io::Error) -> LoadError {
    let (message, cure) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such folder".to_owned(), "check the path"),
        io::ErrorKind::NotADirectory => (
            "this is a file".to_owned(),
            "name the folder that holds the posts",
        ),
        io::ErrorKind::PermissionDenied => (
            "the folder cannot be listed: permission denied".to_owned(),
            "give yourself the right to read it",
        ),
        _ => (format!("the folder cannot be listed: {error}"), "check the path"),
    };
    LoadError::Folder {
        path: shown(content),
        message,
        cure: cure.to_owned(),
    }
}
