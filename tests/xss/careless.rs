//! The control: what a renderer without any care makes of an entry, in pages without any policy.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use passerelle_tests::sites::own_scratch;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

use crate::entries::{Entries, Entry};

/// A page into which a script pours a post.
pub const EMPTY_PAGE: &str = "/empty.html";

/// Writes a page for each vector, and an empty one, into a folder that can be served.
pub fn write(entries: &Entries) -> Result<PathBuf> {
    let folder = own_scratch()?.join("careless");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(EMPTY_PAGE.trim_start_matches('/')), page(""))?;
    for entry in &entries.vectors {
        write_page(&folder, entry)?;
    }
    Ok(folder)
}

/// Where the page of an entry stands.
pub fn path(entry: &Entry) -> String {
    format!("/{}.html", entry.id)
}

fn write_page(folder: &Path, entry: &Entry) -> Result<()> {
    let file = folder.join(path(entry).trim_start_matches('/'));
    fs::write(&file, page(&render(&entry.markdown)))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// A page without a policy.
pub fn page(body: &str) -> String {
    format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Careless</title><main><article>{body}</article></main>"
    )
}

/// Markdown to HTML with all extensions, HTML as it stands, and destinations that are not looked at.
pub fn render(markdown: &str) -> String {
    let mut rendered = String::new();
    html::push_html(
        &mut rendered,
        Parser::new_ext(markdown, Options::all()).map(with_bare_destination),
    );
    rendered
}

/// pulldown-cmark percent-encodes what a URL may not hold, and so breaks addresses that a browser would mend. A
/// renderer that sets `href` itself does not.
fn with_bare_destination(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link { dest_url, .. }) => {
            let escaped = dest_url.replace('&', "&amp;").replace('"', "&quot;");
            Event::InlineHtml(CowStr::from(format!("<a href=\"{escaped}\">")))
        }
        other => other,
    }
}
