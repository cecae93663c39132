//! Sites for the browser to read: built by the finished command, once a test process each.

use std::{
    collections::HashMap,
    fmt, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use anyhow::{Context, Result, anyhow, bail};
use content::{
    index::{Feed, Item},
    language::Language,
    post::PostDocument,
    site::Site as About,
    url::{data_path, decode_path, strip_base},
    words::Words,
};
use serde::de::DeserializeOwned;

use crate::{
    bundle::{self, Edition},
    repository,
};

/// A tree of posts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tree {
    /// A name for the built site's folder.
    name: String,
    content: PathBuf,
    base_path: &'static str,
    edition: Edition,
}

impl Tree {
    /// The project's own blog.
    pub fn demo() -> Self {
        Tree::at("demo", repository::root().join("demo"))
    }

    /// A folder of `tests/fixtures`.
    pub fn fixture(name: &str) -> Self {
        Tree::at(
            name,
            Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name),
        )
    }

    /// A real blog of the corpus, which stands beside the repository and may be absent.
    pub fn corpus(name: &str) -> Self {
        Tree::at(name, repository::root().join("../shared/corpus").join(name))
    }

    /// Any folder of posts.
    pub fn at(name: &str, content: PathBuf) -> Self {
        Tree {
            name: name.to_owned(),
            content,
            base_path: "/",
            edition: Edition::Current,
        }
    }

    /// The same tree, served under `base_path`.
    pub fn under(self, base_path: &'static str) -> Self {
        Tree { base_path, ..self }
    }

    /// The same tree, published with a later version of the reader.
    pub fn with_the_next_reader(self) -> Self {
        Tree {
            edition: Edition::Next,
            ..self
        }
    }

    /// Whether there is such a folder.
    pub fn is_there(&self) -> bool {
        self.content.is_dir()
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.content.display())
    }
}

/// A built site.
#[derive(Debug)]
pub struct Site {
    /// The folder of its files; it is served at the base path.
    pub root: PathBuf,
    /// Its `site.json`.
    pub about: About,
}

impl Site {
    /// The site of `tree`, built by the first who asks in this process.
    ///
    /// # Errors
    /// When the command is missing or fails; with what it printed.
    pub fn of(tree: &Tree) -> Result<Arc<Site>> {
        type Built = Arc<OnceLock<Result<Arc<Site>, String>>>;
        static SITES: Mutex<Option<HashMap<Tree, Built>>> = Mutex::new(None);
        let cell = {
            let mut sites = SITES.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(sites.get_or_insert_default().entry(tree.clone()).or_default())
        };
        cell.get_or_init(|| build(tree).map(Arc::new).map_err(|error| format!("{error:#}")))
            .clone()
            .map_err(|message| anyhow!(message))
    }

    /// A page made by hand, to test the harness with.
    ///
    /// # Errors
    /// When it is not there.
    pub fn hand_made() -> Result<Site> {
        Site::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hand-made"))
    }

    /// The site that stands in a folder.
    fn at(root: PathBuf) -> Result<Site> {
        let about = fs::read_to_string(root.join("site.json")).context("the site has no site.json")?;
        let about = serde_json::from_str(&about).context("site.json is not as `content` says")?;
        Ok(Site { root, about })
    }

    /// All posts of a language, newest first, as its feed lists them on all its pages.
    ///
    /// # Errors
    /// When the feed is not there or not as `content` says.
    pub fn posts(&self, language: &str) -> Result<Vec<Item>> {
        Ok(self
            .pages(language)?
            .into_iter()
            .flat_map(|page| page.items)
            .collect())
    }

    /// The pages of a language's feed.
    ///
    /// # Errors
    /// As [`Site::posts`].
    pub fn pages(&self, language: &str) -> Result<Vec<Feed>> {
        let mut pages: Vec<Feed> = Vec::new();
        let mut url = Some(self.language(language)?.feed_url.clone());
        while let Some(path) = url {
            let page: Feed = self.json(&path)?;
            url = page.next_url.clone();
            pages.push(page);
        }
        Ok(pages)
    }

    /// Bytes of the index of a language, which is kept beside its posts.
    ///
    /// # Errors
    /// As [`Site::posts`].
    pub fn index_bytes(&self, language: &str) -> Result<u64> {
        let mut bytes = 0;
        for page in self.pages(language)? {
            bytes += serde_json::to_string(&page)?.len();
        }
        Ok(bytes.try_into()?)
    }

    /// The post at `url`.
    ///
    /// # Errors
    /// When there is none.
    pub fn post(&self, url: &str) -> Result<PostDocument> {
        self.json(&data_path(self.path(url)))
    }

    /// What `site.json` says of a language.
    ///
    /// # Errors
    /// When the site does not have it.
    pub fn language(&self, language: &str) -> Result<&content::site::SiteLanguage> {
        let language: Language = language.parse()?;
        self.about
            .language(&language)
            .with_context(|| format!("the site has no {language}"))
    }

    /// The interface words of a page in `language`.
    ///
    /// # Errors
    /// When `language` is no language tag.
    pub fn words(&self, language: &str) -> Result<&'static Words> {
        Ok(Words::of(&language.parse()?))
    }

    /// The path of one of the site's own URLs, which may name its origin.
    pub fn path<'a>(&self, url: &'a str) -> &'a str {
        content::url::own_path(url, &self.about.origins).unwrap_or(url)
    }

    /// The name of the script that starts the reader's WebAssembly; it carries a hash.
    ///
    /// # Errors
    /// When there is none.
    pub fn reader_script(&self) -> Result<String> {
        let names = fs::read_dir(self.root.join("assets"))?
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        let scripts = |name: &String| name.ends_with(".js") && name.starts_with("passerelle-reader");
        names.into_iter().find(scripts).context("the site has no reader")
    }

    /// Reads one of the site's own JSON files, by its URL.
    fn json<T: DeserializeOwned>(&self, url: &str) -> Result<T> {
        let decoded = decode_path(self.path(url));
        let inner = strip_base(&decoded, &self.about.base_path)
            .with_context(|| format!("{url} is not below {}", self.about.base_path))?;
        let file = self.root.join(inner.trim_start_matches('/'));
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is not as `content` says", file.display()))
    }
}

fn build(tree: &Tree) -> Result<Site> {
    let folder = format!(
        "{}{}-{:?}",
        tree.name,
        tree.base_path.trim_end_matches('/').replace('/', "-"),
        tree.edition
    );
    let root = own_scratch()?.join(folder.to_lowercase());
    let command = repository::command()?;
    let mut build = Command::new(&command);
    // Real blogs have mistakes; the posts that are whole are to be read all the same.
    build
        .arg("build")
        .arg(&tree.content)
        .arg("--out")
        .arg(&root)
        .args(["--base-path", tree.base_path, "--keep-going"]);
    let reader = root.with_added_extension("reader");
    if bundle::write(tree.edition, &reader)? {
        build.arg("--reader").arg(reader);
    }
    let output = build
        .output()
        .with_context(|| format!("cannot run {}", command.display()))?;
    if !output.status.success() {
        bail!(
            "`passerelle build {}` ended with {}:\n{}{}",
            tree.content.display(),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
    }
    Site::at(root)
}

/// A folder that no other process writes to; those of processes that have ended go away.
///
/// # Errors
/// When it cannot be made.
pub fn own_scratch() -> Result<PathBuf> {
    let all = repository::scratch("sites");
    let own = all.join(std::process::id().to_string());
    fs::create_dir_all(&own)?;
    for entry in fs::read_dir(&all)?.flatten() {
        let is_running = Path::new("/proc").join(entry.file_name()).exists();
        if !is_running {
            // Another test process may be removing it as well.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(own)
}
