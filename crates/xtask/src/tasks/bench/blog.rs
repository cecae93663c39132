//! Blogs to measure with: built by the finished command, and one that is many times as large as any that is at hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// The command that builds `tree` into `site`, not started. Findings are the posts' own matter.
pub fn command(project: &Project, tree: &Path, site: &Path) -> Command {
    let mut command = Command::new(project.binary());
    command
        .arg("build")
        .arg(tree)
        .arg("--out")
        .arg(site)
        .arg("--keep-going")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Builds it.
///
/// # Errors
/// When that leaves no site.
pub fn build(project: &Project, tree: &Path, site: &Path) -> Result<()> {
    emptied(site)?;
    let status = command(project, tree, site).status()?;
    if !site.join("site.json").is_file() {
        bail!("passerelle build {} left no site ({status})", tree.display());
    }
    Ok(())
}

/// The pages of a site's posts: each has its JSON beside it.
///
/// # Errors
/// When the site cannot be read.
pub fn post_pages(site: &Path) -> Result<Vec<PathBuf>> {
    let is_post = |file: &PathBuf| file.ends_with("index.html") && file.with_extension("json").is_file();
    Ok(files(site)?.into_iter().filter(is_post).collect())
}

/// A folder that is there, with nothing in it.
///
/// # Errors
/// When the system refuses.
pub fn emptied(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

/// Every file below a folder, in the order of their names.
///
/// # Errors
/// When it cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Writes the posts of a Hugo blog `copies` times, each copy with file names and translation keys of its own. Gives
/// the number of posts.
///
/// # Errors
/// When the blog cannot be read or the copies cannot be written.
pub fn multiply(blog: &Path, copies: usize, to: &Path) -> Result<usize> {
    emptied(to)?;
    let mut posts = 0;
    for file in files(blog)? {
        let target = to.join(file.strip_prefix(blog)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        if file.extension().is_none_or(|it| it != "md") || stem == "_index" {
            fs::copy(&file, &target).with_context(|| file.display().to_string())?;
            continue;
        }
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        for copy in 0..copies {
            fs::write(
                target.with_file_name(format!("{stem}-{copy}.md")),
                with_own_key(&text, copy),
            )?;
            posts += 1;
        }
    }
    Ok(posts)
}

/// The post with the number of its copy behind its translation key.
fn with_own_key(text: &str, copy: usize) -> String {
    let is_key = |line: &&str| line.starts_with("translationKey:");
    match text.lines().find(is_key) {
        Some(line) => {
            let value = line["translationKey:".len()..].trim();
            let value = value.trim_matches(['"', '\'']);
            text.replacen(line, &format!("translationKey: \"{value}-{copy}\""), 1)
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_a_translation_key_of_its_own() {
        assert_eq!(
            with_own_key("---\ntitle: A\ntranslationKey: 'a-b'\n---\nText", 7),
            "---\ntitle: A\ntranslationKey: \"a-b-7\"\n---\nText"
        );
        assert_eq!(with_own_key("---\ntitle: A\n---\n", 7), "---\ntitle: A\n---\n");
    }
}
