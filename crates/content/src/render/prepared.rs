//! The policy of what the build prepared: highlighted code and MathML.
//!
//! The JSON of a post is fetched, and so not trusted more than a post: a fragment holds these elements alone, or it is
//! not used.

use crate::post::{Prepared, PreparedKind};

use super::html::{
    serialize::{escape_attribute, escape_text},
    token::{Kind, Tokenizer},
};

/// The classes of highlighted code: what a `span` of a fragment may be.
pub const TOKEN_CLASSES: &[&str] = &[
    "hl-attribute",
    "hl-comment",
    "hl-constant",
    "hl-deleted",
    "hl-function",
    "hl-heading",
    "hl-inserted",
    "hl-keyword",
    "hl-number",
    "hl-operator",
    "hl-property",
    "hl-punctuation",
    "hl-string",
    "hl-tag",
    "hl-type",
    "hl-variable",
];

/// The elements of MathML Core that only show something, and `semantics`.
pub(super) const MATH_ELEMENTS: &[&str] = &[
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
    "semantics",
];

/// Their attributes.
pub(super) const MATH_ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "alttext",
    "columnalign",
    "columnspacing",
    "columnspan",
    "depth",
    "dir",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rowspacing",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// How deep a fragment may be nested.
const MAX_DEPTH: usize = 64;

/// The fragment's HTML, written anew, or `None` when it holds anything else than it may, is not balanced, or, for
/// code, has another text than its source.
pub fn safe(fragment: &Prepared) -> Option<String> {
    let is_code = matches!(fragment.kind, PreparedKind::Code(_));
    let mut html = String::with_capacity(fragment.html.len());
    let mut open: Vec<String> = Vec::new();
    let mut text = String::new();
    for token in Tokenizer::new(&fragment.html) {
        match token.kind {
            Kind::RawText(_) => return None,
            Kind::Text(part) => {
                if !is_code && open.is_empty() && !part.trim().is_empty() {
                    return None;
                }
                text.push_str(&part);
                escape_text(&part, &mut html);
            }
            Kind::End(name) => {
                if open.pop().is_none_or(|expected| expected != name) {
                    return None;
                }
                html.push_str(&format!("</{name}>"));
            }
            Kind::Start {
                name,
                attributes,
                closed,
            } => {
                let allowed = if is_code {
                    name == "span"
                } else {
                    is_math(&name, open.is_empty())
                };
                if !allowed || open.len() >= MAX_DEPTH {
                    return None;
                }
                html.push('<');
                html.push_str(&name);
                for (attribute, value) in &attributes {
                    if !is_allowed(is_code, attribute, value) {
                        return None;
                    }
                    html.push_str(&format!(" {attribute}=\""));
                    escape_attribute(value, &mut html);
                    html.push('"');
                }
                html.push('>');
                if closed {
                    html.push_str(&format!("</{name}>"));
                } else {
                    open.push(name.into_owned());
                }
            }
        }
    }
    if fragment.kind == PreparedKind::Display {
        // A wide formula scrolls in a box, which the keyboard reaches, as wide code does; in WebKit no formula scrolls itself.
        html = format!("<span class=\"scroll\" tabindex=\"0\">{html}</span>");
    }
    (open.is_empty() && (!is_code || text == fragment.source)).then_some(html)
}

/// `math` stands outermost, and only there.
fn is_math(name: &str, outermost: bool) -> bool {
    (name == "math") == outermost && MATH_ELEMENTS.contains(&name)
}

fn is_allowed(is_code: bool, attribute: &str, value: &str) -> bool {
    if is_code {
        attribute == "class" && value.split(' ').all(|class| TOKEN_CLASSES.contains(&class))
    } else {
        MATH_ATTRIBUTES.contains(&attribute)
            || attribute == "xmlns" && value == "http://www.w3.org/1998/Math/MathML"
    }
}
