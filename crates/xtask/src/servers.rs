//! The web servers that the recipes of docs/deploying.md are for, as Debian packages them.
//!
//! They are unpacked into target/tools and not installed: an installed server starts by itself and takes port 80.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::browser::{apt, root_prefix};
use crate::process::{on_path, run};
use crate::project::Project;

const PACKAGES: [&str; 4] = [
    "nginx",
    "nginx-common",
    "libnginx-mod-http-brotli-static",
    "caddy",
];

/// Makes sure that the servers are there. Where there is no apt or no network that is told, and so do the tests then.
pub fn ensure(project: &Project) {
    let is_there = project.path("target/tools/debian/usr/bin/caddy").is_file();
    if is_there || on_path("apt-get").is_none() || on_path("dpkg-deb").is_none() {
        return;
    }
    if let Err(error) = unpack(project) {
        eprintln!("warning: {error:#}");
    }
}

fn unpack(project: &Project) -> Result<()> {
    let folder = project.path("target/tools/debian");
    let archives = folder.join("archives");
    fs::create_dir_all(&archives).with_context(|| format!("could not make {}", archives.display()))?;
    let download = || {
        let mut apt = Command::new("apt-get");
        apt.args(["download", "--quiet"]).args(PACKAGES);
        run(apt.current_dir(&archives))
    };
    if download().is_err() {
        // A fresh machine knows no packages, and learning them is for root.
        let root =
            root_prefix().context("apt-get cannot bring nginx and Caddy; run `apt-get update` as root")?;
        apt(&root, &["update", "--quiet"])?;
        download()?;
    }
    for entry in fs::read_dir(&archives)? {
        run(Command::new("dpkg-deb")
            .arg("--extract")
            .arg(entry?.path())
            .arg(&folder))?;
    }
    fs::remove_dir_all(&archives).with_context(|| format!("could not delete {}", archives.display()))
}
