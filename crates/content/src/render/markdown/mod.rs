//! Markdown to HTML: the events of the parser, written as a [`Page`] that the policy reads.

mod footnotes;
mod parts;

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use footnotes::{Notes, take_footnotes};

use super::{
    convert::{AttributeList, Converted, Place},
    html::serialize::{escape_attribute, escape_text},
    page::Page,
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

/// Writes a converted source as HTML.
pub fn page(source: &Converted, dialect: Dialect) -> Page {
    let parser = Parser::new_ext(&source.text, options(dialect)).into_offset_iter();
    let (body, notes) = take_footnotes(TextMergeWithOffset::new(parser));
    let mut writer = Writer {
        source,
        dialect,
        page: Page::default(),
        slugs: Slugs::new(dialect),
        attributes: source.attributes.iter().map(Some).collect(),
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        link_depth: 0,
        is_mail: false,
        notes: Notes::default(),
    };
    writer.write(&body);
    writer.footnotes(&notes);
    writer.page
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
    page: Page,
    slugs: Slugs,
    /// The attribute lists, in the order of the text; `None` when one has met its element.
    attributes: Vec<Option<&'a AttributeList>>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How many links are open, the author's own `<a>` included: no address in them becomes a link.
    link_depth: usize,
    /// Whether the text that comes next is that of `<mailto:…>`.
    is_mail: bool,
    notes: Notes,
}

impl<'a> Writer<'a> {
    fn write(&mut self, events: &[Piece]) {
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            index += 1;
            self.page.origin(self.source.source_of(range.start));
            match event {
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let end = end_of_image(events, index);
                    self.image(dest_url, title, &events[index..end], range);
                    index = end + 1;
                }
                Event::Start(tag @ Tag::Heading { .. }) => {
                    let end = events[index..]
                        .iter()
                        .position(|(e, _)| matches!(e, Event::End(TagEnd::Heading(_))));
                    let inner = &events[index..index + end.unwrap_or(0)];
                    self.heading(tag, range, inner);
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = events[index..]
                        .iter()
                        .position(|(e, _)| matches!(e, Event::End(TagEnd::CodeBlock)));
                    let end = index + end.unwrap_or(0);
                    self.code_block(kind, &events[index..end], range);
                    index = end + 1;
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag),
                other => self.leaf(other, range),
            }
        }
    }

    /// Begins a start tag, with the attribute list that the author gave the element.
    fn open(&mut self, name: &str, range: &Range<usize>) {
        self.raw("<");
        self.raw(name);
        if let Some(list) = self.attribute_list(name, range) {
            for (name, value) in &list.attributes {
                self.attribute(name, value);
            }
        }
    }

    /// The attribute list that the author gave to the element at `range`.
    fn attribute_list(&mut self, name: &str, range: &Range<usize>) -> Option<&'a AttributeList> {
        if self.attributes.is_empty() {
            return None;
        }
        let bytes = self.source.text.as_bytes();
        let is_blank = |from: usize, to: usize| bytes[from..to].iter().all(u8::is_ascii_whitespace);
        let is_inline = matches!(
            name,
            "a" | "code" | "del" | "em" | "img" | "strong" | "sub" | "sup"
        );
        // A list stands at most a line's end away from its element.
        let (from, to) = (range.start.saturating_sub(4), range.end + 4);
        let first = self.source.attributes.partition_point(|list| list.at < from);
        let left = self.attributes.get_mut(first..)?.iter_mut();
        let mut near = left.take_while(|list| list.is_none_or(|list| list.at <= to));
        let is_its_own = |list: &AttributeList| match list.place {
            Place::Line if is_inline => list.at == range.end,
            Place::Line => {
                name.starts_with('h')
                    && (range.start..=range.end).contains(&list.at)
                    && is_blank(list.at, range.end)
            }
            Place::Above => !is_inline && is_blank(range.end.min(list.at), range.end.max(list.at)),
            Place::Below => !is_inline && list.at <= range.start && is_blank(list.at, range.start),
        };
        near.find(|list| list.is_some_and(is_its_own))
            .and_then(Option::take)
    }

    fn raw(&mut self, html: &str) {
        self.page.html.push_str(html);
    }

    fn text(&mut self, text: &str) {
        escape_text(text, &mut self.page.html);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.raw(" ");
        self.raw(name);
        self.raw("=\"");
        escape_attribute(value, &mut self.page.html);
        self.raw("\"");
    }

    fn leaf(&mut self, event: &Event, range: &Range<usize>) {
        match event {
            Event::Text(text) if self.link_depth == 0 => self.linked_text(text, range),
            Event::Text(text) if std::mem::take(&mut self.is_mail) => {
                self.text(text.trim_start_matches("mailto:"))
            }
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                self.open("code", range);
                self.raw(">");
                self.text(code);
                self.raw("</code>");
            }
            Event::InlineMath(source) if !is_formula(&self.source.text, range) => {
                self.text(&format!("${source}$"))
            }
            Event::InlineMath(source) => self.math(source, false),
            Event::DisplayMath(source) => self.math(source, true),
            Event::Html(html) => self.page.copy(html, self.source.source_of(range.start)),
            Event::InlineHtml(html) => {
                self.watch_link(html);
                self.page.copy(html, self.source.source_of(range.start));
            }
            Event::SoftBreak => self.raw("\n"),
            Event::HardBreak => self.raw("<br>\n"),
            Event::Rule => self.raw("<hr>\n"),
            Event::FootnoteReference(label) => self.reference(label),
            Event::TaskListMarker(done) => self.task(*done),
            Event::Start(_) | Event::End(_) => {}
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

    fn start(&mut self, tag: &Tag, range: &Range<usize>) {
        if let Some(name) = element_of(tag) {
            self.open(name, range);
            if let Tag::List(Some(start)) = tag
                && *start != 1
            {
                self.attribute("start", &start.to_string());
            }
            return self.raw(">");
        }
        match tag {
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.open("table", range);
                self.raw(">");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.raw("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.raw("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(*link_type, dest_url, title, range),
            _ => {}
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        let html = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => return self.raw(&format!("</{level}>\n")),
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</table>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                self.link_depth = self.link_depth.saturating_sub(1);
                "</a>"
            }
            TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::CodeBlock
            | TagEnd::Image => "",
        };
        self.raw(html);
    }
}

/// The elements that need nothing but their name.
fn element_of(tag: &Tag) -> Option<&'static str> {
    Some(match tag {
        Tag::Paragraph => "p",
        Tag::BlockQuote(_) => "blockquote",
        Tag::List(None) => "ul",
        Tag::List(Some(_)) => "ol",
        Tag::Item => "li",
        Tag::DefinitionList => "dl",
        Tag::DefinitionListTitle => "dt",
        Tag::DefinitionListDefinition => "dd",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Strikethrough => "del",
        Tag::Superscript => "sup",
        Tag::Subscript => "sub",
        _ => return None,
    })
}

/// Where the image ends whose content begins at `from`; images may stand in an image's text.
fn end_of_image(events: &[Piece], from: usize) -> usize {
    let mut depth = 1;
    for (index, (event, _)) in events.iter().enumerate().skip(from) {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    events.len()
}

/// The text of events, without marks.
fn plain(events: &[Piece]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
                text.push_str(part)
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
