//! The tokenizer: HTML text to tags and text, as the WHATWG's standard says (section 13.2.5).
//!
//! Comments, doctypes and processing instructions are skipped. The content of raw-text elements is given as a token of
//! its own, so that the policy can drop it or show it as the text that a browser would show.

use std::borrow::Cow;

use super::entity;

/// A piece of HTML, with the byte offset at which it begins.
#[derive(Debug)]
pub struct Token<'a> {
    /// Where it begins in the text that was tokenized.
    pub at: usize,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a token is.
#[derive(Debug)]
pub enum Kind<'a> {
    /// Text, decoded.
    Text(Cow<'a, str>),
    /// A start tag. Names are in lower case; of two attributes with one name the first is kept.
    Start {
        /// The element's name.
        name: Cow<'a, str>,
        /// Names and decoded values.
        attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
        /// Whether it ends with `/>`, which counts in MathML alone.
        closed: bool,
    },
    /// An end tag.
    End(Cow<'a, str>),
    /// The undecoded content of the raw-text element that the tag before began.
    RawText(&'a str),
}

/// How the text behind a start tag is read.
#[derive(Debug, Default)]
pub enum Content {
    /// As tags and text.
    #[default]
    Normal,
    /// Up to the end tag of this element.
    Raw(String),
    /// To the end of the input.
    Plain,
}

/// Elements whose content is text (section 13.2.6, with scripting on), and `title` and `textarea`.
const RAW_TEXT: &[&str] = &[
    "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp",
];

/// An iterator over the tokens of a text.
pub struct Tokenizer<'a> {
    html: &'a str,
    at: usize,
    content: Content,
    /// Where a tag begins that has no end.
    unfinished: Option<usize>,
}

impl<'a> Tokenizer<'a> {
    /// Reads `html` from its beginning.
    pub fn new(html: &'a str) -> Self {
        Tokenizer::behind(Content::Normal, html)
    }

    /// Reads `html` behind other HTML, whose end leaves its content to be read so.
    pub fn behind(content: Content, html: &'a str) -> Self {
        Tokenizer {
            html,
            at: 0,
            content,
            unfinished: None,
        }
    }

    /// How what comes behind the HTML is read, when all of it is read.
    pub fn content(self) -> Content {
        self.content
    }

    /// Where a tag begins that has no end, when all is read: a browser drops it.
    pub fn unfinished(&self) -> Option<usize> {
        self.unfinished
    }

    fn rest(&self) -> &'a str {
        &self.html[self.at..]
    }

    /// The content of a raw-text element; nothing where it is empty.
    fn raw_text(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let end = match &self.content {
            Content::Normal => return None,
            Content::Plain => None,
            Content::Raw(name) => end_of_raw_text(rest, name),
        };
        if end.is_some() {
            self.content = Content::Normal;
        }
        let text = &rest[..end.unwrap_or(rest.len())];
        let at = self.at;
        self.at += text.len();
        (!text.is_empty()).then_some(Token {
            at,
            kind: Kind::RawText(text),
        })
    }

    /// What begins with `<`; `None` when it was skipped.
    fn markup(&mut self) -> Option<Token<'a>> {
        let at = self.at;
        let rest = self.rest();
        let second = rest.as_bytes().get(1).copied().unwrap_or_default();
        let third = rest.as_bytes().get(2).copied().unwrap_or_default();
        if second.is_ascii_alphabetic() {
            self.start_tag()
        } else if second == b'/' && third.is_ascii_alphabetic() {
            self.end_tag()
        } else if second == b'/' && rest.len() == 2 || !matches!(second, b'/' | b'!' | b'?') {
            self.at += 1;
            Some(Token {
                at,
                kind: Kind::Text(Cow::Borrowed("<")),
            })
        } else {
            self.at += end_of_comment(rest);
            None
        }
    }

    fn start_tag(&mut self) -> Option<Token<'a>> {
        let at = self.at;
        let (name, attributes, end) = read_tag(&self.html[at + 1..])?;
        self.at += 1 + end;
        let closed = self.html[..self.at].ends_with("/>");
        if RAW_TEXT.contains(&&*name) {
            self.content = Content::Raw(name.clone().into_owned());
        } else if name == "plaintext" {
            self.content = Content::Plain;
        }
        Some(Token {
            at,
            kind: Kind::Start {
                name,
                attributes,
                closed,
            },
        })
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        let at = self.at;
        let (name, _, end) = read_tag(&self.html[at + 2..])?;
        self.at += 2 + end;
        Some(Token {
            at,
            kind: Kind::End(name),
        })
    }
}

impl<'a> Iterator for Tokenizer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(token) = self.raw_text() {
                return Some(token);
            }
            let rest = self.rest();
            let at = self.at;
            match rest.find('<') {
                _ if rest.is_empty() => return None,
                Some(0) => {
                    if let Some(token) = self.markup() {
                        return Some(token);
                    }
                    if self.at == at {
                        // The tag has no end: a browser drops it, and with it all that follows.
                        self.unfinished = Some(at);
                        self.at = self.html.len();
                    }
                }
                end => {
                    let text = &rest[..end.unwrap_or(rest.len())];
                    self.at += text.len();
                    return Some(Token {
                        at,
                        kind: Kind::Text(entity::decode(text, false)),
                    });
                }
            }
        }
    }
}

/// Where the content of a raw-text element ends: before `</name` and white space, `/` or `>`.
fn end_of_raw_text(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find("</") {
        let at = from + found;
        let behind = &text.as_bytes()[at + 2..];
        let is_end = behind.len() > name.len()
            && behind[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && matches!(
                behind[name.len()],
                b' ' | b'\t' | b'\n' | b'\x0C' | b'\r' | b'/' | b'>'
            );
        if is_end {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// The length of a comment, a doctype or anything else that begins with `<!`, `<?` or `</` and is no tag.
fn end_of_comment(text: &str) -> usize {
    let Some(comment) = text.strip_prefix("<!--") else {
        return text.find('>').map_or(text.len(), |end| end + 1);
    };
    for short in [">", "->"] {
        if comment.starts_with(short) {
            return 4 + short.len();
        }
    }
    let ends = ["-->", "--!>"].map(|end| comment.find(end).map(|at| 4 + at + end.len()));
    ends.into_iter().flatten().min().unwrap_or(text.len())
}

type Tag<'a> = (Cow<'a, str>, Vec<(Cow<'a, str>, Cow<'a, str>)>, usize);

/// Reads name and attributes up to and with `>`; `None` where there is none.
fn read_tag(text: &str) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let ends = |byte: &u8| is_space_byte(*byte) || matches!(byte, b'/' | b'>');
    let end = bytes.iter().position(ends)?;
    let name = lower_case(&text[..end]);
    let mut attributes: Vec<(Cow<str>, Cow<str>)> = Vec::new();
    let mut at = end;
    loop {
        at += bytes[at..]
            .iter()
            .position(|byte| !is_space_byte(*byte) && *byte != b'/')?;
        if bytes[at] == b'>' {
            return Some((name, attributes, at + 1));
        }
        let (attribute, value, length) = read_attribute(&text[at..])?;
        // Enough for any author; more would make the search for duplicates quadratic.
        if attributes.len() < 64 && !attributes.iter().any(|(known, _)| *known == attribute) {
            attributes.push((attribute, value));
        }
        at += length;
    }
}

/// Reads one attribute at the beginning of `text`: its name, its value and its length.
fn read_attribute(text: &str) -> Option<(Cow<'_, str>, Cow<'_, str>, usize)> {
    // All signs are ASCII, so that bytes can be looked at.
    let ends = |byte: &u8| is_space_byte(*byte) || matches!(byte, b'/' | b'>' | b'=');
    let name_end = 1 + text.as_bytes().get(1..)?.iter().position(ends)?;
    let name = lower_case(&text[..name_end]);
    let behind = without_space(&text[name_end..]);
    let Some(value) = behind.strip_prefix('=') else {
        return Some((name, Cow::Borrowed(""), name_end));
    };
    let value = without_space(value);
    let value_at = text.len() - value.len();
    let (value, end) = match value.as_bytes().first()? {
        b'>' => ("", value_at),
        quote @ (b'"' | b'\'') => {
            let inner = &value[1..];
            let end = inner.find(*quote as char)?;
            (&inner[..end], value_at + end + 2)
        }
        _ => {
            let ends = |byte: &u8| is_space_byte(*byte) || *byte == b'>';
            let end = value.as_bytes().iter().position(ends)?;
            (&value[..end], value_at + end)
        }
    };
    Some((name, entity::decode(value, true), end))
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// What stands behind the white space at the beginning of a text.
fn without_space(text: &str) -> &str {
    let is_other = |byte: &u8| !is_space_byte(*byte);
    let length = text.as_bytes().iter().position(is_other);
    &text[length.unwrap_or(text.len())..]
}

/// HTML's white space.
pub fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0C' | b'\r')
}
