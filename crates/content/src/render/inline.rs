//! One line of an author's text: a title, a description, the text of an image.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::{
    html::{
        attribute::Name,
        element::Element,
        serialize::html,
        signs,
        tree::{Data, Step, Tree},
    },
    policy::{Reader, Tag as StartTag},
};

/// Stands before the text while it is parsed, so that `1.`, `#` or `-` at its beginning begin no list or heading.
const GUARD: &str = ".";

/// The elements of a line; what HTML has several names for has one here.
fn allowed(name: &str) -> Option<Element> {
    match name {
        "em" | "strong" | "code" | "s" | "sub" | "sup" | "span" | "br" => Element::of(name),
        "i" => Some(Element::Em),
        "b" => Some(Element::Strong),
        "strike" | "del" => Some(Element::S),
        _ => None,
    }
}

/// The tree of a line.
fn tree(text: &str) -> Tree {
    let line = format!(
        "{GUARD}{}",
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    );
    let mut remarks = Vec::new();
    let mut reader = Reader::with(allowed, line.len(), &mut remarks);
    let mut is_first = true;
    for event in Parser::new_ext(&line, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => {
                let guarded = text.strip_prefix(GUARD).filter(|_| is_first);
                is_first = false;
                let text = guarded.unwrap_or(&text);
                reader.text(text, signs::of(text));
            }
            Event::Code(code) => {
                reader.start(StartTag::new(Element::Code, 0));
                reader.text(&code, signs::of(&code));
                reader.end(Element::Code, 0);
            }
            Event::Html(html) | Event::InlineHtml(html) => reader.html(&html, &[]),
            Event::SoftBreak | Event::HardBreak => reader.text(" ", 0),
            Event::Start(tag) => {
                if let Some(element) = element_of(&tag.to_end()) {
                    reader.start(StartTag::new(element, 0));
                }
            }
            Event::End(tag) => {
                if let Some(element) = element_of(&tag) {
                    reader.end(element, 0);
                }
            }
            _ => {}
        }
    }
    let mut tree = reader.tree();
    keep_language_only(&mut tree);
    tree
}

fn element_of(tag: &TagEnd) -> Option<Element> {
    match tag {
        TagEnd::Emphasis => Some(Element::Em),
        TagEnd::Strong => Some(Element::Strong),
        TagEnd::Strikethrough => Some(Element::S),
        _ => None,
    }
}

/// A line has no attribute but `lang` and `dir`.
fn keep_language_only(tree: &mut Tree) {
    let elements: Vec<_> = super::elements(tree).collect();
    for id in elements {
        tree.keep_attributes(id, |name| matches!(name, Name::Lang | Name::Dir));
    }
}

/// See [`super::inline_html`].
pub fn inline_html(text: &str) -> String {
    html(&tree(text))
}

/// See [`super::plain_text`].
pub fn plain_text(text: &str) -> String {
    let tree = tree(text);
    let mut plain = String::new();
    for step in tree.walk() {
        if let Step::Enter(id) = step {
            match &tree.node(id).data {
                Data::Text(text) => plain.push_str(tree.text(text)),
                Data::Element(Element::Br, _) => plain.push(' '),
                _ => {}
            }
        }
    }
    plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
