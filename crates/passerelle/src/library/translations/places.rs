//! Translations by place: in a Hugo tree, one path in two languages is one page in both.

use std::collections::BTreeMap;

use content::post::Dialect;

use super::graph::Edge;
use crate::read::{Post, ReferenceKind};

/// Joins the posts of each path with one post a language. What two posts of one language share, a page and a page bundle of
/// one name, joins neither.
pub fn edges(posts: &[Post]) -> Vec<Edge> {
    let mut by_path: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, post) in posts.iter().enumerate().filter(|(_, post)| is_by_place(post)) {
        by_path.entry(&post.logical_path).or_default().push(place);
    }
    by_path
        .values()
        .flat_map(|members| of_path(posts, members))
        .collect()
}

/// A `translationKey` takes the place of the path
/// (<https://gohugo.io/content-management/multilingual/#translate-your-content>).
fn is_by_place(post: &Post) -> bool {
    let mut kinds = post.references.iter().map(|reference| reference.kind);
    post.dialect == Dialect::Goldmark && !kinds.any(|kind| kind == ReferenceKind::TranslationKey)
}

fn of_path(posts: &[Post], members: &[usize]) -> Vec<Edge> {
    let language = |post: usize| &posts[post].language;
    let mut single = members.iter().copied().filter(|own| {
        let of_language = members.iter().filter(|other| language(**other) == language(*own));
        of_language.count() == 1
    });
    let Some(to) = single.next() else {
        return Vec::new();
    };
    // Nothing is told of these edges, so no reference is looked for.
    single
        .map(|from| Edge {
            from,
            to,
            reference: 0,
        })
        .collect()
}
