//! Writing a tree as HTML.

use super::{
    element::Element,
    signs,
    tree::{Data, Id, Step, Tree},
};

/// The HTML of the whole tree.
pub fn html(tree: &Tree) -> String {
    let mut html = String::with_capacity(tree.size());
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
        Data::Text(text) => {
            let (text, signs) = (tree.text(text), text.signs);
            if signs & signs::TEXT == 0 {
                html.push_str(text);
            } else {
                escape_text(text, html);
            }
        }
        Data::Safe(safe) => html.push_str(safe),
        Data::Element(element, attributes) => {
            html.push('<');
            html.push_str(element.name());
            for (name, value) in attributes {
                html.push_str(name.before_value());
                escape_attribute(value, html);
                html.push('"');
            }
            html.push('>');
            if *element == Element::Pre && begins_with_newline(tree, id) {
                // A browser takes one away.
                html.push('\n');
            }
        }
    }
}

fn leave(tree: &Tree, id: Id, html: &mut String) {
    if let Some(element) = tree.element(id).filter(|element| !element.is_void()) {
        html.push_str(element.end_tag());
    }
}

fn begins_with_newline(tree: &Tree, id: Id) -> bool {
    let first = tree.node(id).first.map(|child| &tree.node(child).data);
    matches!(first, Some(Data::Text(text)) if tree.text(text).starts_with(['\n', '\r']))
}

/// Text as HTML.
pub fn escape_text(text: &str, html: &mut String) {
    escape(text, signs::TEXT, html);
}

/// An attribute's value as HTML, for double quotes.
pub fn escape_attribute(value: &str, html: &mut String) {
    escape(value, signs::VALUE, html);
}

fn escape(text: &str, special: u8, html: &mut String) {
    let mut done = 0;
    while let Some(at) = signs::find(text, done, special) {
        html.push_str(&text[done..at]);
        html.push_str(match text.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\r' => "\n",
            b'\0' => "\u{FFFD}",
            _ => "&quot;",
        });
        done = at + 1;
    }
    html.push_str(&text[done..]);
}
