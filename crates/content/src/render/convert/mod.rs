//! What blogs wrote for Jekyll and Hugo and CommonMark does not know, made into what it knows, before it is parsed.
//!
//! Nothing in code is touched, but for what Jekyll and Hugo themselves take out of code: `{% raw %}` and `{{</* */>}}`.
//! Whatever a post's generator would have replaced is replaced, or taken out and reported: it is never shown raw.

mod arguments;
mod code;
mod kramdown;
mod layout;
mod links;
mod liquid;
mod shortcode;

use std::borrow::Cow;

use super::{Remark, RemarkKind, html::signs};
use crate::post::{Body, Format};

pub use kramdown::{AttributeList, Place};

/// A source with its conversions done.
#[derive(Debug, Default)]
pub struct Converted<'a> {
    /// The text to be parsed.
    pub text: Cow<'a, str>,
    /// Attribute lists that were taken out, by where they stood in `text`.
    pub attributes: Vec<AttributeList>,
    /// From a position in `text` on, where the source stands.
    map: Vec<(usize, usize)>,
}

impl Converted<'_> {
    /// From which position of the text on the source stands where.
    pub fn pieces(&self) -> &[(usize, usize)] {
        if self.map.is_empty() { &[(0, 0)] } else { &self.map }
    }

    /// Where in the source a position of the text comes from.
    pub fn source_of(&self, at: usize) -> usize {
        let index = self.map.partition_point(|(text, _)| *text <= at);
        match index.checked_sub(1).and_then(|index| self.map.get(index)) {
            Some((text, source)) => source + (at - text),
            None => at,
        }
    }
}

/// Where something begins and ends, and its number where it has one: one type for all, since sorting each of several
/// would be several times as much to download.
type Span = (usize, usize, usize);

/// A part of the source to be replaced.
#[derive(Debug, Default)]
struct Edit {
    start: usize,
    end: usize,
    text: String,
    attributes: Option<AttributeList>,
}

/// Gives the URL of what a post names otherwise than by URL; it is told where in the source the name stands.
pub type Resolve<'a> = dyn FnMut(&str, usize) -> Option<String> + 'a;

/// Where conversions are collected.
struct Edits<'a> {
    source: &'a str,
    format: Format,
    /// The path that the site stands under, without slash at its end.
    base_path: &'a str,
    resolve: &'a mut Resolve<'a>,
    /// Where the last `{{ site.url }}` ends, with the `{{ site.baseurl }}` behind it.
    origin_end: Option<usize>,
    edits: Vec<Edit>,
    remarks: &'a mut Vec<Remark>,
    /// Where the last end of a kramdown comment stands; 0 where there is none, `None` while nobody has asked.
    last_comment_end: Option<usize>,
}

impl Edits<'_> {
    fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.edits.push(Edit {
            start,
            end,
            text: text.into(),
            attributes: None,
        });
    }

    /// Takes a part out; with its line, where it stands alone on it, so that no blank line ends a block.
    fn remove(&mut self, start: usize, end: usize) {
        let (start, end) = match line_of(self.source, start, end) {
            Some((_, line_start, line_end)) => (line_start, line_end),
            None => (start, end),
        };
        self.replace(start, end, "");
    }

    fn remark(&mut self, offset: usize, kind: RemarkKind, message: impl FnOnce() -> String) {
        super::remark(self.remarks, offset, kind, message);
    }

    /// Does the edits. Of two that overlap the first is done.
    fn apply<'s>(mut self, source: &'s str) -> Converted<'s> {
        if self.edits.is_empty() {
            return Converted {
                text: Cow::Borrowed(source),
                ..Converted::default()
            };
        }
        let mut order: Vec<Span> = self
            .edits
            .iter()
            .enumerate()
            .map(|(index, edit)| (edit.start, edit.end, index))
            .collect();
        order.sort_unstable();
        let mut text = String::with_capacity(source.len() + 64);
        let mut map = Vec::new();
        let mut attributes = Vec::new();
        let mut done = 0;
        for (start, end, index) in order {
            if start < done {
                continue;
            }
            let edit = std::mem::take(&mut self.edits[index]);
            map.push((text.len(), done));
            text.push_str(&source[done..start]);
            map.push((text.len(), start));
            attributes.extend(edit.attributes.map(|list| AttributeList {
                at: text.len(),
                ..list
            }));
            text.push_str(&edit.text);
            done = end;
        }
        map.push((text.len(), done));
        text.push_str(&source[done..]);
        Converted {
            text: Cow::Owned(text),
            attributes,
            map,
        }
    }
}

/// Converts a body's source.
pub fn convert<'a>(body: &'a Body, remarks: &mut Vec<Remark>, resolve: &mut Resolve<'_>) -> Converted<'a> {
    let source = body.source.as_str();
    if !may_convert(source) {
        return Converted {
            text: Cow::Borrowed(source),
            ..Converted::default()
        };
    }
    let mut edits = Edits {
        source,
        format: body.format,
        base_path: body.base_path.trim_end_matches('/'),
        resolve,
        origin_end: None,
        edits: Vec::new(),
        remarks,
        last_comment_end: None,
    };
    let mut code = code::in_html(source);
    if body.format == Format::Markdown {
        let layout = layout::read(source, body.dialect, &mut edits);
        code.extend(layout.code);
        code.sort_unstable();
        links::convert(&layout.links, &code, &mut edits);
        kramdown::convert(&code, &mut edits);
    }
    liquid::convert(body.dialect, &code, &mut edits);
    edits.apply(source)
}

/// Whether a source may hold anything to be converted. In one pass over its bytes, since this looks at all of every post,
/// and what it finds in a few only costs a second reading.
fn may_convert(source: &str) -> bool {
    let bytes = source.as_bytes();
    let (mut has_html, mut has_indents, mut dollars) = (false, false, 0);
    let mut at = 0;
    while let Some(sign) = signs::find(source, at, signs::CONVERTED) {
        at = sign + 1;
        let behind = &bytes[at..];
        let is_sign = match bytes[sign] {
            b'{' => matches!(behind.first(), Some(b'%' | b'{' | b':')),
            b'$' => {
                dollars += 1;
                dollars > 1
            }
            b']' => behind.starts_with(b" (") && links::is_link(source, sign),
            b'<' => {
                has_html = true;
                behind.starts_with(b"img") && layout::may_be_image_line(source, sign)
            }
            _ => {
                has_indents |= behind.starts_with(b"\n    ");
                behind.starts_with(b"\n\t<")
            }
        };
        if is_sign || has_html && has_indents {
            return true;
        }
    }
    false
}

/// The line that `start..end` stands alone on: what stands before it (white space and `>`), where it begins, and where
/// the next begins.
fn line_of(source: &str, start: usize, end: usize) -> Option<(&str, usize, usize)> {
    // Looks no further than what may stand there, since a line may be as long as the source.
    let before = source[..start].trim_end_matches([' ', '\t', '>']);
    let behind = source[end..].trim_start_matches([' ', '\t', '\r']);
    let line_end = source.len() - behind.len();
    let line_end = match behind.chars().next() {
        Some('\n') => line_end + 1,
        Some(_) => return None,
        None => line_end,
    };
    let alone = before.is_empty() || before.ends_with('\n');
    alone.then(|| (&source[before.len()..start], before.len(), line_end))
}

/// Which of the sorted `ranges`, if any, a position is in; gives where that ends.
fn end_of_range(ranges: &[Span], at: usize) -> Option<usize> {
    let index = ranges.partition_point(|(start, ..)| *start <= at);
    let before = ranges.get(..index)?;
    // Ranges may be nested, but only code in HTML's `pre`: two levels.
    let (_, end, _) = before.iter().rev().take(3).find(|(_, end, _)| *end > at)?;
    Some(*end)
}

/// A piece of the source as a message quotes it: one line, not long.
fn quoted(text: &str) -> String {
    let line = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}
