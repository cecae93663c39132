//! A blog of nothing but entries: each is the title, the description and the body of a post of its own.

use std::{fs, sync::Arc};

use anyhow::{Context, Result, ensure};
use passerelle_tests::{
    server::{Fault, Server, Where},
    sites::{Site, Tree, own_scratch},
};

use crate::{careless, entries::Entries, trial::Job};

const LANGUAGE: &str = "en";

/// What makes a page's policy the browser's concern.
const BROWSERS_POLICY: &str = "http-equiv=\"Content-Security-Policy\"";

/// The built blog.
pub struct Blog {
    site: Arc<Site>,
    /// Every post and every page of the list, as the reader shows it.
    pub pages: Vec<Job>,
}

impl Blog {
    /// Writes the posts and builds the site.
    ///
    /// # Errors
    /// When the command fails or leaves out a post.
    pub fn build(entries: &Entries) -> Result<Self> {
        let site = Site::of(&write(entries)?)?;
        let host = careless::EMPTY_PAGE.trim_start_matches('/');
        fs::write(site.root.join(host), careless::page(""))?;
        let pages = [posts(&site, entries)?, lists(&site)?].concat();
        Ok(Blog { site, pages })
    }

    /// Serves it to browsers that get no policy of their own, so that the renderer's alone must hold.
    ///
    /// # Errors
    /// When the pages say nothing of a policy any more, or no port can be had.
    pub fn serve(&self) -> Result<Server> {
        let page = fs::read_to_string(self.site.root.join("404.html"))?;
        ensure!(
            page.contains(BROWSERS_POLICY),
            "no page has {BROWSERS_POLICY}; say here how to take it out"
        );
        let server = Server::start(&self.site)?;
        let without_policy = |page: String| page.replace(BROWSERS_POLICY, "name=\"no-policy\"");
        server.fail(Where::Suffix("/".to_owned()), Fault::Changed(without_policy));
        Ok(server)
    }
}

/// From now on no page starts the reader: what came as HTML stays.
pub fn block_the_reader(server: &Server) {
    server.fail(Where::Suffix(".js".to_owned()), Fault::Status(404));
}

fn write(entries: &Entries) -> Result<Tree> {
    let folder = own_scratch()?.join("xss-posts");
    let posts = folder.join(LANGUAGE);
    fs::create_dir_all(&posts)?;
    for (at, entry) in entries.all().enumerate() {
        let text = yaml(&entry.markdown);
        let front_matter = format!(
            "title: {text}\ndescription: {text}\ndate: {}\npermalink: {}\n",
            day(at),
            permalink(&entry.id)
        );
        let file = posts.join(format!("{}.md", entry.id));
        fs::write(&file, format!("---\n{front_matter}---\n\n{}\n", entry.markdown))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(Tree::at("xss", folder))
}

fn permalink(id: &str) -> String {
    format!("/entries/{id}/")
}

/// A day for each post, so that what is shown can be told by its date, whatever its title became.
fn day(at: usize) -> String {
    let (year, month, day) = (2000 + at / (12 * 28), at / 28 % 12 + 1, at % 28 + 1);
    format!("{year}-{month:02}-{day:02}")
}

/// A double-quoted YAML scalar that is read as exactly `text`.
fn yaml(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        _ => format!("\\U{:08X}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn posts(site: &Site, entries: &Entries) -> Result<Vec<Job>> {
    let items = site.posts(LANGUAGE)?;
    let job = |id: &str| {
        let url = permalink(id);
        let item = items.iter().find(|item| site.path(&item.url) == url);
        let item = item.with_context(|| format!("the command left out {id}"))?;
        Ok(Job::loaded(id, url).in_reader(vec![item.day().to_owned()]))
    };
    entries.all().map(|entry| job(&entry.id)).collect()
}

fn lists(site: &Site) -> Result<Vec<Job>> {
    let first = site.path(&site.language(LANGUAGE)?.url);
    let pages = site.pages(LANGUAGE)?.into_iter().map(|feed| {
        let page = feed.passerelle.page;
        let url = if page == 1 {
            first.to_owned()
        } else {
            format!("{first}page/{page}/")
        };
        let days = feed.items.iter().map(|item| item.day().to_owned()).collect();
        Job::loaded(&format!("page {page} of the list"), url).in_reader(days)
    });
    Ok(pages.collect())
}
