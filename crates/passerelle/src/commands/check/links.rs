//! Links of a post to the blog's own posts that lead to none.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use content::{
    render::Destination,
    url::{decode_path, decoded_key, own_path, path_key, strip_base},
};

use super::bodies::place;
use crate::{
    finding::{Finding, Problem},
    library::Library,
    write::targets::Targets,
};

/// The links that the site can follow.
pub struct Links<'a> {
    library: &'a Library,
    origins: Vec<String>,
    targets: Targets<'a>,
    /// How permalinks of the site look.
    shapes: BTreeSet<Vec<Part>>,
    /// The permalinks themselves, as [`path_key`] gives them.
    permalinks: HashSet<String>,
}

impl<'a> Links<'a> {
    /// Those of `library`.
    pub fn new(library: &'a Library) -> Self {
        let origins = library.config.own_origins();
        Links {
            library,
            targets: Targets::new(library, origins.clone()),
            shapes: library
                .posts
                .iter()
                .filter_map(|entry| shape(&entry.post.path, library))
                .collect(),
            permalinks: library
                .posts
                .iter()
                .map(|entry| decoded_key(&entry.post.path))
                .collect(),
            origins,
        }
    }

    /// A warning when a link of the post at `from` looks as a permalink of the blog does and leads to nothing that
    /// the site has. Other pages of the same host are none of ours, and are not told.
    pub fn problem(&self, from: usize, link: &Destination) -> Option<Problem> {
        let own = own_path(link.destination.trim(), &self.origins)?;
        let path = path_key(strip_base(own, &self.library.config.base_path).unwrap_or(own));
        let is_permalink = shape(&path, self.library).is_some_and(|shape| self.shapes.contains(&shape));
        if !is_permalink || self.targets.find(&link.destination, from).is_some() {
            return None;
        }
        let message = format!("the link {} leads to no post", decode_path(&link.destination));
        let (line, column) = place(&self.library.posts[from].post, link.offset);
        Some(Problem::warning("link-dangles", message, cure(&path, self.library)).at(line, column))
    }

    /// The origin of a link that leads to a permalink of the blog on a host that is not known as its own.
    pub fn foreign_origin(&self, link: &Destination) -> Option<String> {
        let url = link.destination.trim();
        let (scheme, rest) = url
            .split_once("://")
            .filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
        let (host, path) = rest.split_at(rest.find('/')?);
        if own_path(url, &self.origins).is_some() || !self.permalinks.contains(&path_key(path)) {
            return None;
        }
        Some(format!("{scheme}://{}", host.to_ascii_lowercase()))
    }
}

/// Where links lead that look as if the blog were served there too: permalinks of its posts on another host.
#[derive(Debug, Default)]
pub struct Hosts {
    /// By origin, how many links lead there, and where the first stands.
    found: BTreeMap<String, (usize, Finding)>,
}

impl Hosts {
    /// Takes in a link of the post at `from`.
    pub fn count(&mut self, origin: String, links: &Links<'_>, from: usize, link: &Destination) {
        let entry = self.found.entry(origin).or_insert_with_key(|origin| {
            let post = &links.library.posts[from].post;
            let (line, column) = place(post, link.offset);
            let cure =
                format!("add \"{origin}\" to `origins` in passerelle.toml, so that they stay in the reader");
            let problem = Problem::warning("origin-unknown", "", cure).at(line, column);
            (0, problem.in_file(&links.library.root.join(&post.source)))
        });
        entry.0 += 1;
    }

    /// One warning a host, at its first link.
    pub fn findings(self) -> impl Iterator<Item = Finding> {
        self.found.into_iter().map(|(origin, (count, finding))| {
            let links = if count == 1 { "link leads" } else { "links lead" };
            let message = format!(
                "{count} {links} to permalinks of this blog on {origin}, which is not known as its own"
            );
            Finding { message, ..finding }
        })
    }
}

/// A part of a path that tells permalinks from other pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// As many digits.
    Digits(usize),
    /// A language of the site.
    Language,
    /// Anything else.
    Text,
}

/// What the paths of permalinks have in common, or `None` for a path that could be any page's: one without a date and
/// without a language.
fn shape(path: &str, library: &Library) -> Option<Vec<Part>> {
    let parts: Vec<Part> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| {
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                Part::Digits(part.len())
            } else if library
                .languages
                .iter()
                .any(|language| language.as_str().eq_ignore_ascii_case(part))
            {
                Part::Language
            } else {
                Part::Text
            }
        })
        .collect();
    let is_telling = parts.iter().any(|part| *part != Part::Text) && parts.last() == Some(&Part::Text);
    is_telling.then_some(parts)
}

/// The post that was probably meant: the only one whose permalink is nearest, two typing errors away at most.
fn cure(path: &str, library: &Library) -> String {
    let folded = path.to_lowercase();
    let mut near: Vec<(usize, &str)> = library
        .posts
        .iter()
        .map(|entry| {
            (
                strsim::osa_distance(&decoded_key(&entry.post.path).to_lowercase(), &folded),
                entry.post.path.as_str(),
            )
        })
        .filter(|(distance, _)| *distance <= 2)
        .collect();
    near.sort_unstable();
    match near[..] {
        [(nearest, post), ..] if near.get(1).is_none_or(|(next, _)| *next > nearest) => {
            format!("did you mean {post}?")
        }
        _ => "correct it, or add the post that it leads to".to_owned(),
    }
}
