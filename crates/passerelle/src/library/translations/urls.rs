//! Translations by URL: `trans_url` is the permalink of the translation.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
};

use content::{
    permalink::jekyll_slug,
    url::{decoded_key, own_path, path_key, strip_base},
};

use super::{
    graph::Edge,
    near::{day, distance, last_segment, name},
    severe,
};
use crate::{
    config::Config,
    finding::Problem,
    read::{Post, Reference, ReferenceKind},
};

/// Where every `trans_url` leads.
pub struct Urls {
    /// Those that lead to a post of another language.
    pub edges: Vec<Edge>,
    /// Those that do not: the post, the place among its references, and what is wrong.
    misses: Vec<(usize, usize, Miss)>,
}

enum Miss {
    /// It leads to no post of the site.
    Dangles,
    /// It leads to another host, which the site does not know as its own.
    Foreign,
    /// It leads to the post that it stands in.
    Itself,
    /// It leads to a post of the same language.
    SameLanguage(usize),
}

/// Follows every `trans_url`. `known_paths` are permalinks of posts that are not in the site, and no mistake.
pub fn resolve(posts: &[Post], known_paths: &HashSet<String>, config: &Config) -> Urls {
    let origins = config.own_origins();
    let by_key: HashMap<String, usize> = posts
        .iter()
        .enumerate()
        .map(|(place, post)| (decoded_key(&post.path), place))
        .collect();
    let mut urls = Urls {
        edges: Vec::new(),
        misses: Vec::new(),
    };
    for (post, p) in posts.iter().enumerate() {
        for (reference, Reference { value, .. }) in trans_urls(p) {
            let Some(path) = own_path(value.text.trim(), &origins) else {
                let miss = if value.text.contains("://") {
                    Miss::Foreign
                } else {
                    Miss::Dangles
                };
                urls.misses.push((post, reference, miss));
                continue;
            };
            let without_base = strip_base(path, &config.base_path).map(path_key);
            let keys = [Some(path_key(path)), without_base];
            match keys.iter().flatten().find_map(|key| by_key.get(key)) {
                Some(to) if *to == post => urls.misses.push((post, reference, Miss::Itself)),
                Some(to) if posts[*to].language == p.language => {
                    urls.misses.push((post, reference, Miss::SameLanguage(*to)));
                }
                Some(to) => urls.edges.push(Edge {
                    from: post,
                    to: *to,
                    reference,
                }),
                None if keys.iter().flatten().any(|key| known_paths.contains(key)) => {}
                None => urls.misses.push((post, reference, Miss::Dangles)),
            }
        }
    }
    urls
}

fn trans_urls(post: &Post) -> impl Iterator<Item = (usize, &Reference)> {
    post.references
        .iter()
        .enumerate()
        .filter(|(_, reference)| reference.kind == ReferenceKind::TransUrl)
}

impl Urls {
    /// What is to be told of those that do not lead to a post of another language.
    pub fn problems(
        &self,
        posts: &[Post],
        twins: &[Vec<usize>],
        unread: &[PathBuf],
        config: &Config,
    ) -> Vec<(usize, Problem)> {
        self.misses
            .iter()
            .map(|(post, reference, miss)| {
                let value = &posts[*post].references[*reference].value;
                let url = &value.text;
                let meant = || cure(url, *post, posts, twins, unread);
                let (rule, message, cure) = match miss {
                    Miss::Dangles => (
                        "translation-dangles",
                        format!("trans_url \"{url}\" leads to no post"),
                        meant(),
                    ),
                    Miss::Foreign => (
                        "translation-dangles",
                        format!("trans_url \"{url}\" leads to a host that is not known as the blog's own"),
                        foreign_cure(url, posts, config),
                    ),
                    Miss::Itself => (
                        "translation-same-language",
                        format!("trans_url \"{url}\" leads to the post that it stands in"),
                        meant(),
                    ),
                    Miss::SameLanguage(to) => (
                        "translation-same-language",
                        format!(
                            "trans_url \"{url}\" leads to {}, which is in the same language",
                            posts[*to].source.display()
                        ),
                        meant(),
                    ),
                };
                let problem = severe(twins[*post].is_empty(), rule, message, cure);
                (*post, problem.at(value.line, value.column))
            })
            .collect()
    }
}

const NOTHING_NEAR: &str = "correct it, or delete it while there is no translation";

fn foreign_cure(url: &str, posts: &[Post], config: &Config) -> String {
    let origin = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let path = url.get(origin.len()..).unwrap_or_default();
    let path = strip_base(path, &config.base_path).unwrap_or(path);
    if posts.iter().any(|post| decoded_key(&post.path) == path_key(path)) {
        format!("add \"{origin}\" to `origins` in passerelle.toml")
    } else {
        NOTHING_NEAR.to_owned()
    }
}

fn cure(url: &str, post: usize, posts: &[Post], twins: &[Vec<usize>], unread: &[PathBuf]) -> String {
    let name = jekyll_slug(last_segment(url));
    let is_named_so = |file: &&PathBuf| {
        let stem = file.file_stem().map(|stem| stem.to_string_lossy());
        // In front of the name may be a day, behind it a language.
        stem.is_some_and(|stem| jekyll_slug(&stem).contains(&name))
    };
    match meant(url, post, posts, twins) {
        Some(meant) => format!("did you mean \"{}\"?", posts[meant].path),
        None => match unread.iter().find(is_named_so).filter(|_| !name.is_empty()) {
            Some(file) => format!("mend {} first, which may be that post", file.display()),
            None => NOTHING_NEAR.to_owned(),
        },
    }
}

/// The post of another language that a URL probably means: the one whose permalink is nearest, among those that are
/// not another post's translation. Of several that are as near, the one of the same day.
fn meant(url: &str, post: usize, posts: &[Post], twins: &[Vec<usize>]) -> Option<usize> {
    let own = &posts[post];
    let is_free = |other: usize| {
        twins[post].contains(&other)
            || !twins[other]
                .iter()
                .any(|twin| posts[*twin].language == own.language)
    };
    let mut near: Vec<(usize, bool, usize)> = (0..posts.len())
        .filter(|other| posts[*other].language != own.language && is_free(*other))
        .filter_map(|other| {
            Some((
                nearness(url, &posts[other])?,
                day(&posts[other]) != day(own),
                other,
            ))
        })
        .collect();
    near.sort_unstable();
    match near[..] {
        [] => None,
        [(a, day, _), (b, other_day, _), ..] if (a, day) == (b, other_day) => None,
        [(_, _, only), ..] => Some(only),
    }
}

/// How near a URL comes to a post's permalink; less is nearer.
fn nearness(url: &str, post: &Post) -> Option<usize> {
    let key = path_key(url);
    if key.to_lowercase() == decoded_key(&post.path).to_lowercase() {
        return Some(0);
    }
    if jekyll_slug(&key) == jekyll_slug(&post.path) {
        return Some(1);
    }
    let segment = jekyll_slug(last_segment(&key));
    Some(2 + distance(&segment, &jekyll_slug(name(post)))?)
}
