//! The text of HTML, as an HTML parser reads it.

use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Elements whose text nobody sees.
const HIDDEN: &[&str] = &[
    "iframe", "noembed", "noframes", "noscript", "script", "style", "template", "title",
];

/// All text that a browser shows of HTML; an element begins a new word.
pub fn text(html: &str) -> String {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), ParseOpts::default(), context, Vec::new(), false).one(html);
    let mut text = String::new();
    let mut left: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = left.pop() {
        match &node.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Element { name, .. } if HIDDEN.contains(&&*name.local) => continue,
            NodeData::Element { .. } => text.push(' '),
            _ => {}
        }
        left.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}
