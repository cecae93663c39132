//! Runs the command and reads what it leaves.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use passerelle_tests::repository;
use tempfile::TempDir;

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    /// The same, when it ended with `status`.
    #[track_caller]
    pub fn with(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "stdout:\n{}\nstderr:\n{}",
            self.out,
            self.err
        );
        self
    }
}

/// The command, ready to take arguments.
pub fn passerelle() -> Command {
    Command::new(repository::command().unwrap())
}

/// Runs `passerelle` with these arguments to its end.
pub fn run(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Ended {
    let output = passerelle().args(args).output().unwrap();
    Ended {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// `passerelle build CONTENT --out SITE` with the reader of the fixtures, which is small and never changes.
pub fn build(content: &Path, site: &Path, more: &[&str]) -> Ended {
    run(build_args(content, site)
        .iter()
        .map(AsRef::as_ref)
        .chain(more.iter().map(OsStr::new)))
}

/// The arguments of [`build`].
pub fn build_args(content: &Path, site: &Path) -> Vec<PathBuf> {
    let reader = fixture("reader");
    let args = [
        Path::new("build"),
        content,
        Path::new("--out"),
        site,
        Path::new("--reader"),
        &reader,
    ];
    args.map(Path::to_owned).to_vec()
}

/// A folder of `tests/fixtures/build`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/build")
        .join(name)
}

/// The demo as it is finished, with the embedded reader and an origin, so that it has all that a site can have.
pub fn build_demo(site: &Path, more: &[&str]) -> Ended {
    let demo = repository::root().join("demo");
    let config = scratch().path().with_extension("toml");
    let text = fs::read_to_string(demo.join("passerelle.toml")).unwrap();
    fs::write(&config, format!("origin = \"https://blog.example.ca\"\n{text}")).unwrap();
    let args = [
        Path::new("build"),
        &demo,
        Path::new("--out"),
        site,
        Path::new("--config"),
        &config,
    ];
    let ended = run(args
        .iter()
        .map(|arg| arg.as_os_str())
        .chain(more.iter().map(OsStr::new)));
    fs::remove_file(config).unwrap();
    ended
}

/// The real blogs that stand beside the repository and may be absent.
pub const CORPUS: [&str; 4] = [
    "jekyll-2017-two-domains",
    "jekyll-2017",
    "jekyll-2018",
    "hugo-2023",
];

/// An empty folder that goes away.
pub fn scratch() -> TempDir {
    TempDir::with_prefix("passerelle-test-").unwrap()
}

/// Every file below `folder`, by its path from there.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// What stands in `folder` itself.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Writes a post with these lines of front matter.
pub fn write_post(path: &Path, front_matter: &str, body: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("---\n{front_matter}\n---\n{body}\n")).unwrap();
}

/// A copy of a folder that a test may change.
pub fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
