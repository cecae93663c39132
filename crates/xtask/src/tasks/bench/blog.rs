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
    match translation_key(text) {
        Some((line, value)) => text.replacen(line, &format!("translationKey: \"{value}-{copy}\""), 1),
        None => text.to_owned(),
    }
}

/// The line of a post's translation key, and the key.
fn translation_key(text: &str) -> Option<(&str, &str)> {
    let line = text.lines().find(|line| line.starts_with("translationKey:"))?;
    let value = line["translationKey:".len()..].trim();
    Some((line, value.trim_matches(['"', '\''])))
}

/// Of what [`multiply`] wrote, leaves the first copy, and of the second so much that the first language has `count` posts,
/// with their translations.
///
/// # Errors
/// When they cannot be read or removed.
pub fn keep_first(tree: &Path, count: usize) -> Result<()> {
    let mut posts = Vec::new();
    for file in files(tree)? {
        if let Some(copy) = copy_of(&file) {
            let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let key = translation_key(&text).map(|(_, key)| key.to_owned());
            posts.push((copy, file, key));
        }
    }
    posts.sort();
    let language = posts.first().and_then(|(_, file, _)| file.parent());
    let in_it = posts.iter().filter(|(_, file, _)| file.parent() == language);
    let keys: Vec<_> = in_it.map(|(_, _, key)| key.as_ref()).take(count).collect();
    for (copy, file, key) in &posts {
        if *copy > 0 && !keys.contains(&key.as_ref()) {
            fs::remove_file(file).with_context(|| file.display().to_string())?;
        }
    }
    Ok(())
}

/// Which copy a post is, as its file name says.
fn copy_of(file: &Path) -> Option<u32> {
    let (_, copy) = file.file_stem()?.to_str()?.rsplit_once('-')?;
    copy.parse()
        .ok()
        .filter(|_| file.extension().is_some_and(|it| it == "md"))
}

/// Adds a post, the newest, in each language of a Hugo blog.
///
/// # Errors
/// When the blog cannot be read or the post cannot be written.
pub fn add_one(tree: &Path) -> Result<()> {
    let text = "---\ntitle: One more\ndate: 2026-01-01\ntranslationKey: one-more\ndescription: A post that was not there \
                before.\n---\n\nIt was added.\n";
    let mut folders: Vec<PathBuf> = files(tree)?
        .into_iter()
        .filter(|file| copy_of(file).is_some())
        .filter_map(|file| file.parent().map(Path::to_owned))
        .collect();
    folders.dedup();
    for (number, folder) in folders.iter().enumerate() {
        fs::write(folder.join(format!("one-more-in-{number}.md")), text)?;
    }
    Ok(())
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

    #[test]
    fn a_blog_is_made_as_large_as_it_is_to_be() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("passerelle-bench-{}", std::process::id()));
        let (blog, many) = (folder.join("blog"), folder.join("many"));
        for (language, names) in [("en", ["a", "b"]), ("fr", ["b-fr", "a-fr"])] {
            fs::create_dir_all(blog.join(language))?;
            fs::write(blog.join(language).join("_index.md"), "---\ntitle: Blog\n---\n")?;
            for name in names {
                let text = format!("---\ntranslationKey: {}\n---\n", &name[..1]);
                fs::write(blog.join(language).join(format!("{name}.md")), text)?;
            }
        }
        assert_eq!(multiply(&blog, 2, &many)?, 8);
        keep_first(&many, 3)?;
        add_one(&many)?;
        let names = |language: &str| -> Result<Vec<String>> {
            let all = files(&many.join(language))?;
            let names = all.iter().filter_map(|file| file.file_stem()?.to_str());
            Ok(names.map(str::to_owned).collect())
        };
        assert_eq!(names("en")?, ["_index", "a-0", "a-1", "b-0", "one-more-in-0"]);
        assert_eq!(
            names("fr")?,
            ["_index", "a-fr-0", "a-fr-1", "b-fr-0", "one-more-in-1"]
        );
        Ok(fs::remove_dir_all(&folder)?)
    }
}
