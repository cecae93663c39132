//! Which posts are each other's translations, and what is wrong with how they say so.
//!
//! Two posts are translations when a reference joins them unambiguously; nothing is ever joined by a guess. A
//! reference that nearly fits is a finding whose cure names what was probably meant.

mod graph;
mod keys;
pub mod near;
mod places;
#[cfg(test)]
mod tests;
mod urls;

use std::{collections::HashSet, path::PathBuf};

use crate::{config::Config, finding::Problem, read::Post};
use graph::{Edge, Graph, Rejection};

/// The outcome for every post, and what is to be told.
pub struct Joined {
    /// For each post its translations, as places in the posts that were given, in their order.
    pub twins: Vec<Vec<usize>>,
    /// Problems with the post that each stands in.
    pub problems: Vec<(usize, Problem)>,
}

/// Joins posts by their references. `posts` are sorted by language, so that twins come in the order of languages.
/// `known_paths` are permalinks of posts that are in the tree and not in the site: a reference to one is right. `unread` are
/// files of posts that could not be read, whose permalinks nobody knows: one of them may be what a reference leads to.
pub fn resolve(posts: &[Post], known_paths: &HashSet<String>, unread: &[PathBuf], config: &Config) -> Joined {
    let groups = keys::groups(posts);
    let urls = urls::resolve(posts, known_paths, config);
    let mut graph = Graph::new(posts.len(), |post| posts[post].language.clone());
    let mut mutual: Vec<Edge> = groups.iter().flat_map(|group| group.edges(posts)).collect();
    let directions: HashSet<(usize, usize)> = urls.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let (both_ways, one_way): (Vec<Edge>, Vec<Edge>) = urls
        .edges
        .iter()
        .partition(|edge| directions.contains(&(edge.to, edge.from)));
    mutual.extend(both_ways);
    // What two posts say of each other outweighs what one says alone.
    let mut rejections = graph.join(mutual);
    rejections.extend(graph.join(one_way));
    // Last, and without a word where it joins nothing: what a post says itself outweighs where it stands.
    graph.join(places::edges(posts));
    let twins: Vec<Vec<usize>> = (0..posts.len()).map(|post| graph.twins(post)).collect();
    let mut problems: Vec<(usize, Problem)> = rejections
        .iter()
        .map(|rejection| (rejection.edge.from, conflict(posts, rejection, &twins)))
        .collect();
    problems.extend(keys::problems(posts, &groups, &twins, config));
    problems.extend(urls.problems(posts, &twins, unread, config));
    Joined { twins, problems }
}

/// References that join a post with two of one language.
fn conflict(posts: &[Post], rejection: &Rejection, twins: &[Vec<usize>]) -> Problem {
    let Edge { from, to, reference } = rejection.edge;
    let (post, target) = (&posts[from], &posts[to]);
    let reference = &post.references[reference];
    let other = &posts[rejection.other];
    let whose = if other.language == post.language {
        target
    } else {
        post
    };
    let message = format!(
        "{} \"{}\" joins this post with {}, and another reference joins {} with {}",
        reference.kind.key(),
        reference.value.text,
        target.source.display(),
        if std::ptr::eq(whose, post) {
            "it".to_owned()
        } else {
            whose.source.display().to_string()
        },
        other.source.display(),
    );
    let cure = "correct the one that is wrong; until then these posts are not joined by it";
    let is_lost = !twins[from]
        .iter()
        .any(|twin| posts[*twin].language == target.language);
    severe(is_lost, "translation-conflict", message, cure.to_owned())
        .at(reference.value.line, reference.value.column)
}

/// An error where a reader loses the crossing by it, else a warning.
fn severe(is_lost: bool, rule: &'static str, message: String, cure: String) -> Problem {
    if is_lost {
        Problem::error(rule, message, cure)
    } else {
        Problem::warning(rule, message, cure)
    }
}
