//! The entries: Markdown that runs script, or takes over a name of the page, when a renderer is careless.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use passerelle_tests::{browser::Engine, repository};
use serde::Deserialize;

/// One entry.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// Its name.
    pub id: String,
    /// What an attacker writes.
    pub markdown: String,
    /// The engines in which it was seen to run, poured into a page as HTML.
    fires: BTreeMap<String, String>,
    /// The same, where each link is made with the destination as Markdown has it.
    #[serde(default)]
    fires_dom_builder: BTreeMap<String, String>,
}

impl Entry {
    /// Whether it was seen to run in `engine`.
    pub fn fires_in(&self, engine: Engine) -> bool {
        [&self.fires, &self.fires_dom_builder]
            .iter()
            .any(|seen| seen.contains_key(engine.name()))
    }
}

/// All entries: those that run somewhere, and those that run nowhere today.
pub struct Entries {
    /// Seen to run in an engine at least.
    pub vectors: Vec<Entry>,
    /// Not seen to run; what they leave in the page is looked at all the same.
    pub inert: Vec<Entry>,
}

impl Entries {
    /// Reads them, where they are at hand.
    ///
    /// # Errors
    /// When a file is not as it should be.
    pub fn read() -> Result<Option<Self>> {
        let folder = repository::root().join("../shared/xss");
        if !folder.is_dir() {
            return Ok(None);
        }
        let [vectors, inert] = ["vectors.json", "inert.json"].map(|name| read(&folder.join(name)));
        Ok(Some(Entries {
            vectors: vectors?,
            inert: inert?,
        }))
    }

    /// One after the other.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.vectors.iter().chain(&self.inert)
    }
}

fn read(file: &Path) -> Result<Vec<Entry>> {
    let json = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&json).with_context(|| format!("{} is not a list of entries", file.display()))
}
