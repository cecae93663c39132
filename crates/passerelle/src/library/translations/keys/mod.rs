//! Translations by key: posts whose `translationKey`, or whose `ref`, is the same are each other's translations.

mod disagreements;
mod misses;
mod shared;

use std::collections::BTreeMap;

use content::language::Language;

use super::{
    graph::Edge,
    near::{is_more_likely_wrong, name},
};
use crate::{
    config::Config,
    finding::Problem,
    read::{Post, Reference, ReferenceKind},
};

/// The posts that have one key.
pub struct Group {
    kind: ReferenceKind,
    key: String,
    /// Posts, each once.
    members: Vec<Member>,
}

/// A post that has a key.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Member {
    post: usize,
    /// The place of the key among the references of the post.
    reference: usize,
}

/// A key as one post has it.
#[derive(Clone, Copy)]
struct Held<'a> {
    group: &'a Group,
    member: Member,
}

impl Held<'_> {
    fn key(&self) -> &str {
        &self.group.key
    }
}

/// The posts by key.
pub fn groups(posts: &[Post]) -> Vec<Group> {
    let mut groups: BTreeMap<(ReferenceKind, &str), Vec<Member>> = BTreeMap::new();
    for (post, p) in posts.iter().enumerate() {
        for (reference, Reference { kind, value }) in p.references.iter().enumerate() {
            if *kind == ReferenceKind::TransUrl {
                continue;
            }
            let members = groups.entry((*kind, &value.text)).or_default();
            if members.last().is_none_or(|last| last.post != post) {
                members.push(Member { post, reference });
            }
        }
    }
    let group = |((kind, key), members): ((ReferenceKind, &str), _)| Group {
        kind,
        key: key.to_owned(),
        members,
    };
    groups.into_iter().map(group).collect()
}

impl Group {
    /// The posts by language.
    fn by_language<'a>(&self, posts: &'a [Post]) -> BTreeMap<&'a Language, Vec<Member>> {
        let mut by_language: BTreeMap<&Language, Vec<Member>> = BTreeMap::new();
        for member in &self.members {
            by_language
                .entry(&posts[member.post].language)
                .or_default()
                .push(*member);
        }
        by_language
    }

    /// Joins all posts that are the only one of their language.
    pub fn edges(&self, posts: &[Post]) -> Vec<Edge> {
        let by_language = self.by_language(posts);
        let mut single = by_language
            .values()
            .filter(|members| members.len() == 1)
            .flatten();
        let Some(first) = single.next() else {
            return Vec::new();
        };
        single
            .map(|member| Edge {
                from: member.post,
                to: first.post,
                reference: member.reference,
            })
            .collect()
    }
}

/// What is wrong with keys: one that two posts of a language have, one that nearly meets another, and keys that
/// differ where something else joins their posts.
pub fn problems(
    posts: &[Post],
    groups: &[Group],
    twins: &[Vec<usize>],
    config: &Config,
) -> Vec<(usize, Problem)> {
    let keys = Keys {
        posts,
        groups,
        twins,
        default: &config.default_language,
    };
    let mut problems = shared::problems(&keys);
    problems.extend(misses::problems(&keys));
    problems.extend(disagreements::problems(&keys));
    problems
}

/// All keys, and what came of them.
struct Keys<'a> {
    posts: &'a [Post],
    groups: &'a [Group],
    twins: &'a [Vec<usize>],
    default: &'a Language,
}

impl Keys<'_> {
    /// The problem at the place of the key in its post.
    fn at(&self, member: Member, problem: Problem) -> (usize, Problem) {
        let value = &self.posts[member.post].references[member.reference].value;
        (member.post, problem.at(value.line, value.column))
    }

    /// Whether of two keys that should be one, `own` is more likely the wrong one.
    fn is_wrong(&self, own: Held<'_>, other: Held<'_>) -> bool {
        let is_default = |held: Held<'_>| self.posts[held.member.post].language == *self.default;
        // Where neither is in the default language, the later one is told.
        let is_kept = is_default(own) || !is_default(other) && own.member.post < other.member.post;
        let names = [own, other].map(|held| name(&self.posts[held.member.post]));
        is_more_likely_wrong(own.key(), other.key(), names, is_kept)
    }
}
