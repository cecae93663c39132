//! A first reading of the source by the Markdown parser: where code and links stand, and what only the parser can see
//! that it will misread.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{Edits, Span, quoted};
use crate::{
    post::Dialect,
    render::{
        RemarkKind,
        html::token::{Kind, Tokenizer},
        markdown::{is_formula, options},
    },
};

/// What the first reading has found.
#[derive(Debug, Default)]
pub struct Layout {
    /// Code blocks, code spans and formulas, in the order of the source.
    pub code: Vec<Span>,
    /// Where links and images end.
    pub links: Vec<Span>,
}

/// Elements whose end tag an author writes: while one is open, an indented tag is no code.
const CONTAINERS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "figure",
    "footer",
    "header",
    "ol",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Reads the source.
pub fn read(source: &str, dialect: Dialect, edits: &mut Edits) -> Layout {
    let mut layout = Layout::default();
    let mut open = Open::default();
    let mut html = String::new();
    let mut html_start = 0;
    for (event, range) in Parser::new_ext(source, options(dialect)).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                html.clear();
                html_start = range.start;
            }
            Event::Html(part) => html.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                count_open(&html, &mut open);
                image_line(source, html_start..range.end, edits);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let block = &source[range.clone()];
                if kind == CodeBlockKind::Indented
                    && open.iter().any(|count| *count > 0)
                    && begins_with_tag(block)
                {
                    unindent(range.clone(), edits);
                    count_open(block, &mut open);
                } else {
                    layout.code.push((range.start, range.end, 0));
                }
            }
            Event::InlineMath(_) if !is_formula(source, &range) => {
                edits.replace(range.start, range.start, "\\")
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                layout.code.push((range.start, range.end, 0))
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => layout.links.push((range.end, 0, 0)),
            _ => {}
        }
    }
    layout.links.sort_unstable();
    layout
}

/// How many of each of the [`CONTAINERS`] are open.
type Open = [usize; CONTAINERS.len()];

/// Counts the containers that a piece of HTML leaves open.
fn count_open(html: &str, open: &mut Open) {
    for token in Tokenizer::new(html) {
        let (Kind::Start { name, .. } | Kind::End(name)) = &token.kind else {
            continue;
        };
        let Some(index) = CONTAINERS.iter().position(|known| known == name) else {
            continue;
        };
        open[index] = match token.kind {
            Kind::End(_) => open[index].saturating_sub(1),
            _ => open[index] + 1,
        };
    }
}

fn begins_with_tag(block: &str) -> bool {
    let mut rest = block.trim_start().strip_prefix('<').unwrap_or_default().chars();
    rest.next().is_some_and(|c| {
        c.is_ascii_alphabetic() || c == '/' && rest.next().is_some_and(|c| c.is_ascii_alphabetic())
    })
}

/// Takes the indentation from HTML that CommonMark would show as code, since a blank line stands before it.
fn unindent(range: Range<usize>, edits: &mut Edits) {
    let source = edits.source;
    let mut at = source[..range.start].rfind('\n').map_or(0, |line| line + 1);
    edits.remark(range.start, RemarkKind::Converted, || {
        "HTML that is indented behind a blank line was read as HTML, not as code".into()
    });
    while at < range.end {
        let end = source[at..].find('\n').map_or(source.len(), |line| at + line + 1);
        let indentation = source[at..end].len() - source[at..end].trim_start_matches([' ', '\t']).len();
        if indentation > 0 {
            edits.replace(at, at + indentation, "");
        }
        at = end;
    }
}

/// Whether the `<img` at `at` may begin a line with text directly under it.
pub fn may_be_image_line(source: &str, at: usize) -> bool {
    // Looks no further back than such marks reach, since a line may be as long as the source.
    let near = &source.as_bytes()[at.saturating_sub(64)..at];
    let before = match near.iter().rposition(|byte| *byte == b'\n') {
        Some(line) => &near[line..],
        None => near,
    };
    // Marks of lists, quotations and notes may stand before a block, words may not.
    if before.iter().any(u8::is_ascii_alphabetic) && !before.contains(&b'^') {
        return false;
    }
    let below = source[at..].split_once('\n').map_or("", |(_, below)| below);
    let below = below.trim_start_matches([' ', '\t', '\r']);
    !(below.is_empty() || below.starts_with(['\n', '<']))
}

/// CommonMark reads what stands directly under a line with an `<img>` as HTML too; blogs mean Markdown.
fn image_line(source: &str, range: Range<usize>, edits: &mut Edits) {
    let block = &source[range.clone()];
    let Some((line, below)) = block.split_once('\n') else {
        return;
    };
    let is_image = line
        .trim_start()
        .get(..5)
        .is_some_and(|tag| tag.eq_ignore_ascii_case("<img "));
    if !is_image
        || !line.trim_end().ends_with('>')
        || below.trim_start().starts_with('<')
        || below.trim().is_empty()
    {
        return;
    }
    let at = range.start + line.len() + 1;
    edits.replace(at, at, "\n");
    let message = || {
        format!(
            "{} directly under an image was read as Markdown; leave a blank line between them",
            quoted(below.lines().next().unwrap_or_default())
        )
    };
    edits.remark(at, RemarkKind::Converted, message);
}
