//! Front matter: the YAML between two lines of `---` at the top of a post, with the place of every key and value.

use super::{
    Located, cure,
    yaml::{self, Node, Value},
};
use crate::finding::Problem;

/// The front matter of a file, and where its body begins.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// The keys and values. Lines are those of the file.
    root: Node,
    /// Keys that stand there twice.
    pub problems: Vec<Problem>,
    /// Where the body begins, in bytes.
    pub body: usize,
    /// The line of the file on which the body begins, from 1.
    pub body_line: u32,
}

impl FrontMatter {
    /// The first of `keys` that has a value that is not nothing; under one key, the last value.
    pub fn get(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().find_map(|key| {
            self.root
                .get(key)
                .filter(|node| !matches!(node.value, Value::Null))
        })
    }

    /// The first of `keys` that stands there, with or without a value.
    pub fn key(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().find_map(|key| self.root.get(key))
    }

    /// The first of `keys` that has text other than white space.
    pub fn text(&self, keys: &[&str]) -> Option<Located> {
        keys.iter().find_map(|key| {
            let located = self.root.get(key)?.located()?;
            (!located.text.trim().is_empty()).then_some(located)
        })
    }

    /// The texts of a list, or of one value as a list of one; mappings give the texts of their `name`, `title` or `url`.
    pub fn texts(&self, keys: &[&str]) -> Vec<Located> {
        self.get(keys)
            .map_or(&[][..], Node::items)
            .iter()
            .filter_map(|item| {
                item.located().or_else(|| {
                    ["name", "title", "url"]
                        .iter()
                        .find_map(|key| item.get(key)?.located())
                })
            })
            .filter(|located| !located.text.trim().is_empty())
            .collect()
    }
}

/// Reads the front matter of a file's text. `Ok(None)` when it has none: the file is no post.
///
/// A byte order mark and Windows line ends are taken. `...` closes as `---` does (Jekyll's rule).
///
/// # Errors
/// When the front matter is not closed, or is not a YAML mapping.
pub fn parse(text: &str) -> Result<Option<FrontMatter>, Problem> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next() else {
        return Ok(None);
    };
    if first.trim().is_empty() {
        return late(lines);
    }
    if first.trim_end() == "+++" {
        return Err(toml_front_matter());
    }
    if !is_fence(first) {
        return Ok(None);
    }
    let yaml_start = start + first.len();
    let mut end = yaml_start;
    let mut line_number = 1;
    for line in lines {
        line_number += 1;
        if is_fence(line) || line.trim_end() == "..." {
            let root = mapping(&text[yaml_start..end])?;
            let problems = duplicates(&root);
            return Ok(Some(FrontMatter {
                root,
                problems,
                body: end + line.len(),
                body_line: line_number + 1,
            }));
        }
        end += line.len();
    }
    unclosed(&text[yaml_start..])
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Whether a line begins with a key.
fn has_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| {
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    })
}

/// Behind empty lines `---` is a rule of Markdown, unless a key follows: then somebody meant front matter.
fn late<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Option<FrontMatter>, Problem> {
    let mut lines = (2..).zip(lines).skip_while(|(_, line)| line.trim().is_empty());
    let Some((number, _)) = lines.next().filter(|(_, line)| is_fence(line)) else {
        return Ok(None);
    };
    if !lines.next().is_some_and(|(_, line)| has_key(line)) {
        return Ok(None);
    }
    Err(Problem::error(
        "front-matter-late",
        "the front matter does not begin on the first line, so it is none",
        "delete the empty lines above it",
    )
    .at(number, 1))
}

/// A file that begins with a rule, `---`, is Markdown without front matter, unless a key follows.
fn unclosed(rest: &str) -> Result<Option<FrontMatter>, Problem> {
    if !has_key(rest.lines().next().unwrap_or_default()) {
        return Ok(None);
    }
    Err(Problem::error(
        "front-matter-open",
        "the front matter has no end",
        "close it with a line of its own that holds `---`",
    )
    .at(1, 1))
}

fn toml_front_matter() -> Problem {
    Problem::error(
        "front-matter-toml",
        "the front matter is TOML, between lines of `+++`",
        "write it as YAML between lines of `---`; `hugo convert toYAML` does that for a whole tree",
    )
    .at(1, 1)
}

/// The YAML, with the lines of the file: it begins on the second.
fn mapping(text: &str) -> Result<Node, Problem> {
    let mut root = yaml::parse(text).map_err(|error| invalid(&error, text))?;
    if !matches!(root.value, Value::Mapping(_) | Value::Null) {
        return Err(Problem::error(
            "front-matter-invalid",
            "the front matter holds no keys",
            "write each line as `key: value`",
        )
        .at(root.line + 1, root.column));
    }
    down_one_line(&mut root);
    Ok(root)
}

fn down_one_line(node: &mut Node) {
    node.line += 1;
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(down_one_line),
        Value::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
            down_one_line(key);
            down_one_line(value);
        }),
        Value::Null | Value::Scalar { .. } => {}
    }
}

fn invalid(error: &yaml::Invalid, text: &str) -> Problem {
    let problem = cure::problem(
        "front-matter-invalid",
        "the front matter is not YAML",
        text,
        error,
    );
    Problem {
        place: problem.place.map(|(line, column)| (line + 1, column)),
        ..problem
    }
}

/// A warning for each key that an earlier line has too. The last one counts, as in Jekyll.
fn duplicates(root: &Node) -> Vec<Problem> {
    let keys: Vec<&Node> = root.entries().iter().map(|(key, _)| key).collect();
    keys.iter()
        .enumerate()
        .filter_map(|(i, key)| {
            let text = key.text()?;
            let later = keys[i + 1..].iter().rfind(|later| later.text() == Some(text))?;
            let message = format!(
                "the key \"{text}\" stands again on line {}, and only the last counts",
                later.line
            );
            let cure = "delete the one that is not meant";
            Some(Problem::warning("front-matter-duplicate", message, cure).at(key.line, key.column))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(text: &str) -> FrontMatter {
        parse(text).unwrap().unwrap()
    }

    #[test]
    fn keys_have_the_lines_of_the_file_and_the_body_follows() {
        let text = "---\ntitle: \"Été\"\ndate: 2018-01-01\n---\nBody\n";
        let found = good(text);
        assert_eq!(
            found.text(&["title"]),
            Some(Located {
                text: "Été".to_owned(),
                line: 2,
                column: 8
            })
        );
        assert_eq!((&text[found.body..], found.body_line), ("Body\n", 5));
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_taken() {
        let text = "\u{feff}---\r\ntitle: a\r\n---  \r\nBody";
        let found = good(text);
        assert_eq!(found.text(&["title"]).unwrap().text, "a");
        assert_eq!((&text[found.body..], found.body_line), ("Body", 4));
    }

    #[test]
    fn what_has_no_front_matter_is_no_post() {
        for text in [
            "",
            "# Read me\n",
            "---\n\nA rule above\n",
            "----\ntitle: x\n----\n",
            " ---\na: b\n---\n",
            "\n---\n\nA rule\n",
            "\n\n",
        ] {
            assert!(parse(text).unwrap().is_none(), "{text:?}");
        }
    }

    #[test]
    fn empty_front_matter_is_front_matter() {
        assert_eq!(good("---\n---\nx").body_line, 3);
        assert_eq!(good("---\n...\n").body_line, 3);
    }

    #[track_caller]
    fn told(text: &str, rule: &str, place: (u32, u32), cure: &str) {
        let problem = parse(text).unwrap_err();
        assert_eq!(
            (problem.rule, problem.place, problem.cure.as_str()),
            (rule, Some(place), cure)
        );
    }

    #[test]
    fn mistakes_are_told_with_their_place_and_cure() {
        told(
            "---\ntitle: a\ndescription: the \"best\": ours\n---\n",
            "front-matter-invalid",
            (3, 24),
            r#"put the value in quotes: description: 'the "best": ours'"#,
        );
        told(
            "---\ntitle: a\n",
            "front-matter-open",
            (1, 1),
            "close it with a line of its own that holds `---`",
        );
        told(
            "---\njust words\n---\n",
            "front-matter-invalid",
            (2, 1),
            "write each line as `key: value`",
        );
        told(
            "---\ntitle: \"a\n---\n",
            "front-matter-invalid",
            (2, 8),
            r#"put the value in quotes: title: "a""#,
        );
        told(
            "\r\n\n---\ntitle: a\n---\n",
            "front-matter-late",
            (3, 1),
            "delete the empty lines above it",
        );
        told(
            "+++\ntitle = 'a'\n+++\n",
            "front-matter-toml",
            (1, 1),
            "write it as YAML between lines of `---`; `hugo convert toYAML` does that for a whole tree",
        );
    }

    #[test]
    fn a_key_that_stands_twice_is_told_at_the_one_that_is_lost() {
        let found = good("---\ndescription: a\ntitle: t\ndescription: b\n---\n");
        assert_eq!(found.text(&["description"]).unwrap().text, "b");
        assert_eq!(found.problems.len(), 1);
        assert_eq!(
            (found.problems[0].place, found.problems[0].rule),
            (Some((2, 1)), "front-matter-duplicate")
        );
    }

    #[test]
    fn lists_and_single_values_are_read_alike() {
        for text in ["tags: [a, b]", "tags:\n  - a\n  - b", "tags:\n- name: a\n- b"] {
            let found = good(&format!("---\n{text}\n---\n"));
            let texts: Vec<_> = found.texts(&["tags"]).into_iter().map(|tag| tag.text).collect();
            assert_eq!(texts, ["a", "b"], "{text}");
        }
        assert_eq!(
            good("---\nauthor: A, B et C\n---\n").texts(&["authors", "author"])[0].text,
            "A, B et C"
        );
    }
}
