//! The site that is deployed.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};
use passerelle_tests::repository;
use tempfile::TempDir;

/// Builds the demo into the folder `site`, with an origin, so that it has all that a site can have.
pub fn build(site: &Path, more: &[&str]) -> Result<()> {
    let demo = repository::root().join("demo");
    let folder = TempDir::with_prefix("passerelle-deploy-")?;
    let config = folder.path().join("passerelle.toml");
    let text = fs::read_to_string(demo.join("passerelle.toml"))?;
    fs::write(&config, format!("origin = \"https://blog.example.ca\"\n{text}"))?;
    let output = Command::new(repository::command()?)
        .arg("build")
        .arg(demo)
        .arg("--out")
        .arg(site)
        .arg("--config")
        .arg(config)
        .args(more)
        .output()
        .context("cannot run the command")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
