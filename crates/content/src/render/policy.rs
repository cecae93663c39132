//! The policy: of all HTML, what of a post may reach a page.
//!
//! Everything goes through it, natively and in the browser alike: the tags that Markdown means, which come one by one,
//! and the HTML that an author wrote, piece by piece. Tags of elements that are not allowed are taken out before a tree
//! is built, attributes that are not allowed before they are put on an element.

use std::borrow::Cow;

use super::{
    Remark, RemarkKind, TELLS, address,
    html::{
        attribute::{Attribute, Name, Names},
        builder::Builder,
        element::Element,
        signs,
        token::{Content, Kind, Tokenizer},
        tree::{Id, Tree},
    },
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

/// From a position in a piece of HTML on, where the source stands. Positions are byte offsets.
pub type Origin = (usize, usize);

/// A start tag that Markdown means, while it gets its attributes.
pub struct Tag {
    element: Element,
    attributes: Vec<Attribute>,
    /// The names that it was given, allowed or not: of two attributes with one name the first counts.
    given: Names,
    /// Where in the source it comes from.
    at: usize,
}

impl Tag {
    /// A tag without attributes.
    pub fn new(element: Element, at: usize) -> Self {
        Tag {
            element,
            attributes: Vec::new(),
            given: Names::default(),
            at,
        }
    }
}

/// Where tags, text and HTML pass the policy and become a tree.
pub struct Reader<'a> {
    /// The element that may stand for a name.
    allowed: fn(&str) -> Option<Element>,
    remarks: &'a mut Vec<Remark>,
    builder: Builder,
    /// What the HTML so far has left open: the content of a raw-text element goes on until HTML ends it.
    content: Content,
    /// Whether the raw text that comes next is not shown.
    hidden: bool,
    /// The element that is open whose content is taken out with it (`svg`, `math`, `template`), and how often.
    unseen: Option<(String, usize)>,
    too_deep: bool,
}

impl<'a> Reader<'a> {
    /// Reads a text of about so many bytes, with all elements that a body may hold.
    pub fn new(room: usize, remarks: &'a mut Vec<Remark>) -> Self {
        Reader::with(Element::of, room, remarks)
    }

    /// Reads a text with the elements that `allowed` gives for names.
    pub fn with(allowed: fn(&str) -> Option<Element>, room: usize, remarks: &'a mut Vec<Remark>) -> Self {
        Reader {
            allowed,
            remarks,
            builder: Builder::new(room),
            content: Content::Normal,
            hidden: false,
            unseen: None,
            too_deep: false,
        }
    }

    /// What has become of all that was read.
    pub fn tree(self) -> Tree {
        self.builder.tree
    }

    /// Text that Markdown means, with the [`signs`] that it may have.
    pub fn text(&mut self, text: &str, signs: u8) {
        let is_hidden = self.hidden && !matches!(self.content, Content::Normal);
        if self.unseen.is_none() && !is_hidden {
            self.builder.text(text, signs);
        }
    }

    /// Gives an attribute to a tag, as far as it may have it.
    pub fn attribute(&mut self, tag: &mut Tag, name: Name, value: &str) {
        if tag.given.add(name) {
            self.give(tag, name, value);
        }
    }

    /// Gives attributes to a tag as an author named them. `align` of a cell, which is obsolete, becomes a class unless
    /// there is one.
    pub fn attributes(&mut self, tag: &mut Tag, given: &[(Cow<str>, Cow<str>)]) {
        let mut align = "";
        for (name, value) in given {
            match (Name::of(name), aligned(tag.element, name, value)) {
                (Some(name), _) => self.attribute(tag, name, value),
                (None, Some(class)) => align = class,
                (None, None) => self.attribute_left_out(tag, name),
            }
        }
        if !align.is_empty() {
            self.attribute(tag, Name::Class, align);
        }
    }

    fn give(&mut self, tag: &mut Tag, name: Name, value: &str) {
        // What names a post or a file that is not there the build tells, which knows what is.
        if value.trim_start().starts_with(address::NOWHERE) {
            return;
        }
        let may_have = tag.element.may_have(name);
        let Some(checked) = may_have.then(|| checked(tag.element, name, value)).flatten() else {
            return self.attribute_left_out(tag, name.as_str());
        };
        if name == Name::Class {
            self.remark_classes(value, &checked, tag.at);
        }
        if name != Name::Class || !checked.is_empty() {
            tag.attributes.push((name, checked.into()));
        }
    }

    /// A start tag that Markdown means. Gives the new element, or `None` when the tag is passed over.
    pub fn start(&mut self, tag: Tag) -> Option<Id> {
        let is_text = !matches!(self.content, Content::Normal);
        if is_text || self.unseen.is_some() && self.is_unseen_start(tag.element.name(), false, tag.at) {
            return None;
        }
        self.open(tag)
    }

    /// An end tag that Markdown means.
    pub fn end(&mut self, element: Element, at: usize) {
        let is_text = !matches!(self.content, Content::Normal);
        if !is_text && !self.is_unseen_end(element.name()) {
            self.builder.end(element, at);
        }
    }

    /// Gives an element its id that could not be known when it began, unless it has one.
    pub fn late_id(&mut self, element: Option<Id>, value: &str) {
        if let Some(element) = element
            && self.builder.tree.attribute(element, Name::Id).is_none()
            && let Some(id) = id(value)
        {
            self.builder.tree.set(element, Name::Id, id);
        }
    }

    /// HTML that an author wrote: all of it, or a piece that stands in Markdown. A tag or a comment that has no end in it
    /// takes in nothing of what Markdown means behind it; the content of a raw-text element goes on until HTML ends it.
    pub fn html(&mut self, html: &str, origins: &[Origin]) {
        let mut tokenizer = Tokenizer::behind(std::mem::take(&mut self.content), html);
        for token in &mut tokenizer {
            self.token(token.kind, source_of(origins, token.at));
        }
        if let Some(at) = tokenizer.unfinished() {
            self.dropped(source_of(origins, at), || "a tag without end".to_owned());
        }
        self.content = tokenizer.content();
    }

    fn token(&mut self, kind: Kind, at: usize) {
        match kind {
            Kind::Text(_) | Kind::RawText(_) if self.unseen.is_some() => {}
            Kind::Text(text) => self.builder.text(&text, signs::of(&text)),
            Kind::RawText(_) if self.hidden => {}
            Kind::RawText(text) => self.builder.text(text, signs::of(text)),
            Kind::End(name) => {
                if !self.is_unseen_end(&name)
                    && let Some(element) = (self.allowed)(&name)
                {
                    self.builder.end(element, at);
                }
            }
            Kind::Start {
                name,
                attributes,
                closed,
            } => {
                let element = (self.allowed)(&name);
                if (self.unseen.is_some() || element.is_none()) && self.is_unseen_start(&name, closed, at) {
                    return;
                }
                let Some(element) = element else {
                    return self.refuse(&name, at);
                };
                let mut tag = Tag::new(element, at);
                self.attributes(&mut tag, &attributes);
                self.open(tag);
            }
        }
    }

    /// Whether a start tag begins or stands in what is taken out with its content: drawings, formulas, templates.
    fn is_unseen_start(&mut self, name: &str, closed: bool, at: usize) -> bool {
        let Some((open, depth)) = &mut self.unseen else {
            let is_unseen = matches!(name, "math" | "svg" | "template");
            if is_unseen {
                if !closed || name == "template" {
                    self.unseen = Some((name.to_owned(), 1));
                }
                self.dropped(at, || format!("element <{name}>"));
            }
            return is_unseen;
        };
        if name == open {
            *depth += usize::from(!closed);
        } else if open != "template" && BREAK_OUT.contains(&name) {
            self.unseen = None;
            return false;
        }
        true
    }

    /// Whether an end tag ends or stands in it.
    fn is_unseen_end(&mut self, name: &str) -> bool {
        let Some((open, depth)) = &mut self.unseen else {
            return false;
        };
        if name == open {
            *depth -= 1;
            if *depth == 0 {
                self.unseen = None;
            }
        }
        true
    }

    fn open(&mut self, tag: Tag) -> Option<Id> {
        let (element, at) = (tag.element, tag.at);
        let id = self.builder.start(element, tag.attributes, at);
        if id.is_none() && !element.is_table_part() && !self.too_deep {
            self.too_deep = true;
            self.dropped(at, || format!("<{}> nested too deep", element.name()));
        }
        id
    }

    fn refuse(&mut self, name: &str, at: usize) {
        self.hidden = HIDDEN.contains(&name);
        if let Some(address) = name.strip_prefix("mailto:") {
            return self.mail(address, at);
        }
        if TELLS && !WITHOUT_MEANING.contains(&name) {
            self.dropped(at, || format!("element <{name}>"));
        }
    }

    /// `<mailto:x>`, which Markdown reads as a link, HTML as an element.
    fn mail(&mut self, mail: &str, at: usize) {
        let href = vec![(Name::Href, format!("mailto:{mail}").into())];
        self.builder.start(Element::A, href, at);
        self.builder.text(mail, signs::of(mail));
        self.builder.end(Element::A, at);
    }

    fn remark_classes(&mut self, given: &str, kept: &str, at: usize) {
        if !TELLS {
            return;
        }
        for class in given.split_ascii_whitespace() {
            if !kept.split(' ').any(|known| known == class) {
                self.remark(at, RemarkKind::Converted, || {
                    format!("class \"{class}\" was left out; the theme has none of that name")
                });
            }
        }
    }

    /// An attribute that only said how something looks, opens or loads is no loss to a reader.
    fn attribute_left_out(&mut self, tag: &Tag, attribute: &str) {
        if !TELLS {
            return;
        }
        let what = || format!("attribute {attribute} of <{}>", tag.element.name());
        if LOOKS.contains(&attribute) || attribute.starts_with("data-") || attribute.starts_with("aria-") {
            self.remark(tag.at, RemarkKind::Converted, || {
                format!("{} was left out; the theme decides", what())
            });
        } else {
            self.dropped(tag.at, what);
        }
    }

    fn dropped(&mut self, at: usize, what: impl FnOnce() -> String) {
        self.remark(at, RemarkKind::Dropped, || {
            format!("{} was taken out; a post may not hold it", what())
        });
    }

    fn remark(&mut self, at: usize, kind: RemarkKind, message: impl FnOnce() -> String) {
        super::remark(self.remarks, at, kind, message);
    }
}

/// Where in the source a position of a piece comes from.
fn source_of(origins: &[Origin], at: usize) -> usize {
    let index = origins.partition_point(|(html, _)| *html <= at);
    let origin = index.checked_sub(1).and_then(|index| origins.get(index));
    origin.map_or(0, |(html, source)| source + (at - html))
}

/// The attribute's value as it may stay; `None` when it may not. Links and images are resolved later.
fn checked(element: Element, attribute: Name, value: &str) -> Option<String> {
    let trimmed = value.trim();
    let keep = |is_valid: bool| is_valid.then(|| trimmed.to_owned());
    let keep_one_of = |words: &[&str]| keep(words.iter().any(|word| word.eq_ignore_ascii_case(trimmed)));
    match attribute {
        Name::Class => Some(classes(value)),
        Name::Id | Name::Named => id(trimmed),
        Name::Headers => Some(
            trimmed
                .split_ascii_whitespace()
                .map(address::prefixed)
                .collect::<Vec<_>>()
                .join(" "),
        ),
        Name::Lang | Name::Hreflang => keep(is_language(trimmed)),
        Name::Dir => keep_one_of(&["ltr", "rtl", "auto"]),
        Name::Scope => keep(matches!(trimmed, "row" | "col" | "rowgroup" | "colgroup")),
        Name::Type => keep(matches!(trimmed, "1" | "a" | "A" | "i" | "I")),
        Name::Colspan | Name::Rowspan | Name::Span => keep(is_number(trimmed, 3)),
        Name::Width | Name::Height => keep(is_number(trimmed.strip_suffix("px").unwrap_or(trimmed), 5))
            .map(|size| size.trim_end_matches("px").to_owned()),
        Name::Start | Name::Value => keep(is_number(trimmed.strip_prefix('-').unwrap_or(trimmed), 9)),
        Name::Open | Name::Reversed => Some(String::new()),
        Name::Cite => address::read(value).map(|(address, _)| address),
        // A page's own address as an image asks for the page again.
        Name::Src => keep(!trimmed.is_empty()),
        Name::Datetime if element != Element::Time => keep(trimmed.len() <= 40),
        _ => Some(value.to_owned()),
    }
}

/// The class for what `align` says of a cell.
fn aligned(element: Element, attribute: &str, value: &str) -> Option<&'static str> {
    if attribute != "align" || !matches!(element, Element::Td | Element::Th) {
        return None;
    }
    match value.trim().to_ascii_lowercase().as_str() {
        "left" => Some("text-left"),
        "center" => Some("text-center"),
        "right" => Some("text-right"),
        _ => None,
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
