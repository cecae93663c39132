//! Code that an author wrote as HTML: `<pre>` and `<code>`.

use super::Span;

/// Where `<pre>` and `<code>` stand in a source, in its order.
pub fn in_html(source: &str) -> Vec<Span> {
    let mut ranges = Vec::new();
    let mut at = 0;
    let mut without_end: Vec<&str> = Vec::new();
    while let Some(found) = source[at..].find('<') {
        let start = at + found;
        at = start + 1;
        let Some(name) = ["pre", "code"]
            .into_iter()
            .find(|name| is_tag(&source[at..], name))
        else {
            continue;
        };
        if without_end.contains(&name) {
            continue;
        }
        match end_of(&source[at..], name) {
            Some(end) => {
                ranges.push((start, at + end, 0));
                at += end;
            }
            None => without_end.push(name),
        }
    }
    ranges
}

fn is_tag(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > name.len()
        && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && matches!(bytes[name.len()], b' ' | b'\t' | b'\n' | b'\r' | b'>')
}

fn end_of(text: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find("</") {
        at += found + 2;
        if is_tag(&text[at..], name) {
            return Some(at);
        }
    }
    None
}
