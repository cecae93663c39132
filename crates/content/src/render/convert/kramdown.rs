//! kramdown's attribute lists and extensions: `{:.class}`, `{: #id key="value"}`, `{::comment}`.
//!
//! Source of the rules: <https://kramdown.gettalong.org/syntax.html>, "Attribute List Definitions" to "Extensions".

use super::{Edit, Edits, Span, arguments::Arguments, end_of_range, line_of, quoted};
use crate::render::RemarkKind;

/// The attributes that an author gave to an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeList {
    /// Where it stood in the converted text: behind its element, or before it.
    pub at: usize,
    /// Where its element is.
    pub place: Place,
    /// The attributes: not checked.
    pub attributes: Vec<(String, String)>,
}

/// Where the element of an attribute list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// On the same line, directly before the list.
    #[default]
    Line,
    /// The block that ends above the list.
    Above,
    /// The block that begins below it.
    Below,
}

/// Takes attribute lists and extensions out of the source, and keeps the lists for their elements.
pub fn convert(code: &[Span], edits: &mut Edits) {
    let source = edits.source;
    let mut at = 0;
    while let Some(found) = source[at..].find("{:") {
        let start = at + found;
        at = start + 2;
        if let Some(end) = end_of_range(code, start) {
            at = end;
        } else if !source[..start].ends_with(['\\', '{'])
            && let Some(end) = end_of_list(source, start)
        {
            at = convert_one(start, end, edits);
        }
    }
}

/// The end of `{:…}`, on the same line.
fn end_of_list(source: &str, start: usize) -> Option<usize> {
    let inner = &source[start + 2..];
    let begins =
        inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '#' | ' ' | ':' | '/'));
    let end = inner.find(['}', '\n', '{']).filter(|_| begins)?;
    inner[end..].starts_with('}').then_some(start + 2 + end + 1)
}

/// Converts the list or extension at `start..end`, and tells how far the source is done.
fn convert_one(start: usize, end: usize, edits: &mut Edits) -> usize {
    let source = edits.source;
    let inner = source[start + 2..end - 1].trim();
    if inner.starts_with([':', '/']) {
        return extension(start, end, inner.trim_start_matches(':'), edits);
    }
    let is_definition = inner
        .split_once(':')
        .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    if is_definition || inner == "toc" {
        edits.remark(start, RemarkKind::Unknown, || {
            format!("{} is not known and was left out", quoted(&source[start..end]))
        });
        return remove(start, end, None, edits);
    }
    let list = AttributeList {
        at: 0,
        place: place(source, start, end),
        attributes: attributes(inner),
    };
    edits.remark(start, RemarkKind::Converted, || {
        format!(
            "the attribute list {} was applied as far as a post may hold it",
            quoted(&source[start..end])
        )
    });
    remove(start, end, Some(list), edits)
}

fn remove(start: usize, end: usize, attributes: Option<AttributeList>, edits: &mut Edits) -> usize {
    edits.edits.push(Edit {
        start,
        end,
        text: String::new(),
        attributes,
    });
    end
}

fn place(source: &str, start: usize, end: usize) -> Place {
    let Some((_, line_start, _)) = line_of(source, start, end) else {
        return Place::Line;
    };
    let above = source[..line_start].trim_end_matches('\n');
    if above.is_empty() || line_start - above.len() > 1 {
        Place::Below
    } else {
        Place::Above
    }
}

fn extension(start: usize, end: usize, inner: &str, edits: &mut Edits) -> usize {
    let source = edits.source;
    // Whether there is an end at all is looked up once, not from each beginning on.
    if inner.starts_with("comment")
        && !inner.ends_with('/')
        && *edits
            .last_comment_end
            .get_or_insert_with(|| source.rfind("{:/").unwrap_or_default())
            >= end
        && let Some(found) = source[end..].find("{:/")
        && let Some(close) = source[end + found..].find('}')
    {
        let behind = end + found + close + 1;
        edits.remove(start, behind);
        return behind;
    }
    if !inner.starts_with('/') {
        edits.remark(start, RemarkKind::Unknown, || {
            format!(
                "the extension {} is not known and was left out",
                quoted(&source[start..end])
            )
        });
    }
    remove(start, end, None, edits)
}

/// `.class`, `#id` and `key="value"`.
fn attributes(inner: &str) -> Vec<(String, String)> {
    let Arguments {
        positional,
        mut named,
    } = Arguments::read(inner);
    let mut classes = Vec::new();
    for word in &positional {
        if let Some(id) = word.strip_prefix('#') {
            named.push(("id".to_owned(), id.to_owned()));
        } else {
            classes.extend(
                word.split('.')
                    .filter(|class| word.starts_with('.') && !class.is_empty()),
            );
        }
    }
    if !classes.is_empty() {
        named.push(("class".to_owned(), classes.join(" ")));
    }
    named.retain(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    named
}
