//! `[text] (url)`: a link with a space that no Markdown reads as one.

use super::{Edits, Span, end_of_range};
use crate::render::RemarkKind;

/// How far back the `[` may stand.
const LONGEST_TEXT: usize = 1000;

/// Takes the space out, where the brackets hold a text and the parentheses an address. `links` is where the links end
/// that are ones already.
pub fn convert(links: &[Span], code: &[Span], edits: &mut Edits) {
    let source = edits.source;
    for (at, _) in source.match_indices("] (") {
        let is_link = links
            .get(links.partition_point(|(end, ..)| *end <= at))
            .is_some_and(|(end, ..)| *end == at + 1);
        if is_link || end_of_range(code, at).is_some() || !self::is_link(source, at) {
            continue;
        }
        edits.replace(at + 1, at + 2, "");
        let message =
            "a space between the text and the address of a link was taken out; write `[text](address)`";
        edits.remark(at + 1, RemarkKind::Converted, || message.into());
    }
}

/// Whether the `] (` at `at` is that of a link.
pub fn is_link(source: &str, at: usize) -> bool {
    opens_before(source, at) && is_address(&source[at + 3..])
}

/// Whether a `[` that belongs to the `]` at `at` stands before it in the same paragraph.
fn opens_before(source: &str, at: usize) -> bool {
    let mut depth = 1;
    for (seen, byte) in source.as_bytes()[..at].iter().rev().enumerate() {
        match byte {
            b']' => depth += 1,
            b'[' => depth -= 1,
            b'\n' if source[..at - seen - 1].ends_with('\n') => return false,
            _ => {}
        }
        if depth == 0 {
            return true;
        }
        if seen >= LONGEST_TEXT {
            return false;
        }
    }
    false
}

/// Whether an address and a closing parenthesis stand at the beginning of `text`.
fn is_address(text: &str) -> bool {
    let end = text.find(|c: char| c.is_whitespace()).unwrap_or(text.len());
    let begins = ["http://", "https://", "mailto:", "/", "www.", "#"]
        .iter()
        .any(|start| text.starts_with(start));
    begins && text[..end].contains(')')
}
