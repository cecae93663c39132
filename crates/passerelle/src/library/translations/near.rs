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
