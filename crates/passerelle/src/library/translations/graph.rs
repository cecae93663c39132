//! Posts as a graph that references join, never to two posts of one language.

use std::collections::{BTreeMap, BTreeSet};

use content::language::Language;

/// One reference that leads from a post to another of another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The post that says so.
    pub from: usize,
    /// The post that it names.
    pub to: usize,
    /// Which of the references of `from` it is.
    pub reference: usize,
}

/// An edge that would join two posts of one language, and is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The edge.
    pub edge: Edge,
    /// The post that is joined with one end of the edge too, and has the language of the other end.
    pub other: usize,
}

/// Groups of posts that are each other's translations.
#[derive(Clone)]
pub struct Graph {
    languages: Vec<Language>,
    /// For each post, its group.
    group: Vec<usize>,
    /// For each group, its posts.
    members: Vec<Vec<usize>>,
}

impl Graph {
    /// As many posts, none joined.
    pub fn new(posts: usize, language: impl Fn(usize) -> Language) -> Self {
        Graph {
            languages: (0..posts).map(language).collect(),
            group: (0..posts).collect(),
            members: (0..posts).map(|post| vec![post]).collect(),
        }
    }

    /// The posts that are joined with `post`, in their order.
    pub fn twins(&self, post: usize) -> Vec<usize> {
        let mut twins: Vec<usize> = self
            .members(post)
            .iter()
            .copied()
            .filter(|other| *other != post)
            .collect();
        twins.sort_unstable();
        twins
    }

    /// Joins along `edges` where no group gets two posts of a language by it. What comes out does not depend on the
    /// order of the edges: of several that compete none is followed.
    pub fn join(&mut self, edges: Vec<Edge>) -> Vec<Rejection> {
        let mut rejections = Vec::new();
        let edges = self.without_conflicts(edges, &mut rejections);
        let edges = self.without_ambiguity(edges, &mut rejections);
        let mut joined = self.clone();
        for edge in &edges {
            joined.merge(edge.from, edge.to);
        }
        for edge in edges {
            match joined.doubled(edge.from) {
                Some(other) => rejections.push(Rejection { edge, other }),
                None => self.merge(edge.from, edge.to),
            }
        }
        rejections
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (into, from) = (self.group[a], self.group[b]);
        if into != from {
            let moved = std::mem::take(&mut self.members[from]);
            moved.iter().for_each(|post| self.group[*post] = into);
            self.members[into].extend(moved);
        }
    }

    /// The group of `post`.
    fn members(&self, post: usize) -> &[usize] {
        &self.members[self.group[post]]
    }

    /// A post of the group of `post` whose language another of the group has.
    fn doubled(&self, post: usize) -> Option<usize> {
        let mut seen = BTreeSet::new();
        self.members(post)
            .iter()
            .copied()
            .find(|member| !seen.insert(&self.languages[*member]))
    }

    /// Edges between groups that share a language are rejected; those within a group are done already.
    fn without_conflicts(&self, edges: Vec<Edge>, rejections: &mut Vec<Rejection>) -> Vec<Edge> {
        let outward = edges
            .into_iter()
            .filter(|edge| self.group[edge.from] != self.group[edge.to]);
        outward
            .filter(|edge| {
                let shares = |ours: usize, theirs: usize| {
                    let has = |language: &Language| {
                        self.members(ours)
                            .iter()
                            .any(|own| self.languages[*own] == *language)
                    };
                    let mut others = self.members(theirs).iter().copied();
                    others.find(|other| *other != theirs && has(&self.languages[*other]))
                };
                let other = shares(edge.from, edge.to).or_else(|| shares(edge.to, edge.from));
                rejections.extend(other.map(|other| Rejection { edge: *edge, other }));
                other.is_none()
            })
            .collect()
    }

    /// Edges by which a group would reach two groups that share a language are rejected, all of them.
    fn without_ambiguity(&self, edges: Vec<Edge>, rejections: &mut Vec<Rejection>) -> Vec<Edge> {
        // By group and language, the posts of that language that it would be joined with.
        let mut reached: BTreeMap<(usize, &Language), BTreeSet<usize>> = BTreeMap::new();
        for edge in &edges {
            for (ours, theirs) in [(edge.from, edge.to), (edge.to, edge.from)] {
                for member in self.members(theirs) {
                    reached
                        .entry((self.group[ours], &self.languages[*member]))
                        .or_default()
                        .insert(*member);
                }
            }
        }
        let rival = |ours: usize, theirs: usize| {
            self.members(theirs).iter().find_map(|member| {
                reached
                    .get(&(self.group[ours], &self.languages[*member]))?
                    .iter()
                    .find(|post| *post != member)
                    .copied()
            })
        };
        edges
            .into_iter()
            .filter(|edge| {
                let other = rival(edge.from, edge.to).or_else(|| rival(edge.to, edge.from));
                rejections.extend(other.map(|other| Rejection { edge: *edge, other }));
                other.is_none()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Posts by their languages, joined by edges `(from, to)` in stages; the twins of every post.
    fn twins(languages: &[&str], stages: &[&[(usize, usize)]]) -> (Vec<Vec<usize>>, usize) {
        let mut graph = Graph::new(languages.len(), |post| languages[post].parse().unwrap());
        let mut rejected = 0;
        for stage in stages {
            let edges = stage
                .iter()
                .map(|(from, to)| Edge {
                    from: *from,
                    to: *to,
                    reference: 0,
                })
                .collect();
            rejected += graph.join(edges).len();
        }
        (
            (0..languages.len()).map(|post| graph.twins(post)).collect(),
            rejected,
        )
    }

    #[test]
    fn joining_is_symmetric_and_transitive() {
        let (found, rejected) = twins(&["en", "fr", "de"], &[&[(0, 1), (1, 2)]]);
        assert_eq!((found, rejected), (vec![vec![1, 2], vec![0, 2], vec![0, 1]], 0));
    }

    #[test]
    fn of_two_that_compete_none_is_joined() {
        let (found, rejected) = twins(&["en", "fr", "fr"], &[&[(0, 1), (0, 2)]]);
        assert_eq!((found, rejected), (vec![vec![], vec![], vec![]], 2));
    }

    #[test]
    fn what_two_posts_say_of_each_other_outweighs_a_stranger() {
        let (found, rejected) = twins(&["en", "en", "fr"], &[&[(0, 2)], &[(1, 2)]]);
        assert_eq!((found, rejected), (vec![vec![2], vec![], vec![0]], 1));
    }

    #[test]
    fn a_stranger_costs_nobody_else_the_crossing() {
        let (found, rejected) = twins(&["en", "fr", "en", "de"], &[&[(0, 1)], &[(2, 1), (3, 0)]]);
        assert_eq!(
            (found, rejected),
            (vec![vec![1, 3], vec![0, 3], vec![], vec![0, 1]], 1)
        );
    }

    #[test]
    fn a_chain_that_comes_back_to_its_language_joins_nothing() {
        let (found, rejected) = twins(&["en", "fr", "de", "en"], &[&[(0, 1), (1, 2), (2, 3)]]);
        assert_eq!((found, rejected), (vec![vec![]; 4], 3));
    }

    #[test]
    fn the_rest_of_a_group_is_joined_beside_a_conflict() {
        let (found, _) = twins(&["en", "de", "fr", "fr"], &[&[(0, 1), (0, 2), (0, 3)]]);
        assert_eq!(found, [vec![1], vec![0], vec![], vec![]]);
    }
}
