//! The examples of CommonMark 0.31 and of GFM: rendering gives what they say, but for what rendering adds to every post
//! and for the examples that are listed here, each with its reason.

use content::post::Dialect;

use crate::{
    dom::{Node, nodes},
    shared::{entries, html, markdown},
};

/// Why examples differ, and which.
type Differences = &'static [(&'static str, &'static [u64])];

/// The reason of differences that are the policy's: with what the specification says given through the policy too,
/// nothing differs.
const POLICY: &str = "HTML, an address or a class that no post may hold was taken out, or an id was prefixed";

/// CommonMark.
const COMMONMARK: Differences = &[
    (
        POLICY,
        &[
            144, 150, 152, 153, 154, 164, 165, 170, 171, 172, 173, 174, 175, 178, 180, 203, 477, 493, 526,
            538, 598, 600, 601, 603, 615, 616, 617, 618, 619, 628, 631, 645, 646,
        ],
    ),
    (
        "HTML that is indented in an open element is HTML, not code: blogs have it",
        &[186, 193],
    ),
    (
        "a space between text and address of a link is passed over: blogs have it",
        &[513],
    ),
    ("GFM makes links of addresses in text", &[604, 608, 610, 613, 614]),
];

/// GFM.
const GFM: Differences = &[
    (
        POLICY,
        &[
            114, 120, 122, 123, 124, 133, 134, 139, 140, 141, 142, 145, 147, 170, 484, 500, 532, 544, 604,
            606, 607, 609, 632, 633, 634, 635, 636, 649, 663, 664,
        ],
    ),
    (
        "HTML that is indented in an open element is HTML, not code: blogs have it",
        &[153, 160],
    ),
    (
        "a space between text and address of a link is passed over: blogs have it",
        &[519],
    ),
    (
        "addresses in text are links, as the extension has it; these examples are CommonMark's",
        &[610, 614, 616, 619, 620],
    ),
    ("ftp is no scheme that a post may use", &[628]),
    (
        "comments are CommonMark 0.31's, and as browsers read them; GFM has 0.29's",
        &[645, 646],
    ),
    (
        "an open title hides what follows, as in a browser; GFM shows the tags instead",
        &[653],
    ),
    (
        "a task is a mark with a text for screen readers, not a control that cannot be used",
        &[279, 280],
    ),
];

/// The nodes of HTML without what rendering does to every post: ids, the levels of headings, boxes around tables, how
/// links to other sites and images are loaded; and without white space that no reader sees.
fn comparable(html: &str) -> Vec<Node> {
    let mut comparable = Vec::new();
    let mut boxes: Vec<usize> = Vec::new();
    for node in nodes(html) {
        let (Node::Element(depth, ..) | Node::Text(depth, _) | Node::Other(depth)) = node;
        boxes.retain(|open| *open < depth);
        let depth = depth - boxes.len();
        match node {
            Node::Element(real, name, attributes)
                if name == "div" && attributes.iter().any(|(_, v)| v == "scroll") =>
            {
                boxes.push(real);
            }
            Node::Element(_, name, mut attributes) => {
                const ADDED: [&str; 6] = ["id", "rel", "loading", "decoding", "tabindex", "aria-label"];
                attributes.retain(|(name, _)| !ADDED.contains(&name.as_str()));
                // GFM aligns columns by an attribute that is obsolete.
                for attribute in &mut attributes {
                    if let ("class", Some(align)) = (attribute.0.as_str(), attribute.1.strip_prefix("text-"))
                    {
                        *attribute = ("align".to_owned(), align.to_owned());
                    }
                }
                attributes
                    .iter_mut()
                    .filter(|(name, _)| name == "href" || name == "src")
                    .for_each(|(_, value)| {
                        *value = percent_encoding::percent_decode_str(value)
                            .decode_utf8_lossy()
                            .replace("#post-", "#");
                    });
                let is_heading = name.len() == 2 && name.starts_with('h') && name != "hr";
                comparable.push(Node::Element(
                    depth,
                    if is_heading { "h".into() } else { name },
                    attributes,
                ));
            }
            Node::Text(_, text) => {
                let folded = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
                if !folded.is_empty() {
                    comparable.push(Node::Text(depth, folded));
                }
            }
            Node::Other(_) => {}
        }
    }
    comparable
}

fn check(file: &str, count: usize, differences: Differences) {
    let Some(examples) = entries(file) else { return };
    assert_eq!(examples.len(), count, "the number of examples");
    let mut wrong = Vec::new();
    for example in &examples {
        let number = example["example"].as_u64().unwrap();
        let [source, expected] = ["markdown", "html"].map(|field| example[field].as_str().unwrap());
        let rendered = markdown(source, Dialect::Gfm);
        let found = if comparable(&rendered) == comparable(expected) {
            None
        } else if comparable(&rendered) == comparable(&html(expected)) {
            Some(POLICY)
        } else {
            Some("another reason")
        };
        let listed = differences
            .iter()
            .find(|(_, numbers)| numbers.contains(&number))
            .map(|(reason, _)| *reason);
        if found.is_some() != listed.is_some() || (found == Some(POLICY)) != (listed == Some(POLICY)) {
            let section = example["section"].as_str().unwrap();
            wrong.push(format!(
                "{number} ({section}): listed {listed:?}, found {found:?}\n{source:?}\nexpected {expected:?}\nrendered {rendered:?}\n"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} examples:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn commonmarks_examples_render_as_they_say() {
    check("commonmark/commonmark.json", 655, COMMONMARK);
}

#[test]
fn gfms_examples_render_as_they_say() {
    check("commonmark/gfm.json", 673, GFM);
}
