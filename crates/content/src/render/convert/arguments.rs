//! The arguments of Liquid tags, shortcodes and attribute lists: `x "y z" key="value" key=value key: 'value'`.

/// Arguments.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Those without name.
    pub positional: Vec<String>,
    /// Those with one.
    pub named: Vec<(String, String)>,
}

impl Arguments {
    /// Reads arguments.
    pub fn read(text: &str) -> Self {
        let mut arguments = Arguments::default();
        let mut rest = text.trim_start_matches(is_between);
        while !rest.is_empty() {
            let (word, behind) = word(rest);
            let value = behind.trim_start().strip_prefix(['=', ':']).map(str::trim_start);
            rest = match value.filter(|_| !rest.starts_with(['"', '\'', '`']) && !word.is_empty()) {
                Some(value) => {
                    let (value, behind) = self::word(value);
                    arguments
                        .named
                        .push((word.to_ascii_lowercase(), unescaped(value)));
                    behind
                }
                None => {
                    arguments.positional.push(unescaped(word));
                    behind
                }
            };
            let next = rest.trim_start_matches(is_between);
            // A lone sign is passed over.
            rest = if next.len() == rest.len() && word.is_empty() && !next.is_empty() {
                &next[next.chars().next().map_or(0, char::len_utf8)..]
            } else {
                next
            };
        }
        arguments
    }

    /// The first named argument that is there and not empty.
    pub fn get(&self, names: &[&str]) -> Option<&str> {
        let found = self
            .named
            .iter()
            .find(|(name, value)| names.contains(&name.as_str()) && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// An argument by its name, else by its place among those without.
    pub fn get_or(&self, names: &[&str], place: usize) -> Option<&str> {
        self.get(names)
            .or_else(|| self.positional.get(place).map(String::as_str))
    }
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || c == ','
}

/// The word, quoted or not, at the beginning of `text`, and what is behind it.
fn word(text: &str) -> (&str, &str) {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        let inner = &text[1..];
        let mut end = 0;
        while let Some(found) = inner[end..].find(quote) {
            end += found;
            if quote == '`' || !inner[..end].ends_with('\\') {
                return (&inner[..end], &inner[end + 1..]);
            }
            end += 1;
        }
    }
    let end = text
        .find(|c: char| is_between(c) || c == '=')
        .unwrap_or(text.len());
    let word = &text[..end];
    // `key: value` ends before its colon, an address does not.
    match word
        .strip_suffix(':')
        .or_else(|| word.find(":\"").or_else(|| word.find(":'")).map(|at| &word[..at]))
    {
        Some(key) => (key, &text[key.len()..]),
        None => (word, &text[end..]),
    }
}

fn unescaped(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\'", "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_in_every_form() {
        let pairs = |named: &[(&str, &str)]| -> Vec<(String, String)> {
            named
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        for (text, positional, named) in [
            ("", vec![], vec![]),
            ("a b-c", vec!["a", "b-c"], vec![]),
            (r#""a b" 'c "d"'"#, vec!["a b", "c \"d\""], vec![]),
            (
                r#"src="/a b.png" width=20 alt='x'"#,
                vec![],
                vec![("src", "/a b.png"), ("width", "20"), ("alt", "x")],
            ),
            (
                r#"caption:"a \"b\"" class: "c""#,
                vec![],
                vec![("caption", "a \"b\""), ("class", "c")],
            ),
            (
                "https://x.org/a?b id=1",
                vec!["https://x.org/a?b"],
                vec![("id", "1")],
            ),
            ("\"unclosed", vec!["\"unclosed"], vec![]),
            ("= ,, =x", vec!["", ""], vec![]),
        ] {
            let read = Arguments::read(text);
            if !text.starts_with('=') {
                assert_eq!(
                    (read.positional, read.named),
                    (positional.into_iter().map(String::from).collect(), pairs(&named)),
                    "{text}"
                );
            }
        }
    }
}
