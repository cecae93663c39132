//! All posts together: permalinks that must differ, translations that must meet.

mod aliases;
mod files;
mod settle;
mod shelf;
#[cfg(test)]
mod tests;
mod translations;

pub use translations::near;

use std::{
    collections::BTreeSet,
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
        tree::{Generator, Tree},
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
    let tree = Tree::detect(content, &walk.files).map_err(LoadError::Config)?;
    let mut told = Told { content, findings };
    for (path, problem) in walk.problems {
        told.tell(&path, problem);
    }
    let mut unread = Vec::new();
    let mut others = Vec::new();
    let mut manuscripts = Vec::new();
    let mut languages = BTreeSet::new();
    for path in walk.files.into_iter().filter(|path| !tree.is_never_built(path)) {
        match read_file(&tree, &path, options, &mut told) {
            Ok(Some(manuscript)) => manuscripts.push(manuscript),
            Ok(None) => others.push(path),
            Err(problem) => {
                // It counts for its language: what is wrong is the post, not what is said of the language.
                let place = tree.place(&path);
                languages.extend(place.and_then(|place| place.folder_language.or(place.suffix_language)));
                told.tell(&path, problem);
                unread.push(path);
            }
        }
    }
    if manuscripts.is_empty() && unread.is_empty() {
        told.tell(Path::new(""), no_posts());
    }
    let mut config = settle::config(&file, options, &tree, &manuscripts)
        .map_err(|problem| LoadError::Config(problem.in_file(content)))?;
    let of_manuscripts = manuscripts.iter().map(|manuscript| &manuscript.language);
    languages
        .extend(of_manuscripts.map(|language| language.as_ref().unwrap_or(&config.default_language).clone()));
    let mut shelf = shelf::fill(manuscripts, &tree, &config, options, &mut told);
    if let Some(first) = shelf.languages.first() {
        config.default_language.clone_from(first);
        let problems = config::languages_without_posts(&file, &languages, first);
        told.findings
            .extend(problems.into_iter().map(|problem| problem.in_file(&file.path)));
    }
    let files = files::served(&tree, &others, &shelf.bundles);
    aliases::leave_out_taken(&mut shelf.posts, &shelf.languages, &files, &mut told);
    let joined = translations::resolve(&shelf.posts, &shelf.known_paths, &unread, &config);
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
        left_out: shelf.left_out + unread.len(),
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
        if let Some(problem) = without_front_matter(tree, path) {
            told.tell(path, problem);
        }
        return Ok(None);
    };
    if tree.generator == Generator::Hugo
        && text
            .trim_start_matches(['\u{feff}', ' ', '\r', '\n'])
            .starts_with('{')
    {
        return Err(json_front_matter());
    }
    let today = Date::from_timestamp(options.now).unwrap_or_default();
    let mut problems = Vec::new();
    let manuscript = manuscript::read(&text, path, place, tree.generator, today, &mut problems);
    for problem in problems {
        told.tell(path, problem);
    }
    manuscript
}

/// What is told of a file that is no post where Jekyll or Hugo have nothing but posts. In a plain folder anything may stand.
fn without_front_matter(tree: &Tree, path: &Path) -> Option<Problem> {
    let is_html = path.extension().is_some_and(|extension| extension == "html");
    (tree.generator != Generator::Plain && !is_html).then(|| {
        Problem::warning(
            "front-matter-missing",
            "the file has no front matter, so it is no post",
            "begin it with a `title` and a `date` between two lines of `---`, or move it elsewhere",
        )
        .at(1, 1)
    })
}

fn json_front_matter() -> Problem {
    Problem::error(
        "front-matter-json",
        "the front matter is JSON",
        "write it as YAML between lines of `---`; `hugo convert toYAML` does that for a whole tree",
    )
    .at(1, 1)
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
