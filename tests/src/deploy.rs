//! A site that is deployed again while it is read: a copy of a built one, changed on the disk under its server.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use content::{index::Feed, post::PostDocument, url::data_path};
use sha2::{Digest, Sha256};

use crate::{
    bundle::integrity,
    repository,
    server::Server,
    sites::{Site, own_scratch},
};

/// A site that stands where its server serves it from.
pub struct Deployed {
    root: PathBuf,
}

impl Deployed {
    /// A copy of `site`, by a name that no other test takes, and the server over it, which has its service worker.
    ///
    /// # Errors
    /// When it cannot be copied or served.
    pub fn copy(site: &Site, name: &str) -> Result<(Deployed, Server)> {
        let root = own_scratch()?.join(name);
        repository::copy(&site.root, &root)?;
        let server = Server::over(root.clone(), site.about.base_path.clone())?;
        server.serve_worker();
        Ok((Deployed { root }, server))
    }

    /// Deploys a reader of other bytes under another name, as another build of it has; the old files are gone.
    ///
    /// # Errors
    /// When the site is not built as ours are.
    pub fn new_reader(&self) -> Result<()> {
        let assets = self.root.join("assets");
        let is_wasm = |name: &String| name.ends_with(".wasm");
        let names = fs::read_dir(&assets)?
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        let old_name = names
            .into_iter()
            .find(is_wasm)
            .context("the site has no reader")?;
        let new_name = format!("{}0_bg.wasm", old_name.trim_end_matches("_bg.wasm"));
        let old = fs::read(assets.join(&old_name))?;
        // A custom section, which engines pass over: its number, its length, the length of its name, its name.
        let new = [old.as_slice(), &[0, 2, 1, b'x']].concat();
        fs::remove_file(assets.join(&old_name))?;
        fs::write(assets.join(&new_name), &new)?;
        let changes = [(old_name, new_name), (integrity(&old), integrity(&new))];
        self.change_all(&self.root, "html", &|text| replaced(text, &changes))?;
        self.change("sw.js", |script| {
            let script = replaced(&script, &changes);
            let (about, worker) = script
                .strip_prefix("const SITE = ")
                .and_then(|script| script.split_once(";\n"))
                .context("sw.js begins with what it knows of the site")?;
            let mut about: serde_json::Value = serde_json::from_str(about)?;
            let files = about["files"].as_object_mut().context("it lists files")?;
            for (path, digest) in files.iter_mut() {
                let (_, file) = path.split_once('/').context("paths are from the root")?;
                *digest = format!("{:x}", Sha256::digest(fs::read(self.root.join(file))?)).into();
            }
            about["version"] = "the next".into();
            Ok(format!("const SITE = {about};\n{worker}"))
        })
    }

    /// Deploys another text of the post at `path`, in its page and in its JSON.
    ///
    /// # Errors
    /// When there is no such post.
    pub fn change_post(&self, language: &str, path: &str, added: &str) -> Result<()> {
        self.change(&format!("{}/index.html", path.trim_matches('/')), |page| {
            Ok(page.replacen("</article>", &format!("<p>{added}</p></article>"), 1))
        })?;
        self.change_document(language, path, |document| {
            document.body.source.push_str(&format!("\n\n{added}\n"));
        })
    }

    /// Deploys another JSON of the post at `path`, which the index knows.
    ///
    /// # Errors
    /// When there is no such post.
    pub fn change_document(
        &self,
        language: &str,
        path: &str,
        change: impl FnOnce(&mut PostDocument),
    ) -> Result<()> {
        let data = data_path(path);
        self.change(data.trim_start_matches('/'), |json| {
            let mut document: PostDocument = serde_json::from_str(&json)?;
            change(&mut document);
            Ok(serde_json::to_string(&document)?)
        })?;
        let digest = Sha256::digest(fs::read(self.root.join(data.trim_start_matches('/')))?);
        self.change_feed(language, |feed| {
            for item in &mut feed.items {
                if item.url == path {
                    item.passerelle.revision = Some(format!("{digest:x}")[..16].to_owned());
                }
            }
        })
    }

    /// Deletes the post at `path`, from the list, too.
    ///
    /// # Errors
    /// When there is no such post.
    pub fn delete_post(&self, language: &str, path: &str) -> Result<()> {
        fs::remove_dir_all(self.root.join(path.trim_matches('/')))?;
        self.change(&format!("{language}/index.html"), |page| {
            let own = format!("<a href=\"{path}\"");
            let cards: Vec<&str> = page.split_inclusive("</article></li>").collect();
            Ok(cards.into_iter().filter(|card| !card.contains(&own)).collect())
        })?;
        self.change_feed(language, |feed| feed.items.retain(|item| item.url != path))
    }

    /// Changes each page of the index of a language.
    fn change_feed(&self, language: &str, change: impl Fn(&mut Feed)) -> Result<()> {
        for page in 1.. {
            let name = match page {
                1 => format!("{language}/feed.json"),
                _ => format!("{language}/feed-{page}.json"),
            };
            if !self.root.join(&name).is_file() {
                break;
            }
            self.change(&name, |json| {
                let mut feed: Feed = serde_json::from_str(&json)?;
                change(&mut feed);
                Ok(serde_json::to_string(&feed)?)
            })?;
        }
        Ok(())
    }

    fn change(&self, file: &str, change: impl FnOnce(String) -> Result<String>) -> Result<()> {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).with_context(|| format!("the site has no {file}"))?;
        Ok(fs::write(path, change(text)?)?)
    }

    fn change_all(&self, folder: &Path, extension: &str, change: &dyn Fn(&str) -> String) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.change_all(&path, extension, change)?;
            } else if path.extension().is_some_and(|found| found == extension) {
                fs::write(&path, change(&fs::read_to_string(&path)?))?;
            }
        }
        Ok(())
    }
}

fn replaced(text: &str, changes: &[(String, String)]) -> String {
    let one = |text: String, (old, new): &(String, String)| text.replace(old, new);
    changes.iter().fold(text.to_owned(), one)
}
