//! The policy: of all HTML, what of a post may reach a page.
//!
//! It is applied to what Markdown became, natively and in the browser alike: tags of elements that are not allowed are
//! taken out before a tree is built, attributes that are not allowed before they are put on an element.

use std::borrow::Cow;

use super::{
    Remark, RemarkKind, address,
    html::{
        builder::Builder,
        element::Element,
        token::{Kind, Tokenizer},
        tree::{Attribute, Tree},
    },
    page::Page,
};

/// Raw-text elements whose content a browser does not show.
const HIDDEN: &[&str] = &[
    "iframe", "noembed", "noframes", "noscript", "script", "style", "title",
];

/// Tags that a browser passes over in the middle of a page, so that nothing is lost with them.
const WITHOUT_MEANING: &[&str] = &["body", "head", "html", "tbody"];

/// Tags that end an `<svg>` or `<math>` that is open around them (WHATWG HTML, section 13.2.6.5).
const BREAK_OUT: &[&str] = &[
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];

/// Attributes that only say how something looks, opens or loads.
const LOOKS: &[&str] = &[
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "color",
    "decoding",
    "height",
    "loading",
    "rel",
    "role",
    "style",
    "tabindex",
    "target",
    "valign",
    "width",
];

/// Classes that a post may use: those of the theme. `language-…` of code blocks is allowed too.
const CLASSES: &[&str] = &[
    "button",
    "caption",
    "center",
    "footnote-back",
    "footnote-ref",
    "footnotes",
    "large",
    "lead",
    "left",
    "math",
    "math-display",
    "note",
    "right",
    "small",
    "task",
    "text-center",
    "text-left",
    "text-right",
    "tip",
    "warning",
];

/// Reads a page with all elements that a body may hold.
pub fn read(page: &Page, remarks: &mut Vec<Remark>) -> Tree {
    read_with(page, Element::of, remarks)
}

/// Reads a page with the elements that `allowed` gives for names.
pub fn read_with(
    page: &Page,
    allowed: impl Fn(&str) -> Option<&'static Element>,
    remarks: &mut Vec<Remark>,
) -> Tree {
    let mut reader = Reader {
        page,
        remarks,
        builder: Builder::new(),
        hidden: false,
        unseen: None,
        too_deep: false,
    };
    for token in Tokenizer::new(&page.html) {
        reader.token(token.kind, token.at, &allowed);
    }
    reader.builder.tree
}

struct Reader<'a> {
    page: &'a Page,
    remarks: &'a mut Vec<Remark>,
    builder: Builder,
    /// Whether the raw text that comes next is not shown.
    hidden: bool,
    /// The element that is open whose content is taken out with it (`svg`, `math`, `template`), and how often.
    unseen: Option<(String, usize)>,
    too_deep: bool,
}

impl Reader<'_> {
    fn token(&mut self, kind: Kind, at: usize, allowed: &impl Fn(&str) -> Option<&'static Element>) {
        if self.is_unseen(&kind, at) {
            return;
        }
        match kind {
            Kind::Text(text) => self.builder.text(&text, at),
            Kind::RawText(_) if self.hidden => {}
            Kind::RawText(text) => self.builder.text(text, at),
            Kind::End(name) => {
                if let Some(element) = allowed(&name) {
                    self.builder.end(element.name, at);
                }
            }
            Kind::Start { name, attributes, .. } => match allowed(&name) {
                Some(element) => self.start(element, attributes, at),
                None => self.refuse(&name, at),
            },
        }
    }

    /// Whether a token begins, ends or stands in what is taken out with its content: drawings, formulas, templates.
    fn is_unseen(&mut self, kind: &Kind, at: usize) -> bool {
        let Some((open, depth)) = &mut self.unseen else {
            return match kind {
                Kind::Start { name, closed, .. } if matches!(&**name, "math" | "svg" | "template") => {
                    if !closed || name == "template" {
                        self.unseen = Some((name.to_string(), 1));
                    }
                    self.dropped(at, || format!("element <{name}>"));
                    true
                }
                _ => false,
            };
        };
        match kind {
            Kind::Start { name, closed, .. } if *name == *open => *depth += usize::from(!closed),
            Kind::End(name) if *name == *open => *depth -= 1,
            Kind::Start { name, .. } if open != "template" && BREAK_OUT.contains(&&**name) => {
                self.unseen = None;
                return false;
            }
            _ => {}
        }
        if *depth == 0 {
            self.unseen = None;
        }
        true
    }

    fn start(&mut self, element: &'static Element, given: Vec<(Cow<str>, Cow<str>)>, at: usize) {
        let mut attributes: Vec<Attribute> = Vec::new();
        for (name, value) in given {
            let known = element.attribute(&name);
            match known.and_then(|known| Some((known, checked(element.name, known, &value)?))) {
                Some((known, checked)) => {
                    if known == "class" {
                        self.remark_classes(&value, &checked, at);
                    }
                    if known != "class" || !checked.is_empty() {
                        attributes.push((known, checked));
                    }
                }
                None => self.attribute_left_out(at, element.name, &name),
            }
        }
        if self.builder.start(element, attributes, at).is_none() && !element.is_table_part() && !self.too_deep
        {
            self.too_deep = true;
            self.dropped(at, || format!("<{}> nested too deep", element.name));
        }
    }

    fn refuse(&mut self, name: &str, at: usize) {
        self.hidden = HIDDEN.contains(&name);
        if let Some(address) = name.strip_prefix("mailto:") {
            return self.mail(address, at);
        }
        if !WITHOUT_MEANING.contains(&name) {
            self.dropped(at, || format!("element <{name}>"));
        }
    }

    /// `<mailto:x>`, which Markdown reads as a link, HTML as an element.
    fn mail(&mut self, mail: &str, at: usize) {
        if let Some(link) = Element::of("a") {
            self.builder
                .start(link, vec![("href", format!("mailto:{mail}"))], at);
            self.builder.text(mail, at);
            self.builder.end("a", at);
        }
    }

    fn remark_classes(&mut self, given: &str, kept: &str, at: usize) {
        for class in given.split_ascii_whitespace() {
            if !kept.split(' ').any(|known| known == class) {
                self.remark(at, RemarkKind::Converted, || {
                    format!("class \"{class}\" was left out; the theme has none of that name")
                });
            }
        }
    }

    /// An attribute that only said how something looks, opens or loads is no loss to a reader.
    fn attribute_left_out(&mut self, at: usize, element: &str, attribute: &str) {
        let what = || format!("attribute {attribute} of <{element}>");
        if LOOKS.contains(&attribute) || attribute.starts_with("data-") || attribute.starts_with("aria-") {
            self.remark(at, RemarkKind::Converted, || {
                format!("{} was left out; the theme decides", what())
            });
        } else {
            self.dropped(at, what);
        }
    }

    fn dropped(&mut self, at: usize, what: impl FnOnce() -> String) {
        self.remark(at, RemarkKind::Dropped, || {
            format!("{} was taken out; a post may not hold it", what())
        });
    }

    fn remark(&mut self, at: usize, kind: RemarkKind, message: impl FnOnce() -> String) {
        super::remark(self.remarks, self.page.source_of(at), kind, message);
    }
}

/// The attribute's value as it may stay; `None` when it may not. Links and images are resolved later.
fn checked(element: &str, attribute: &str, value: &str) -> Option<String> {
    let trimmed = value.trim();
    let keep = |is_valid: bool| is_valid.then(|| trimmed.to_owned());
    match attribute {
        "class" => Some(classes(value)),
        "id" | "name" => id(trimmed),
        "headers" => Some(
            trimmed
                .split_ascii_whitespace()
                .map(address::prefixed)
                .collect::<Vec<_>>()
                .join(" "),
        ),
        "lang" | "hreflang" => keep(is_language(trimmed)),
        "dir" => keep(matches!(
            trimmed.to_ascii_lowercase().as_str(),
            "ltr" | "rtl" | "auto"
        )),
        "align" => keep(matches!(
            trimmed.to_ascii_lowercase().as_str(),
            "left" | "center" | "right" | "justify"
        )),
        "scope" => keep(matches!(trimmed, "row" | "col" | "rowgroup" | "colgroup")),
        "type" => keep(matches!(trimmed, "1" | "a" | "A" | "i" | "I")),
        "colspan" | "rowspan" | "span" => keep(is_number(trimmed, 3)),
        "width" | "height" => keep(is_number(trimmed.strip_suffix("px").unwrap_or(trimmed), 5))
            .map(|size| size.trim_end_matches("px").to_owned()),
        "start" | "value" => keep(is_number(trimmed.strip_prefix('-').unwrap_or(trimmed), 9)),
        "open" | "reversed" => Some(String::new()),
        "cite" => address::read(value).map(|(address, _)| address),
        // A page's own address as an image asks for the page again.
        "src" => keep(!trimmed.is_empty()),
        "href" => Some(value.to_owned()),
        _ if element == "time" || attribute != "datetime" => Some(value.to_owned()),
        _ => keep(trimmed.len() <= 40),
    }
}

fn classes(value: &str) -> String {
    let is_known = |class: &&str| {
        CLASSES.contains(class)
            || class.strip_prefix("language-").is_some_and(|language| {
                language
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '-' | '+' | '#' | '_' | '.'))
            })
    };
    value
        .split_ascii_whitespace()
        .filter(is_known)
        .collect::<Vec<_>>()
        .join(" ")
}

fn id(value: &str) -> Option<String> {
    let is_valid = !value.is_empty() && !value.contains(char::is_whitespace);
    is_valid.then(|| address::prefixed(value))
}

fn is_language(value: &str) -> bool {
    (2..=35).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_number(value: &str, digits: usize) -> bool {
    (1..=digits).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}
