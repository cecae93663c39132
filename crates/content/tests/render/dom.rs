//! How an HTML parser reads HTML: as lines, one a node, and as what a policy must not have let through.

use std::collections::BTreeSet;

use content::render::allowed;
use html5ever::{
    ParseOpts, QualName, local_name, ns, parse_fragment, tendril::TendrilSink, tree_builder::TreeBuilderOpts,
};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A node of a parsed fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element's depth, name and attributes, in order of their names.
    Element(usize, String, Vec<(String, String)>),
    /// Text at a depth.
    Text(usize, String),
    /// Anything else.
    Other(usize),
}

/// The fragment as a browser's `innerHTML` of a `div` reads it.
pub fn parse(html: &str) -> RcDom {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: true,
            ..Default::default()
        },
        ..Default::default()
    };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(RcDom::default(), opts, context, Vec::new(), false).one(html)
}

/// The nodes of a fragment in its order.
pub fn nodes(html: &str) -> Vec<Node> {
    let dom = parse(html);
    let mut nodes = Vec::new();
    let root = dom.document.children.borrow()[0].clone();
    let mut left: Vec<(usize, Handle)> = root
        .children
        .borrow()
        .iter()
        .rev()
        .map(|child| (0, child.clone()))
        .collect();
    while let Some((depth, node)) = left.pop() {
        nodes.push(read(depth, &node));
        left.extend(
            node.children
                .borrow()
                .iter()
                .rev()
                .map(|child| (depth + 1, child.clone())),
        );
    }
    nodes
}

fn read(depth: usize, node: &Handle) -> Node {
    match &node.data {
        NodeData::Text { contents } => Node::Text(depth, contents.borrow().to_string()),
        NodeData::Element { name, attrs, .. } => {
            let mut attributes: Vec<_> = attrs
                .borrow()
                .iter()
                .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
                .collect();
            attributes.sort();
            Node::Element(depth, name.local.to_string(), attributes)
        }
        _ => Node::Other(depth),
    }
}

/// Nodes as HTML.
fn write(nodes: &[Node]) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
    };
    let mut html = String::new();
    let mut open: Vec<&str> = Vec::new();
    for node in nodes {
        let (Node::Element(depth, ..) | Node::Text(depth, _) | Node::Other(depth)) = node;
        while open.len() > *depth {
            html += &format!("</{}>", open.pop().unwrap());
        }
        match node {
            Node::Element(_, name, attributes) => {
                let attributes = attributes
                    .iter()
                    .map(|(name, value)| format!(" {name}=\"{}\"", escape(value)));
                // A parser takes the line break from the beginning of a `pre`.
                let behind = if name == "pre" { "\n" } else { "" };
                html += &format!("<{name}{}>{behind}", attributes.collect::<String>());
                if ["br", "col", "hr", "img"].contains(&name.as_str()) {
                    // It has no content; what is behind it is as deep as it is.
                    continue;
                }
                open.push(name);
            }
            Node::Text(_, text) => html += &escape(text),
            Node::Other(_) => {}
        }
    }
    while let Some(name) = open.pop() {
        html += &format!("</{name}>");
    }
    html
}

/// Fails when a browser would read another tree from the HTML than it was written from.
pub fn assert_round_trip(html: &str, source: &str) {
    let first = nodes(html);
    let second = nodes(&write(&first));
    assert_eq!(
        first, second,
        "HTML that does not come back the same, from {source:?}"
    );
    assert_eq!(
        tags(html),
        opened(&first),
        "tags that a parser adds, drops or moves in {html:?}, from {source:?}"
    );
}

/// The names of the start tags that are written in HTML of ours, which has no `<` but in tags.
fn tags(html: &str) -> Vec<String> {
    let behind = html.split('<').skip(1).filter(|tag| !tag.starts_with('/'));
    behind
        .map(|tag| tag.split([' ', '>']).next().unwrap_or_default().to_owned())
        .collect()
}

fn opened(nodes: &[Node]) -> Vec<String> {
    let names = nodes.iter().filter_map(|node| match node {
        Node::Element(_, name, _) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

/// What in HTML is outside the allow-list, one line each.
pub fn violations(html: &str) -> Vec<String> {
    let allowed = allowed();
    let mut found = Vec::new();
    for node in nodes(html) {
        let Node::Element(_, name, attributes) = node else {
            if node == Node::Other(0) || matches!(node, Node::Other(_)) {
                found.push("a node that is neither element nor text".to_owned());
            }
            continue;
        };
        let known = allowed
            .elements
            .get(name.as_str())
            .or_else(|| allowed.math.get(name.as_str()));
        let Some(known) = known else {
            found.push(format!("<{name}>"));
            continue;
        };
        for (attribute, value) in attributes {
            if !known.contains(&attribute.as_str()) {
                found.push(format!("<{name} {attribute}>"));
            } else if !is_valid(&attribute, &value) {
                found.push(format!("<{name} {attribute}={value:?}>"));
            }
        }
    }
    found
}

/// Whether a value may stay: no scheme but the four, no id but a prefixed one.
fn is_valid(attribute: &str, value: &str) -> bool {
    match attribute {
        "id" | "name" => value.starts_with(content::render::ID_PREFIX),
        "headers" => value
            .split(' ')
            .all(|id| id.starts_with(content::render::ID_PREFIX)),
        "href" | "src" | "cite" => has_good_scheme(value),
        "srcset" => value
            .split(',')
            .all(|candidate| has_good_scheme(candidate.trim())),
        _ => true,
    }
}

/// As WHATWG's URL parser finds a scheme; written apart from the code under test.
fn has_good_scheme(value: &str) -> bool {
    let cleaned: String = value
        .trim_matches(|c| c <= ' ')
        .chars()
        .filter(|c| !"\t\n\r".contains(*c))
        .collect();
    let end = cleaned
        .find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)))
        .unwrap_or(cleaned.len());
    let (scheme, rest) = cleaned.split_at(end);
    let has_scheme = rest.starts_with(':') && scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    !has_scheme || ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str())
}

/// The elements of HTML, as `name` and as `name attribute=value`, without order.
pub fn parts(html: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for node in nodes(html) {
        if let Node::Element(_, name, attributes) = node {
            parts.extend(
                attributes
                    .iter()
                    .map(|(attribute, value)| format!("{name} {attribute}={value}")),
            );
            parts.insert(name);
        }
    }
    parts
}

/// All text that a browser shows of HTML.
pub fn text(html: &str) -> String {
    const HIDDEN: [&str; 8] = [
        "script", "style", "title", "iframe", "noscript", "noembed", "noframes", "template",
    ];
    let mut text = String::new();
    let mut hidden = usize::MAX;
    for node in nodes(html) {
        let (Node::Element(depth, ..) | Node::Text(depth, _) | Node::Other(depth)) = node;
        if depth <= hidden {
            hidden = usize::MAX;
        }
        match node {
            Node::Element(depth, name, _) if HIDDEN.contains(&name.as_str()) => hidden = hidden.min(depth),
            Node::Element(..) => text.push(' '),
            Node::Text(_, part) if hidden == usize::MAX => text.push_str(&part),
            _ => {}
        }
    }
    text
}
