//! Files of the tree that posts may want: where Jekyll or Hugo would serve them.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use crate::{
    config,
    read::{
        tree::{Generator, Tree, folders},
        walk::is_post_file,
    },
};

/// The files that are not posts, with their URL path from the root of the site, decoded. `bundles` gives the
/// permalink of each post that has a folder of its own, by that folder.
pub fn served(tree: &Tree, files: &[PathBuf], bundles: &HashMap<PathBuf, String>) -> Vec<(PathBuf, String)> {
    files
        .iter()
        .filter(|file| is_page_of_its_own(tree, file) || !is_post_file(file))
        .filter(|file| **file != Path::new(config::FILE_NAME))
        .filter_map(|file| {
            Some((
                file.clone(),
                in_bundle(file, bundles).or_else(|| url(tree, file))?,
            ))
        })
        .collect()
}

/// Whether a file that is no post is a page all the same: HTML in `static` is what a search engine asks for to know whose the
/// site is, or a page beside the blog. Hugo publishes it as it is.
fn is_page_of_its_own(tree: &Tree, file: &Path) -> bool {
    tree.generator != Generator::Jekyll
        && file.starts_with("static")
        && file.extension().is_some_and(|extension| extension == "html")
}

fn in_bundle(file: &Path, bundles: &HashMap<PathBuf, String>) -> Option<String> {
    let (folder, permalink) = file
        .ancestors()
        .skip(1)
        .find_map(|folder| bundles.get_key_value(folder))?;
    Some(format!(
        "{}{}",
        permalink,
        slashed(file.strip_prefix(folder).ok()?)?
    ))
}

fn url(tree: &Tree, file: &Path) -> Option<String> {
    let path = slashed(file)?;
    match tree.generator {
        // `static` means the same to Hugo, to Zola and to whoever leaves them.
        Generator::Plain => Some(format!("/{}", path.strip_prefix("static/").unwrap_or(&path))),
        Generator::Hugo => path.strip_prefix("static/").map(|rest| format!("/{rest}")),
        Generator::Jekyll => {
            // What begins so it leaves out (lib/jekyll/entry_filter.rb).
            if tree.is_excluded(file) || path.split('/').any(|name| name.starts_with(['_', '.'])) {
                return None;
            }
            let host = folders(file).next().filter(|folder| tree.is_host(folder));
            Some(match host {
                Some(host) => path[host.len()..].to_owned(),
                None => format!("/{path}"),
            })
        }
    }
}

fn slashed(path: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}
