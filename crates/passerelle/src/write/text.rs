//! What the index says of a text: its beginning, and how long it takes to read.

/// Characters of a body that stand for a missing description, about two lines of a list.
const EXCERPT: usize = 200;

/// Words that people read in a minute, rounded between English (228) and French (195).
///
/// Source: Trauzettel-Klosinski and Dietz, "Standardized Assessment of Reading Performance: The New International
/// Reading Speed Texts IReST", IOVS 53 (2012), table 3.
const WORDS_PER_MINUTE: usize = 200;

/// The beginning of `text` in whole words, at most 200 characters and an ellipsis.
pub fn excerpt(text: &str) -> String {
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(EXCERPT) else {
        return text.to_owned();
    };
    // A text without spaces (Chinese, Japanese) is cut where it must be.
    let end = text[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    let kept = text[..end].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    format!("{kept}…")
}

/// Minutes that reading `text` takes, rounded up, at least 1.
pub fn reading_minutes(text: &str) -> u32 {
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    u32::try_from(words.div_ceil(WORDS_PER_MINUTE))
        .unwrap_or(u32::MAX)
        .max(1)
}

/// `html` when it holds more than `plain` escaped, since only then is it worth its bytes.
pub fn more_than_text(html: String, plain: &str) -> Option<String> {
    (html != maud::html! { (plain) }.0 && html != plain).then_some(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt(" a short text "), "a short text");
        let long = "été, ".repeat(60);
        let cut = excerpt(&long);
        assert!(
            cut.ends_with("été…") && cut.chars().count() <= EXCERPT + 1,
            "{cut}"
        );
        assert_eq!(excerpt(&"語".repeat(300)).chars().count(), EXCERPT + 1);
    }

    #[test]
    fn reading_takes_a_minute_for_each_200_words_begun() {
        for (words, minutes) in [(0, 1), (1, 1), (200, 1), (201, 2), (2842, 15)] {
            assert_eq!(reading_minutes(&"word – ".repeat(words)), minutes, "{words}");
        }
    }

    #[test]
    fn html_that_is_only_text_is_not_kept() {
        assert_eq!(more_than_text("a &amp; b".to_owned(), "a & b"), None);
        assert_eq!(
            more_than_text("a <em>b</em>".to_owned(), "a b").as_deref(),
            Some("a <em>b</em>")
        );
    }
}
