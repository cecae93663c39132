//! What a publisher probably meant: near keys and near permalinks. Nothing is joined by it.

use content::permalink::jekyll_slug;

use crate::read::Post;

/// How far apart two texts are that may be one, from 0 (they differ in case or outer white space alone); `None` when
/// they are different things. Numbers must agree: `notes-1` and `notes-2` are two posts.
pub fn distance(a: &str, b: &str) -> Option<usize> {
    // Cheap first: two edits change eight bytes at most; the rest is for letters whose lower case is longer.
    if a.trim().len().abs_diff(b.trim().len()) > 16 {
        return None;
    }
    let (a, b) = (a.trim().to_lowercase(), b.trim().to_lowercase());
    if a == b {
        return Some(0);
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let shorter = a.chars().count().min(b.chars().count());
    let allowed = match shorter {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    let found = strsim::osa_distance(&a, &b);
    (found <= allowed && digits(&a) == digits(&b)).then_some(found)
}

/// Names that another may be near to. Each is kept with what is cheap to compare, since a name may be held beside
/// thousands.
#[derive(Debug, Default)]
pub struct Names {
    names: Vec<(String, Sketch, usize)>,
}

impl Names {
    /// Adds a name and the place of what has it.
    pub fn add(&mut self, name: &str, place: usize) {
        self.names.push((name.to_owned(), Sketch::of(name), place));
    }

    /// How far away each near name is, as [`distance`] tells, with the name and its place.
    pub fn near<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (usize, &'a str, usize)> {
        let sketch = Sketch::of(name);
        let may_be = move |other: &Sketch| sketch.digits == other.digits && sketch.is_like(other);
        let names = self.names.iter().filter(move |(_, other, _)| may_be(other));
        names.filter_map(move |(other, _, place)| Some((distance(name, other)?, other.as_str(), *place)))
    }

    /// The names that are two typing errors away at most, in digits too: how many, and the place of each.
    pub fn mistyped<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let sketch = Sketch::of(name);
        let lower = name.to_lowercase();
        let names = self
            .names
            .iter()
            .filter(move |(_, other, _)| sketch.is_like(other));
        let errors = move |other: &str| strsim::osa_distance(&lower, &other.to_lowercase());
        let names = names.map(move |(other, _, place)| (errors(other), *place));
        names.filter(|(errors, _)| *errors <= 2)
    }
}

/// What two names have nearly in common that are two edits apart: an edit changes the length by one, and takes one
/// letter away or puts another in its place.
#[derive(Debug)]
struct Sketch {
    characters: usize,
    /// Which letters there are, each as one bit.
    letters: u64,
    /// The digits in their order, as a number that differs for most.
    digits: u64,
}

impl Sketch {
    /// Whether two edits may lie between the names, digits aside.
    fn is_like(&self, other: &Sketch) -> bool {
        self.characters.abs_diff(other.characters) <= 2 && (self.letters ^ other.letters).count_ones() <= 4
    }

    fn of(name: &str) -> Self {
        let mut sketch = Sketch {
            characters: 0,
            letters: 0,
            digits: 0,
        };
        for c in name.trim().chars().flat_map(char::to_lowercase) {
            sketch.characters += 1;
            sketch.letters |= 1 << (u32::from(c) % u64::BITS);
            if let Some(digit) = c.to_digit(10) {
                sketch.digits = sketch.digits.wrapping_mul(11).wrapping_add(u64::from(digit) + 1);
            }
        }
        sketch
    }
}

/// The last part of the permalink: what the file is called in a URL.
pub fn name(post: &Post) -> &str {
    last_segment(&post.path)
}

/// The last part of a path or URL.
pub fn last_segment(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The author's calendar day.
pub fn day(post: &Post) -> &str {
    post.date.get(..10).unwrap_or_default()
}

/// Which of two posts whose keys should be one has probably the wrong one: the one whose key has outer white space,
/// else the one whose key is nobody's name where the other's is, else the one that is not in the default language.
pub fn is_more_likely_wrong(key: &str, other_key: &str, names: [&str; 2], is_default: bool) -> bool {
    let is_spaced = |key: &str| key.trim() != key;
    let is_name = |key: &str| names.iter().any(|name| jekyll_slug(name) == jekyll_slug(key));
    if is_spaced(key) != is_spaced(other_key) {
        return is_spaced(key);
    }
    if is_name(key) != is_name(other_key) {
        return !is_name(key);
    }
    !is_default
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_keys_are_told_from_other_ones() {
        for (a, b, expected) in [
            ("in-this-together", "n-this-together", Some(1)),
            (" research-event", "research-event", Some(0)),
            ("Launch", "launch", Some(0)),
            ("launch-2018", "launch-2019", None),
            ("notes-1", "notes-2", None),
            ("abc", "abd", None),
            ("plan", "plans", Some(1)),
            ("announcement", "anouncemnt", Some(2)),
            ("hiring-at-the-office", "firing-of-the-office", None),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            let mut names = Names::default();
            names.add(b, 7);
            let near: Vec<_> = names.near(a).collect();
            let expected: Vec<_> = expected.map(|distance| (distance, b, 7)).into_iter().collect();
            assert_eq!(near, expected, "{a} {b}");
        }
    }

    #[test]
    fn the_likelier_mistake_is_told() {
        let names = ["in-this-together", "nous-sommes-tous-concernes"];
        assert!(is_more_likely_wrong(
            "n-this-together",
            "in-this-together",
            names,
            true
        ));
        assert!(!is_more_likely_wrong(
            "in-this-together",
            "n-this-together",
            names,
            false
        ));
        assert!(is_more_likely_wrong(" k", "k", names, true));
        assert!(is_more_likely_wrong("a", "b", names, false));
        assert!(!is_more_likely_wrong("a", "b", names, true));
    }
}
