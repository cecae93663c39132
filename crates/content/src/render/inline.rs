//! One line of an author's text: a title, a description, the text of an image.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{
    html::{
        element::Element,
        serialize::{escape_text, html},
        tree::{Data, Step, Tree},
    },
    page::Page,
    policy,
};

/// Stands before the text while it is parsed, so that `1.`, `#` or `-` at its beginning begin no list or heading.
const GUARD: &str = ".";

/// The elements of a line; what HTML has several names for has one here.
fn allowed(name: &str) -> Option<&'static Element> {
    match name {
        "em" | "strong" | "code" | "s" | "sub" | "sup" | "span" | "br" => Element::of(name),
        "i" => Element::of("em"),
        "b" => Element::of("strong"),
        "strike" | "del" => Element::of("s"),
        _ => None,
    }
}

/// The tree of a line.
fn tree(text: &str) -> Tree {
    let mut page = Page::default();
    let line = format!(
        "{GUARD}{}",
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    );
    for event in Parser::new_ext(&line, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => escape_text(&text, &mut page.html),
            Event::Code(code) => {
                page.html.push_str("<code>");
                escape_text(&code, &mut page.html);
                page.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => page.html.push_str(&html),
            Event::SoftBreak | Event::HardBreak => page.html.push(' '),
            Event::Start(tag) => page.html.push_str(start(&tag)),
            Event::End(tag) => page.html.push_str(end(&tag)),
            _ => {}
        }
    }
    page.html = page
        .html
        .strip_prefix(GUARD)
        .map(str::to_owned)
        .unwrap_or(page.html);
    let mut tree = policy::read_with(&page, allowed, &mut Vec::new());
    keep_language_only(&mut tree);
    tree
}

fn start(tag: &Tag) -> &'static str {
    match tag {
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<s>",
        _ => "",
    }
}

fn end(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</s>",
        _ => "",
    }
}

/// A line has no attribute but `lang` and `dir`.
fn keep_language_only(tree: &mut Tree) {
    let elements: Vec<_> = tree
        .walk()
        .filter_map(|step| match step {
            Step::Enter(id) => Some(id),
            Step::Leave(_) => None,
        })
        .collect();
    for id in elements {
        if let Some(element) = tree.element(id) {
            let mut attributes = tree.attributes(id).to_vec();
            attributes.retain(|(name, _)| matches!(*name, "lang" | "dir"));
            tree.replace(id, Data::Element(element, attributes));
        }
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
                Data::Text(text) => plain.push_str(text),
                Data::Element(element, _) if element.name == "br" => plain.push(' '),
                _ => {}
            }
        }
    }
    plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
