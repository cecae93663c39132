//! Writing a tree as HTML.

use super::tree::{Data, Id, Step, Tree};

/// The HTML of the whole tree.
pub fn html(tree: &Tree) -> String {
    let mut html = String::new();
    for step in tree.walk() {
        match step {
            Step::Enter(id) => enter(tree, id, &mut html),
            Step::Leave(id) => leave(tree, id, &mut html),
        }
    }
    html
}

fn enter(tree: &Tree, id: Id, html: &mut String) {
    match &tree.node(id).data {
        Data::None => {}
        Data::Text(text) => escape_text(text, html),
        Data::Safe(safe) => html.push_str(safe),
        Data::Element(element, attributes) => {
            html.push('<');
            html.push_str(element.name);
            for (name, value) in attributes {
                html.push(' ');
                html.push_str(name);
                html.push_str("=\"");
                escape_attribute(value, html);
                html.push('"');
            }
            html.push('>');
            if element.name == "pre" && begins_with_newline(tree, id) {
                // A browser takes one away.
                html.push('\n');
            }
        }
    }
}

fn leave(tree: &Tree, id: Id, html: &mut String) {
    if let Some(element) = tree.element(id).filter(|element| !element.is_void()) {
        html.push_str("</");
        html.push_str(element.name);
        html.push('>');
    }
}

fn begins_with_newline(tree: &Tree, id: Id) -> bool {
    let first = tree.node(id).first.map(|child| &tree.node(child).data);
    matches!(first, Some(Data::Text(text)) if text.starts_with(['\n', '\r']))
}

/// Text as HTML.
pub fn escape_text(text: &str, html: &mut String) {
    escape(text, |byte| matches!(byte, b'&' | b'<' | b'>' | b'\r'), html);
}

/// An attribute's value as HTML, for double quotes.
pub fn escape_attribute(value: &str, html: &mut String) {
    escape(
        value,
        |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\r'),
        html,
    );
}

/// By bytes, since what is special is ASCII: looking at each character takes several times as long.
fn escape(text: &str, is_special: impl Fn(u8) -> bool, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(&is_special) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\r' => "\n",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}
