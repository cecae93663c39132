//! Markdown and HTML to safe HTML: the one function that renders a post, natively and in the browser.
//!
//! Nothing of a post reaches a page but through here. A body goes through these rooms, in this order:
//!
//! ```text
//! convert ──▶ markdown ───────────────────▶ policy ──▶ html::builder ──▶ finish ──▶ html::serialize
//! source       events   ╲                ╱   allowed     balanced         links,      safe HTML
//! mended       to tags   ╲─▶ html::token     only        tree             images…
//!                            an author's HTML
//! ```

mod address;
mod allowed;
mod autolink;
mod convert;
mod finish;
mod html;
mod inline;
mod markdown;
mod page;
mod policy;
mod prepared;
mod slug;
mod typography;
mod words;

pub use address::{ID_PREFIX, PostReference, ReferenceKind, fragment_id, post_reference};
pub use allowed::{Allowed, allowed};
pub use prepared::TOKEN_CLASSES;

use html::{
    attribute::Name,
    element::Element,
    tree::{Data, Id, Step, Tree},
};
use page::{Page, Special, Specials};

use crate::post::{Body, Format, PreparedKind};

/// A rendered body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe, balanced HTML: only elements and attributes of the allow-list.
    pub html: String,
    /// What an author should know: what was converted, dropped or not understood; `check` makes findings of it. What
    /// names a post that is not there is not among them: only the build knows the posts, and tells. Empty in the
    /// browser, where nobody would read it.
    pub remarks: Vec<Remark>,
}

/// Something in a body that was not rendered as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Byte offset into [`Body::source`].
    pub offset: usize,
    /// What it is and what was done, in one line, with the cure; no final dot.
    pub message: String,
    /// Whether it was lost to the reader (an error of the author's) or only written another way.
    pub kind: RemarkKind,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// Rendered, but not as written: told by `check --verbose` and the rendering report.
    Converted,
    /// Taken out, since it could run, or since it is nothing that a page may hold.
    Dropped,
    /// Not understood, and left out rather than shown raw.
    Unknown,
}

/// A destination in a body, in the order of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// As the Markdown parser or the HTML tokenizer reads it; what [`crate::post::OwnLink::href`] must equal.
    pub destination: String,
    /// Byte offset into the source.
    pub offset: usize,
    /// Whether it is an image's.
    pub image: bool,
    /// The alternative text, of an image.
    pub text: String,
}

/// Renders a post's body.
///
/// Headings begin at h2; ids and names are prefixed with [`ID_PREFIX`]; links to the blog itself are as
/// [`Body::links`] says, to other sites `rel="noopener noreferrer"`.
pub fn render(body: &Body) -> Rendered {
    let mut remarks = Vec::new();
    let Page { mut tree, specials } = read(body, &mut remarks);
    finish::finish(&mut tree, &specials, body, &mut remarks);
    if body.typography && body.language.primary() == "fr" {
        typography::french(&mut tree);
    }
    if TELLS {
        // What stands in converted HTML is told by its distance from where that begins, which may be within a character.
        for remark in &mut remarks {
            remark.offset = body.source.floor_char_boundary(remark.offset);
        }
        remarks.sort_by_key(|remark| remark.offset);
    }
    let mut html = html::serialize::html(&tree);
    leave_out_nowhere(&mut html);
    Rendered { html, remarks }
}

/// Takes out what names leave that lead nowhere.
fn leave_out_nowhere(text: &mut String) {
    if text.contains(address::NOWHERE) {
        text.retain(|c| c != address::NOWHERE);
    }
}

/// One line of author's text (a title, a description, an image's text) as safe inline HTML: `em`, `strong`, `code`,
/// `s`, `sub`, `sup`, `span lang`, `br`; Markdown's inline marks and HTML are both understood; no links.
pub fn inline_html(text: &str) -> String {
    inline::inline_html(text)
}

/// The same as plain text: what a person would read, no tags, entities decoded, white space folded (no-break spaces
/// stay).
pub fn plain_text(text: &str) -> String {
    inline::plain_text(text)
}

/// The plain text of a whole body, for the excerpt and for counting words: a line for each block.
pub fn body_text(body: &Body) -> String {
    let Page { tree, specials } = read(body, &mut Vec::new());
    let is_mark = |id: Id| {
        matches!(
            specials.get(id),
            Some(Special::Reference | Special::BackLink | Special::Task(_))
        )
    };
    let mut lines = vec![String::new()];
    let mut mark = None;
    for step in tree.walk() {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        match (&tree.node(id).data, step) {
            (_, Step::Enter(_)) if mark.is_none() && is_mark(id) => mark = Some(id),
            (_, Step::Leave(_)) if mark == Some(id) => mark = None,
            _ if mark.is_some() => {}
            (Data::Text(text), _) => lines
                .last_mut()
                .into_iter()
                .for_each(|line| line.push_str(tree.text(text))),
            (Data::Element(element, _), _) if element.is_special() && *element != Element::Img => {
                lines.push(String::new())
            }
            _ => {}
        }
    }
    lines.iter_mut().for_each(leave_out_nowhere);
    let folded = lines
        .iter()
        .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    folded
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What Liquid and shortcodes name otherwise than by URL, wherever it stands, so that the build can resolve it first:
/// with an [`crate::post::OwnLink`] whose URL stands in its place from then on. [`post_reference`] reads the names.
pub fn references(body: &Body) -> Vec<Destination> {
    let mut found = Vec::new();
    convert::convert(body, &mut Vec::new(), &mut |name, offset| {
        found.push(Destination {
            destination: name.to_owned(),
            offset,
            image: false,
            text: String::new(),
        });
        None
    });
    found
}

/// Every link and image of a body, so that the build can resolve them.
pub fn destinations(body: &Body) -> Vec<Destination> {
    let Page { tree, specials } = read(body, &mut Vec::new());
    let mut found = Vec::new();
    for id in elements(&tree) {
        // What the tree builder copied is known by its first.
        let Some(at) = tree.node(id).at.filter(|_| specials.get(id).is_none()) else {
            continue;
        };
        let offset = body.source.floor_char_boundary(at);
        let mut push = |destination: &str, image, text: &str| {
            found.push(Destination {
                destination: destination.to_owned(),
                offset,
                image,
                text: text.to_owned(),
            })
        };
        let alt = tree.attribute(id, Name::Alt).unwrap_or_default();
        match tree.element(id) {
            Some(Element::A) => tree
                .attribute(id, Name::Href)
                .into_iter()
                .for_each(|href| push(href, false, "")),
            Some(Element::Img) => {
                tree.attribute(id, Name::Src)
                    .into_iter()
                    .for_each(|src| push(src, true, alt));
                address::srcset(tree.attribute(id, Name::Srcset).unwrap_or_default(), |src| {
                    push(src, true, alt);
                    None
                });
            }
            _ => {}
        }
    }
    found
}

/// The code blocks and formulas of a body, in its order, so that the build can prepare them: what
/// [`crate::post::Prepared`] must name as its source and kind.
pub fn preparable(body: &Body) -> Vec<(String, PreparedKind)> {
    let Page { tree, specials } = read(body, &mut Vec::new());
    let kind = |id: Id| match specials.get(id)? {
        Special::Code(language) => Some(PreparedKind::Code(language.clone())),
        Special::Math { display: true } => Some(PreparedKind::Display),
        Special::Math { display: false } => Some(PreparedKind::Inline),
        _ => None,
    };
    elements(&tree)
        .filter_map(|id| Some((tree.text_of(id), kind(id)?)))
        .collect()
}

/// Whether remarks are made. In the browser there is nobody to tell, so the words are not even downloaded.
const TELLS: bool = cfg!(not(target_arch = "wasm32"));

/// Adds a remark.
fn remark(remarks: &mut Vec<Remark>, offset: usize, kind: RemarkKind, message: impl FnOnce() -> String) {
    if TELLS {
        remarks.push(Remark {
            offset,
            message: message(),
            kind,
        });
    }
}

/// What the policy leaves of a body.
fn read(body: &Body, remarks: &mut Vec<Remark>) -> Page {
    let own = |name: &str| body.links.iter().find(|link| link.href == name);
    let source = convert::convert(body, remarks, &mut |name, _| Some(own(name)?.url.clone()));
    let mut reader = policy::Reader::new(source.text.len(), remarks);
    match body.format {
        Format::Html => {
            reader.html(&source.text, source.pieces());
            Page {
                tree: reader.tree(),
                specials: Specials::default(),
            }
        }
        Format::Markdown => markdown::page(&source, body.dialect, reader),
    }
}

/// The elements of a tree in its order.
fn elements(tree: &Tree) -> impl Iterator<Item = Id> {
    tree.walk().filter_map(|step| match step {
        Step::Enter(id) => tree.element(id).map(|_| id),
        Step::Leave(_) => None,
    })
}
