//! Links of a post to the blog's own posts that lead to none.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    path::Path,
};

use content::{
    render::{Destination, PostReference, ReferenceKind, post_reference},
    url::{decode_path, decoded_key, own_path, path_key, strip_base},
};

use super::bodies::place;
use crate::{
    finding::{Finding, Problem},
    library::{Library, near::Names},
    read::walk::is_post_file,
    write::{
        documents::Named,
        references::Miss,
        targets::{Targets, has_scheme, join, source_path, split_tail},
    },
};

/// The links that the site can follow.
pub struct Links<'a> {
    library: &'a Library,
    origins: Vec<String>,
    /// What the site has.
    pub targets: Targets<'a>,
    /// How permalinks of the site look.
    shapes: BTreeSet<Vec<Part>>,
    /// The permalinks themselves, as [`path_key`] gives them.
    permalinks: HashSet<String>,
    /// The same, to find those that are near to another.
    names: Names,
}

impl<'a> Links<'a> {
    /// Those of `library`.
    pub fn new(library: &'a Library) -> Self {
        let origins = library.config.own_origins();
        let mut names = Names::default();
        for (place, entry) in library.posts.iter().enumerate() {
            names.add(&decoded_key(&entry.post.path), place);
        }
        Links {
            names,
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

    /// A warning when a link of the post at `from` leads to nothing that the site has, and names a post or looks as a
    /// permalink of the blog does. Other pages of the same host are none of ours, and are not told.
    pub fn problem(&self, from: usize, link: &Destination) -> Option<Problem> {
        let problem = self.permalink(from, link).or_else(|| self.source(from, link))?;
        Some(self.at(from, link, problem))
    }

    /// What is wrong with a name that is no URL. Nothing stands in its place, since nothing can be guessed of it.
    pub fn dangling(&self, from: usize, (name, target): &Named) -> Option<Problem> {
        let reference = post_reference(&name.destination)?;
        let problem = self.missed(from, &reference, target.as_ref().err()?);
        Some(self.at(from, name, problem))
    }

    fn at(&self, from: usize, link: &Destination, problem: Problem) -> Problem {
        let (line, column) = place(&self.library.posts[from].post, link.offset);
        problem.at(line, column)
    }

    fn permalink(&self, from: usize, link: &Destination) -> Option<Problem> {
        let own = own_path(link.destination.trim(), &self.origins)?;
        let path = path_key(strip_base(own, &self.library.config.base_path).unwrap_or(own));
        let is_permalink = shape(&path, self.library).is_some_and(|shape| self.shapes.contains(&shape));
        if !is_permalink || self.targets.find(&link.destination, from).is_some() {
            return None;
        }
        let message = format!("the link {} leads to no post", decode_path(&link.destination));
        Some(Problem::warning("link-dangles", message, self.cure(&path)))
    }

    /// The post that was probably meant: the only one whose permalink is nearest, two typing errors away at most.
    fn cure(&self, path: &str) -> String {
        let mut near: Vec<(usize, usize)> = self.names.mistyped(path).collect();
        near.sort_unstable();
        match near[..] {
            [(nearest, place), ..] if near.get(1).is_none_or(|(next, _)| *next > nearest) => {
                format!("did you mean {}?", self.library.posts[place].post.path)
            }
            _ => NOTHING_NEAR.to_owned(),
        }
    }

    /// A link to a file of Markdown that is no post: such links are followed to posts, and a site has no such file.
    fn source(&self, from: usize, link: &Destination) -> Option<Problem> {
        let written = link.destination.trim();
        let (path, _) = split_tail(written);
        let path = decode_path(path);
        let is_markdown = Path::new(&path).extension().is_some_and(|extension| {
            ["md", "markdown"]
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        });
        if !is_markdown || has_scheme(&path) || path.starts_with("//") {
            return None;
        }
        let folder = source_path(self.library.posts[from].post.source.parent()?);
        let file = if path.starts_with('/') {
            strip_base(&path, &self.library.config.base_path)?.to_owned()
        } else {
            join(&folder, &path)?
        };
        if self.targets.find(written, from).is_some() {
            return None;
        }
        let link = format!("the link {}", decode_path(written));
        if self.is_file(&file) {
            let message = format!("{link} leads to a file that is not published");
            return Some(Problem::warning("link-dangles", message, NOT_PUBLISHED));
        }
        let name = PostReference {
            kind: ReferenceKind::PostUrl,
            absolute: false,
            name: Path::new(&file).with_extension("").to_string_lossy().into_owned(),
            language: None,
        };
        let near = self.targets.references().near(&name, from);
        let cure = near.map_or_else(
            || NOTHING_NEAR.to_owned(),
            |place| {
                let meant = source_path(&self.library.posts[place].post.source);
                format!("did you mean {}?", relative(&folder, &meant))
            },
        );
        Some(Problem::warning(
            "link-dangles",
            format!("{link} leads to no post"),
            cure,
        ))
    }

    fn missed(&self, from: usize, reference: &PostReference<'_>, miss: &Miss) -> Problem {
        let keyword = match reference.kind {
            ReferenceKind::PostUrl => "post_url",
            ReferenceKind::Link => "link",
            ReferenceKind::Ref => "ref",
        };
        let name = format!("{keyword} \"{}\"", reference.name);
        let references = self.targets.references();
        let written = |place| references.written(reference.kind, place);
        match miss {
            Miss::Nowhere if reference.kind == ReferenceKind::Link && self.is_file(&reference.name) => {
                let message = format!("{name} leads to a file that is not published, {TAKEN_OUT}");
                Problem::warning("link-dangles", message, NOT_PUBLISHED)
            }
            Miss::Nowhere
                if reference.kind == ReferenceKind::Link && !is_post_file(Path::new(&reference.name)) =>
            {
                let message = format!("{name} leads to no file, {TAKEN_OUT}");
                Problem::warning(
                    "link-dangles",
                    message,
                    "correct it, or add the file that it leads to",
                )
            }
            Miss::Nowhere => {
                let message = format!("{name} leads to no post, {TAKEN_OUT}");
                let near = references.near(reference, from);
                let cure = near.map_or_else(
                    || NOTHING_NEAR.to_owned(),
                    |place| format!("did you mean \"{}\"?", written(place)),
                );
                Problem::warning("link-dangles", message, cure)
            }
            Miss::Several(places) => {
                let files: Vec<String> = places.iter().map(|&place| self.file(place)).collect();
                let message = format!(
                    "{name} leads to {} posts, {}, {TAKEN_OUT}",
                    files.len(),
                    files.join(" and ")
                );
                Problem::warning("link-shared", message, self.distinct(places, written))
            }
        }
    }

    /// How each of several posts is named alone.
    fn distinct(&self, places: &[usize], written: impl Fn(usize) -> String) -> String {
        let names: BTreeSet<String> = places.iter().map(|&place| written(place)).collect();
        let quoted = |names: &mut dyn Iterator<Item = String>| {
            let quoted: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
            quoted.join(" or ")
        };
        if names.len() == places.len() {
            return format!("write {}", quoted(&mut names.into_iter()));
        }
        let languages: BTreeSet<String> = places
            .iter()
            .map(|&place| self.library.posts[place].post.language.to_string())
            .collect();
        format!(
            "name the language with `lang`: {}",
            quoted(&mut languages.into_iter())
        )
    }

    /// The file of a post, from the content folder.
    fn file(&self, place: usize) -> String {
        self.library.posts[place].post.source.display().to_string()
    }

    /// Whether the tree has a file at a path from its root.
    fn is_file(&self, path: &str) -> bool {
        self.library.root.join(path.trim_start_matches('/')).is_file()
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

/// What becomes of a name that leads to nothing, and of the destination that begins with it.
const TAKEN_OUT: &str = "and was taken out";

const NOTHING_NEAR: &str = "correct it, or publish the post that it leads to";

const NOT_PUBLISHED: &str = "publish it, or write the URL where it can be seen";

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

/// The path of the file `to`, as it is written in a file of the folder `from`; both are from the root.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| "..");
    up.chain(to[shared..].iter().copied())
        .collect::<Vec<_>>()
        .join("/")
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
