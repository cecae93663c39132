//! Where things lie in the work tree.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The target of the reader's build.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The work tree, and the folder that Cargo builds into.
pub struct Project {
    root: PathBuf,
    cargo_target: PathBuf,
}

impl Project {
    /// The work tree that this program was compiled in.
    ///
    /// # Errors
    /// When the tree has been moved or deleted since.
    pub fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest
            .ancestors()
            .nth(2)
            .context("crates/xtask is not two folders below the root")?;
        let root = root
            .canonicalize()
            .with_context(|| format!("{}: the work tree was moved; build xtask again", root.display()))?;
        let cargo_target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir()?.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, cargo_target })
    }

    /// The root of the work tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the root.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where Cargo leaves what it builds: `target`, unless CARGO_TARGET_DIR says otherwise.
    pub fn cargo_target(&self) -> &Path {
        &self.cargo_target
    }

    /// The bundled reader.
    pub fn reader(&self) -> PathBuf {
        self.path("target/reader")
    }

    /// The finished command, with the reader inside.
    pub fn binary(&self) -> PathBuf {
        self.path("target/dist")
            .join(format!("passerelle{}", env::consts::EXE_SUFFIX))
    }

    /// The real posts that the tests build against, when they are beside the work tree.
    pub fn corpus(&self) -> Option<PathBuf> {
        Some(self.path("../shared/corpus")).filter(|folder| folder.is_dir())
    }
}
