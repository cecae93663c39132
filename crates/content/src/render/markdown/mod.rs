//! Markdown to tags and text: the events of the parser, as the policy takes them.

mod footnotes;
mod parts;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, Options, Parser, Tag, TagEnd};

use footnotes::Notes;

use super::{
    convert::{AttributeList, Converted, Place},
    html::{attribute::Name, element::Element, signs, tree::Id},
    page::{Page, Special, Specials},
    policy::{Origin, Reader, Tag as StartTag},
    slug::Slugs,
};
use crate::post::Dialect;

type Piece<'a> = (Event<'a>, Range<usize>);

/// What of Markdown a dialect has beyond CommonMark.
pub fn options(dialect: Dialect) -> Options {
    let common = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    match dialect {
        Dialect::Gfm => common,
        Dialect::Kramdown | Dialect::Goldmark => {
            common | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_DEFINITION_LIST
        }
    }
}

/// Reads a converted source.
pub fn page(source: &Converted, dialect: Dialect, policy: Reader) -> Page {
    let mut writer = Writer {
        source,
        dialect,
        policy,
        specials: Specials::default(),
        slugs: Slugs::new(dialect),
        attributes: source.attributes.iter().map(Some).collect(),
        at: 0,
        text: String::new(),
        text_range: 0..0,
        html: String::new(),
        html_origins: Vec::new(),
        image: None,
        heading: None,
        in_html: false,
        in_code: false,
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        link_depth: 0,
        is_mail: false,
        notes: Notes::default(),
    };
    let mut notes: Vec<(CowStr, Vec<Piece>)> = Vec::new();
    // The definitions of footnotes that are open: what stands in them comes last.
    let mut open: Vec<usize> = Vec::new();
    for (event, range) in Parser::new_ext(&source.text, options(dialect)).into_offset_iter() {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                open.push(notes.len());
                notes.push((label, Vec::new()));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                open.pop();
            }
            _ => match open.last().and_then(|index| notes.get_mut(*index)) {
                Some((_, note)) => note.push((event, range)),
                None => writer.event(event, range),
            },
        }
    }
    writer.flush();
    writer.footnotes(notes);
    Page {
        tree: writer.policy.tree(),
        specials: writer.specials,
    }
}

/// Whether what the parser takes for `$…$` is a formula, and no amounts of money: as on GitHub, no letter or digit
/// stands directly before or behind it.
pub fn is_formula(source: &str, range: &Range<usize>) -> bool {
    let before = source[..range.start].chars().next_back();
    let behind = source[range.end..].chars().next();
    ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
}

struct Writer<'a> {
    source: &'a Converted<'a>,
    dialect: Dialect,
    policy: Reader<'a>,
    specials: Specials,
    slugs: Slugs,
    /// The attribute lists, in the order of the text; `None` when one has met its element.
    attributes: Vec<Option<&'a AttributeList>>,
    /// Where in the source the event stands that is read.
    at: usize,
    /// The text that was read last: the parser gives it in pieces.
    text: String,
    text_range: Range<usize>,
    /// The author's HTML that was read last: the parser gives it line by line, and a tag may go over several.
    html: String,
    html_origins: Vec<Origin>,
    /// The image whose text is read.
    image: Option<Image<'a>>,
    /// The heading whose text is read, where its id is made of that.
    heading: Option<(Option<Id>, String)>,
    in_html: bool,
    in_code: bool,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How many links are open, the author's own `<a>` included: no address in them becomes a link.
    link_depth: usize,
    /// Whether the text that comes next is that of `<mailto:…>`.
    is_mail: bool,
    notes: Notes,
}

/// An image while its text is read.
struct Image<'a> {
    destination: CowStr<'a>,
    title: CowStr<'a>,
    range: Range<usize>,
    text: String,
    /// How many images are open: others may stand in its text.
    depth: usize,
}

impl<'a> Writer<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some((_, text)) = &mut self.heading {
            add_plain(text, &event);
        }
        if self.image.is_some() {
            return self.in_image(&event);
        }
        match event {
            // Of a block of HTML, the parser gives what indents it as text.
            Event::Text(html) | Event::Html(html) if self.in_html => {
                self.html_origins
                    .push((self.html.len(), self.source.source_of(range.start)));
                return self.html.push_str(&html);
            }
            Event::Text(text) => {
                if self.text.is_empty() {
                    self.text_range.start = range.start;
                }
                self.text_range.end = range.end;
                return self.text.push_str(&text);
            }
            _ => {}
        }
        self.flush();
        self.at = self.source.source_of(range.start);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            other => self.leaf(other, range),
        }
    }

    /// Hands on the text and the HTML that were read last.
    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.policy.html(&self.html, &self.html_origins);
            self.html.clear();
            self.html_origins.clear();
        }
        if self.text.is_empty() {
            return;
        }
        self.at = self.source.source_of(self.text_range.start);
        let text = std::mem::take(&mut self.text);
        if self.link_depth == 0 && !self.in_code {
            self.linked_text(&text);
        } else if self.link_depth > 0 && std::mem::take(&mut self.is_mail) {
            self.write(text.trim_start_matches("mailto:"));
        } else {
            self.write(&text);
        }
        // Its room is used again.
        self.text = text;
        self.text.clear();
    }

    fn write(&mut self, text: &str) {
        self.policy.text(text, signs::of(text));
    }

    fn newline(&mut self) {
        self.policy.text("\n", 0);
    }

    /// Begins a start tag, with the attribute list that the author gave the element.
    fn open(&mut self, element: Element, range: &Range<usize>) -> StartTag {
        let mut tag = StartTag::new(element, self.at);
        if let Some(list) = self.attribute_list(element, range) {
            for (index, (name, value)) in list.attributes.iter().enumerate() {
                // Of two with one name the first counts.
                let mut before = list.attributes[..index].iter();
                if !before.any(|(other, _)| other == name) {
                    let given = (Cow::Borrowed(name.as_str()), Cow::Borrowed(value.as_str()));
                    self.policy.attributes(&mut tag, &[given]);
                }
            }
        }
        tag
    }

    /// A start tag without attributes.
    fn bare(&mut self, element: Element) {
        self.policy.start(StartTag::new(element, self.at));
    }

    /// An element with one attribute, which an author cannot claim; gives it where the policy lets it through.
    fn special(&mut self, element: Element, name: Name, value: &str, special: Special) {
        let mut tag = StartTag::new(element, self.at);
        self.policy.attribute(&mut tag, name, value);
        self.start_special(tag, special);
    }

    fn start_special(&mut self, tag: StartTag, special: Special) {
        if let Some(id) = self.policy.start(tag) {
            self.specials.add(id, special);
        }
    }

    /// The attribute list that the author gave to the element at `range`.
    fn attribute_list(&mut self, element: Element, range: &Range<usize>) -> Option<&'a AttributeList> {
        if self.attributes.is_empty() {
            return None;
        }
        let bytes = self.source.text.as_bytes();
        let is_blank = |from: usize, to: usize| bytes[from..to].iter().all(u8::is_ascii_whitespace);
        let is_inline = matches!(
            element,
            Element::A
                | Element::Code
                | Element::Del
                | Element::Em
                | Element::Img
                | Element::Strong
                | Element::Sub
                | Element::Sup
        );
        // A list stands at most a line's end away from its element.
        let (from, to) = (range.start.saturating_sub(4), range.end + 4);
        let first = self.source.attributes.partition_point(|list| list.at < from);
        let left = self.attributes.get_mut(first..)?.iter_mut();
        let mut near = left.take_while(|list| list.is_none_or(|list| list.at <= to));
        let is_its_own = |list: &AttributeList| match list.place {
            Place::Line if is_inline => list.at == range.end,
            Place::Line => {
                element.is_heading()
                    && (range.start..=range.end).contains(&list.at)
                    && is_blank(list.at, range.end)
            }
            Place::Above => !is_inline && is_blank(range.end.min(list.at), range.end.max(list.at)),
            Place::Below => !is_inline && list.at <= range.start && is_blank(list.at, range.start),
        };
        near.find(|list| list.is_some_and(is_its_own))
            .and_then(Option::take)
    }

    fn leaf(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Code(code) => {
                let tag = self.open(Element::Code, &range);
                self.policy.start(tag);
                self.write(&code);
                self.policy.end(Element::Code, self.at);
            }
            Event::InlineMath(source) if !is_formula(&self.source.text, &range) => {
                self.write(&format!("${source}$"))
            }
            Event::InlineMath(source) => self.math(&source, false),
            Event::DisplayMath(source) => self.math(&source, true),
            Event::InlineHtml(html) => {
                self.watch_link(&html);
                self.policy.html(&html, &[(0, self.at)]);
            }
            Event::SoftBreak => self.newline(),
            Event::HardBreak => {
                self.bare(Element::Br);
                self.newline();
            }
            Event::Rule => {
                self.bare(Element::Hr);
                self.newline();
            }
            Event::FootnoteReference(label) => self.reference(&label),
            Event::TaskListMarker(done) => self.task(done),
            Event::Text(_) | Event::Html(_) | Event::Start(_) | Event::End(_) => {}
        }
    }

    fn watch_link(&mut self, html: &str) {
        let bytes = html.as_bytes();
        match bytes {
            [b'<', b'a' | b'A', b' ' | b'\t' | b'\n' | b'>', ..] => self.link_depth += 1,
            [b'<', b'/', b'a' | b'A', b' ' | b'\t' | b'\n' | b'>', ..] => {
                self.link_depth = self.link_depth.saturating_sub(1)
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading {
                level, id, classes, ..
            } => self.heading(level, id, &classes, range),
            Tag::CodeBlock(kind) => self.code_block(&kind, &range),
            Tag::HtmlBlock => self.in_html = true,
            Tag::Image {
                dest_url: destination,
                title,
                ..
            } => {
                self.image = Some(Image {
                    destination,
                    title,
                    range,
                    text: String::new(),
                    depth: 1,
                })
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.bare(Element::Thead);
                self.bare(Element::Tr);
            }
            Tag::TableRow => {
                self.column = 0;
                self.bare(Element::Tr);
            }
            Tag::TableCell => self.cell(),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title, &range),
            other => {
                let Some((element, _)) = element_of(&other.to_end()) else {
                    return;
                };
                let mut start = self.open(element, &range);
                match other {
                    Tag::List(Some(first)) if first != 1 => {
                        self.policy.attribute(&mut start, Name::Start, &first.to_string())
                    }
                    Tag::Table(alignments) => self.alignments = alignments,
                    _ => {}
                }
                self.policy.start(start);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::HtmlBlock => self.in_html = false,
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.policy.end(Element::Code, self.at);
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.policy.end(Element::Tr, self.at);
            }
            TagEnd::TableCell if self.in_head => return self.policy.end(Element::Th, self.at),
            TagEnd::Link => self.link_depth = self.link_depth.saturating_sub(1),
            _ => {}
        }
        if let Some((element, is_line)) = element_of(&tag) {
            self.policy.end(element, self.at);
            if is_line {
                self.newline();
            }
        }
    }
}

/// The element of a tag that has always the same, and whether a line ends behind it.
fn element_of(tag: &TagEnd) -> Option<(Element, bool)> {
    Some(match tag {
        TagEnd::Paragraph => (Element::P, true),
        TagEnd::BlockQuote(_) => (Element::Blockquote, true),
        TagEnd::CodeBlock => (Element::Pre, true),
        TagEnd::List(false) => (Element::Ul, true),
        TagEnd::List(true) => (Element::Ol, true),
        TagEnd::Item => (Element::Li, true),
        TagEnd::DefinitionList => (Element::Dl, true),
        TagEnd::DefinitionListTitle => (Element::Dt, true),
        TagEnd::DefinitionListDefinition => (Element::Dd, true),
        TagEnd::Table => (Element::Table, true),
        TagEnd::TableHead => (Element::Thead, true),
        TagEnd::TableRow => (Element::Tr, true),
        TagEnd::TableCell => (Element::Td, false),
        TagEnd::Emphasis => (Element::Em, false),
        TagEnd::Strong => (Element::Strong, false),
        TagEnd::Strikethrough => (Element::Del, false),
        TagEnd::Superscript => (Element::Sup, false),
        TagEnd::Subscript => (Element::Sub, false),
        TagEnd::Link => (Element::A, false),
        TagEnd::Heading(_)
        | TagEnd::HtmlBlock
        | TagEnd::MetadataBlock(_)
        | TagEnd::FootnoteDefinition
        | TagEnd::Image => return None,
    })
}

/// Adds the text of an event, without marks.
fn add_plain(to: &mut String, event: &Event) {
    match event {
        Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
            to.push_str(part)
        }
        Event::SoftBreak | Event::HardBreak => to.push(' '),
        _ => {}
    }
}
