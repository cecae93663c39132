//! Keys of one kind that differ among posts that something else joins.

use std::collections::HashMap;

use super::{Held, Keys};
use crate::{finding::Problem, read::ReferenceKind};

/// A problem for each post that has not the key of most of its translations.
pub fn problems(keys: &Keys<'_>) -> Vec<(usize, Problem)> {
    let mut by_post: HashMap<(ReferenceKind, usize), Vec<Held<'_>>> = HashMap::new();
    for group in keys.groups {
        for member in &group.members {
            by_post.entry((group.kind, member.post)).or_default().push(Held {
                group,
                member: *member,
            });
        }
    }
    let mut problems = Vec::new();
    for (first, twins) in keys.twins.iter().enumerate() {
        // Each family once, at its first post.
        if twins.iter().any(|twin| *twin < first) {
            continue;
        }
        for kind in [ReferenceKind::TranslationKey, ReferenceKind::Ref] {
            let family = [first].into_iter().chain(twins.iter().copied());
            // A post with several keys agrees with whoever has one of them.
            let held = family.filter_map(|post| match by_post.get(&(kind, post))?[..] {
                [only] => Some(only),
                _ => None,
            });
            let held: Vec<Held<'_>> = held.collect();
            problems.extend(of_family(keys, &held));
        }
    }
    problems
}

fn of_family(keys: &Keys<'_>, family: &[Held<'_>]) -> Vec<(usize, Problem)> {
    let count = |key: &str| family.iter().filter(|held| held.key() == key).count();
    let most = family
        .iter()
        .map(|held| count(held.key()))
        .max()
        .unwrap_or_default();
    let of_most = family.iter().copied().filter(|held| count(held.key()) == most);
    let better = |a: Held<'_>, b: Held<'_>| a.key() != b.key() && keys.is_wrong(a, b);
    let Some(right) = of_most.reduce(|a, b| if better(a, b) { b } else { a }) else {
        return Vec::new();
    };
    let wrong = family.iter().filter(|held| held.key() != right.key());
    wrong.map(|held| problem(keys, *held, right)).collect()
}

fn problem(keys: &Keys<'_>, own: Held<'_>, right: Held<'_>) -> (usize, Problem) {
    let message = format!(
        "{} \"{}\" is not that of its translation {}, which another reference joins it with",
        own.group.kind.key(),
        own.key(),
        keys.posts[right.member.post].source.display()
    );
    let cure = format!("write \"{}\" in both", right.key());
    keys.at(
        own.member,
        Problem::warning("translation-disagrees", message, cure),
    )
}
