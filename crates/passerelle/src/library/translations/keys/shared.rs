//! A key that two posts of one language have.

use content::language::Language;

use super::{
    super::{near::day, severe},
    Group, Keys, Member,
};
use crate::finding::Problem;

/// A problem for each post that may have the wrong one.
pub fn problems(keys: &Keys<'_>) -> Vec<(usize, Problem)> {
    let mut problems = Vec::new();
    for group in keys.groups {
        for (language, members) in group.by_language(keys.posts) {
            if members.len() > 1 {
                let suspects = suspects(keys, group, language, &members);
                problems.extend(
                    suspects
                        .iter()
                        .map(|suspect| problem(keys, group, *suspect, &members)),
                );
            }
        }
    }
    problems
}

/// Where one of the posts is of the same day as a post of another language, the others; else all.
fn suspects(keys: &Keys<'_>, group: &Group, language: &Language, members: &[Member]) -> Vec<Member> {
    let is_of_a_twins_day = |member: &Member| {
        let mut others = group.members.iter().map(|other| &keys.posts[other.post]);
        others.any(|other| other.language != *language && day(other) == day(&keys.posts[member.post]))
    };
    let (right, wrong): (Vec<Member>, Vec<Member>) =
        members.iter().partition(|member| is_of_a_twins_day(member));
    if right.len() == 1 { wrong } else { members.to_vec() }
}

fn problem(keys: &Keys<'_>, group: &Group, suspect: Member, members: &[Member]) -> (usize, Problem) {
    let others = members.iter().filter(|member| **member != suspect);
    let others: Vec<String> = others
        .map(|other| keys.posts[other.post].source.display().to_string())
        .collect();
    let message = format!(
        "{} \"{}\" joins two posts of one language, this one and {}",
        group.kind.key(),
        group.key,
        others.join(" and ")
    );
    let is_lost = group.members.len() > members.len() && keys.twins[suspect.post].is_empty();
    keys.at(
        suspect,
        severe(
            is_lost,
            "translation-key-shared",
            message,
            cure(keys, group, suspect.post),
        ),
    )
}

/// The key that was meant may be that of a lone post of the same day in another language.
fn cure(keys: &Keys<'_>, group: &Group, post: usize) -> String {
    let own = &keys.posts[post];
    let mut lone = keys
        .groups
        .iter()
        .filter(|other| other.kind == group.kind)
        .filter_map(|other| {
            let [member] = other.members[..] else { return None };
            let candidate = &keys.posts[member.post];
            let is_free = !keys.twins[member.post]
                .iter()
                .any(|twin| keys.posts[*twin].language == own.language);
            let fits = is_free && candidate.language != own.language && day(candidate) == day(own);
            fits.then(|| (&other.key, candidate.source.display()))
        });
    match (lone.next(), lone.next()) {
        (Some((key, file)), None) => format!("did you mean \"{key}\", the key of {file}, of the same day?"),
        _ => "give the post that is no translation of the others a key of its own".to_owned(),
    }
}
