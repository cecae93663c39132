//! YAML as a tree with places: what front matter and the generators' configurations are read from.
//!
//! Built from the parser's events, since duplicate keys and the places of keys are lost in any loaded document.

use std::{collections::HashMap, rc::Rc};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::{Located, quoted};

/// How deep collections may stand in each other. Front matter has two or three levels; a thousand is an attack.
const DEEPEST: usize = 32;

/// A value and where it begins.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// From 1, in the text that was parsed.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// What a value is. Numbers, truth values and dates stay text: a post's `title: 2018` is a title.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing: an empty value, `~` or `null` without quotes.
    Null,
    /// Text, and whether it stood without quotes.
    Scalar {
        /// The text.
        text: Rc<str>,
        /// Without quotes: `true` may be a truth value.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values as they were written, duplicates too.
    Mapping(Vec<(Node, Node)>),
}

/// The text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// From 1, in the text that was parsed.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What the parser says.
    pub message: String,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar with its place.
    pub fn located(&self) -> Option<Located> {
        let text = self.text()?.to_owned();
        Some(Located {
            text,
            line: self.line,
            column: self.column,
        })
    }

    /// A truth value, quoted or not.
    pub fn truth(&self) -> Option<bool> {
        match self.text()?.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }

    /// The items of a sequence; of anything else, itself alone.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries of a mapping; of anything else, none.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The last value under a key. Keys are compared as [`key_name`] gives them.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let name = key_name(key);
        self.entries()
            .iter()
            .rev()
            .find(|(key, _)| key.text().is_some_and(|key| key_name(key) == name))
            .map(|(_, value)| value)
    }
}

impl Invalid {
    /// What to do about it; `text` is what was parsed.
    pub fn cure(&self, text: &str) -> String {
        let message = &self.message;
        if message.contains("mapping values are not allowed") {
            let line = text
                .lines()
                .nth(self.line.saturating_sub(1) as usize)
                .unwrap_or_default();
            match line.split_once(": ") {
                Some((key, value)) => format!(
                    "put the value in quotes: {}: {}",
                    key.trim_end(),
                    double_quoted(value)
                ),
                None => "put the value that holds a colon in quotes".to_owned(),
            }
        } else if message.contains("unprintable") {
            "delete it, or write the value anew: such a character comes in by copying and is not seen"
                .to_owned()
        } else if message.contains("tab") {
            "indent with spaces instead of tabs".to_owned()
        } else if message.contains("quoted scalar") {
            "close the quotes, and write a quotation mark inside double quotes as \\\"".to_owned()
        } else if message.contains("escape") {
            "write a backslash inside double quotes as \\\\, or use single quotes".to_owned()
        } else {
            "put a value that holds a colon, a quotation mark, `#`, `&`, `*`, `[` or `{` in quotes".to_owned()
        }
    }
}

fn double_quoted(value: &str) -> String {
    format!("\"{}\"", value.trim().replace('\\', "\\\\").replace('"', "\\\""))
}

/// A key without what blogs write in different ways: case (Hugo has none), `-` and `_`.
pub fn key_name(key: &str) -> String {
    key.chars()
        .filter(|c| !matches!(c, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Reads the first document of `text`. An empty document is [`Value::Null`].
///
/// # Errors
/// When the text is not YAML, or is nested deeper than any front matter.
pub fn parse(text: &str) -> Result<Node, Invalid> {
    let mut mended = std::borrow::Cow::Borrowed(text);
    // Each round mends one scalar; a text has no more of them than quotation marks.
    for _ in 0..=text.matches(['"', '\'']).count() {
        let error = match parse_strictly(&mended) {
            Err(error) if error.message == UNINDENTED => error,
            result => return result,
        };
        let Some((next, last_line)) = quoted::indent(&mended, error.line, error.column) else {
            return Err(error);
        };
        match parse_strictly(&next) {
            // The scalar was not closed where its author meant to close it.
            Err(after) if after.line <= last_line => return Err(error),
            _ => mended = next.into(),
        }
    }
    parse_strictly(&mended)
}

/// What the parser says of a quoted scalar that goes on at the first column. Jekyll and Hugo take it.
const UNINDENTED: &str = "invalid indentation in quoted scalar";

fn parse_strictly(text: &str) -> Result<Node, Invalid> {
    let mut builder = Builder {
        lines: Lines::of(text),
        ..Builder::default()
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let (line, column) = builder.lines.place(*error.marker());
            Invalid {
                line,
                column,
                message: error.info().to_owned(),
            }
        })?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        builder.take(event, span)?;
    }
    Ok(builder.root.unwrap_or(Node {
        value: Value::Null,
        line: 1,
        column: 1,
    }))
}

#[derive(Default)]
struct Builder {
    /// Collections that are not yet closed, with the anchor of each.
    open: Vec<Open>,
    /// Scalars by anchor. Anchored collections are not kept: an alias of one is nothing.
    anchors: HashMap<usize, Value>,
    root: Option<Node>,
    lines: Lines,
}

struct Open {
    node: Node,
    key: Option<Node>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Invalid> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let value = match text.as_ref() {
                    "" | "~" | "null" | "Null" | "NULL" if plain => Value::Null,
                    text => Value::Scalar {
                        text: text.into(),
                        plain,
                    },
                };
                if anchor > 0 {
                    self.anchors.insert(anchor, value.clone());
                }
                self.add(self.node(value, span));
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().unwrap_or(Value::Null);
                self.add(self.node(value, span));
            }
            Event::SequenceStart(..) => self.open(Value::Sequence(Vec::new()), span)?,
            Event::MappingStart(..) => self.open(Value::Mapping(Vec::new()), span)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(closed) = self.open.pop() {
                    self.add(closed.node);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, value: Value, span: Span) -> Result<(), Invalid> {
        let node = self.node(value, span);
        if self.open.len() == DEEPEST {
            let message = format!("more than {DEEPEST} lists and mappings in each other");
            return Err(Invalid {
                line: node.line,
                column: node.column,
                message,
            });
        }
        self.open.push(Open { node, key: None });
        Ok(())
    }

    fn node(&self, value: Value, span: Span) -> Node {
        let (line, column) = self.lines.place(span.start);
        Node { value, line, column }
    }

    fn add(&mut self, node: Node) {
        let Some(Open { node: parent, key }) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut parent.value {
            Value::Sequence(items) => items.push(node),
            Value::Mapping(entries) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(node),
            },
            Value::Null | Value::Scalar { .. } => {}
        }
    }
}

/// Where the lines of a text begin. YAML ends a line at a lone carriage return, too; an editor and the rest of the file
/// do not, so in a text that has one, a place is counted anew from its character.
#[derive(Default)]
struct Lines {
    /// The characters, by number, that are line feeds.
    feeds: Vec<usize>,
    /// How many characters there are.
    length: usize,
    has_lone_return: bool,
}

impl Lines {
    fn of(text: &str) -> Self {
        let feeds = text.chars().enumerate().filter(|(_, c)| *c == '\n');
        Lines {
            feeds: feeds.map(|(place, _)| place).collect(),
            length: text.chars().count(),
            has_lone_return: text.matches('\r').count() > text.matches("\r\n").count(),
        }
    }

    /// Line and column, both from 1, of a place in the text: the parser counts some characters of a directive twice, and
    /// what it tells then may stand behind the end of a line.
    fn place(&self, marker: Marker) -> (u32, u32) {
        let line = if self.has_lone_return {
            self.feeds.partition_point(|feed| *feed < marker.index())
        } else {
            marker.line().saturating_sub(1).min(self.feeds.len())
        };
        let start = line.checked_sub(1).map_or(0, |before| self.feeds[before] + 1);
        let end = self.feeds.get(line).copied().unwrap_or(self.length);
        let column = if self.has_lone_return {
            marker.index() - start
        } else {
            marker.col()
        };
        (number(line + 1), number(column.min(end - start) + 1))
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_carriage_return_begins_no_line() {
        let node = parse("a: 1\rb: 2\nc: 3\n").unwrap();
        for (key, place) in [("b", (1, 9)), ("c", (2, 4))] {
            let found = node.get(key).unwrap();
            assert_eq!((found.line, found.column), place, "{key}");
        }
        let error = parse("a: 1\r\n2021\rb-\u{e}\n").unwrap_err();
        assert_eq!((error.line, error.column), (2, 6));
    }

    #[test]
    fn keys_are_found_however_they_are_written_and_the_last_wins() {
        let node = parse("image-alt: a\nImageAlt: b\nother: c\n").unwrap();
        let found = node.get("image_alt").unwrap();
        assert_eq!((found.text(), found.line, found.column), (Some("b"), 2, 11));
    }

    #[test]
    fn a_quoted_scalar_may_go_on_at_the_first_column() {
        let node = parse("a: \"one\ntwo\n\nthree\"\nb: c").unwrap();
        assert_eq!(node.get("a").unwrap().text(), Some("one two\nthree"));
        assert_eq!(node.get("b").unwrap().text(), Some("c"));
    }

    #[test]
    fn empty_values_are_nothing_unless_they_are_quoted() {
        let node = parse("a:\nb: ~\nc: \"\"\nd: null").unwrap();
        for key in ["a", "b", "d"] {
            assert_eq!(node.get(key).unwrap().text(), None, "{key}");
        }
        assert_eq!(node.get("c").unwrap().text(), Some(""));
    }

    #[test]
    fn an_unquoted_colon_is_told_with_its_place() {
        let error = parse("title: one: two\n").unwrap_err();
        assert_eq!((error.line, error.column), (1, 11));
        assert_eq!(error.message, "mapping values are not allowed in this context");
    }

    #[test]
    fn nesting_has_an_end() {
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&format!("a: {}{}", "[".repeat(20), "]".repeat(20))).is_ok());
    }

    #[test]
    fn an_alias_gives_its_scalar_again() {
        let node = parse("a: &x hello\nb: *x\nc: &y [1]\nd: *y").unwrap();
        assert_eq!(node.get("b").unwrap().text(), Some("hello"));
        assert!(matches!(node.get("d").unwrap().value, Value::Null));
    }
}
