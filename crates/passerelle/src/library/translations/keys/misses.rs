//! Keys of lone posts that nearly meet.

use super::{super::near::distance, Held, Keys};
use crate::finding::Problem;

/// One problem for each pair, at the post whose key is more likely wrong. A pair is two keys of one kind, in posts of
/// two languages that nothing joins, each the only one nearest to the other.
pub fn problems(keys: &Keys<'_>) -> Vec<(usize, Problem)> {
    let lone: Vec<Held<'_>> = keys
        .groups
        .iter()
        .filter_map(|group| match group.members[..] {
            [member] => Some(Held { group, member }),
            _ => None,
        })
        .filter(|held| keys.twins[held.member.post].is_empty())
        .collect();
    let nearest: Vec<Option<usize>> = (0..lone.len()).map(|own| nearest(keys, &lone, own)).collect();
    (0..lone.len())
        .filter_map(|own| {
            let other = nearest[own].filter(|other| nearest[*other] == Some(own))?;
            keys.is_wrong(lone[own], lone[other])
                .then(|| problem(keys, lone[own], lone[other]))
        })
        .collect()
}

/// The only one of the keys that is nearest to `own`.
fn nearest(keys: &Keys<'_>, lone: &[Held<'_>], own: usize) -> Option<usize> {
    let language = |held: &Held<'_>| &keys.posts[held.member.post].language;
    let mut near: Vec<(usize, usize)> = lone
        .iter()
        .enumerate()
        .filter(|(_, other)| {
            other.group.kind == lone[own].group.kind && language(other) != language(&lone[own])
        })
        .filter_map(|(place, other)| Some((distance(lone[own].key(), other.key())?, place)))
        .collect();
    near.sort_unstable();
    match near[..] {
        [(least, first), ..] if near.get(1).is_none_or(|(next, _)| *next > least) => Some(first),
        _ => None,
    }
}

fn problem(keys: &Keys<'_>, own: Held<'_>, other: Held<'_>) -> (usize, Problem) {
    let message = format!("{} \"{}\" meets no other post", own.group.kind.key(), own.key());
    let file = keys.posts[other.member.post].source.display();
    let cure = format!("did you mean \"{}\", the key of {file}?", other.key());
    keys.at(own.member, Problem::error("translation-key-near", message, cure))
}
