//! The parts of a page that need more than their name: links, images, headings, cells, code, formulas, tasks.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::{Writer, add_plain};
use crate::{
    post::Dialect,
    render::{
        autolink,
        html::{attribute::Name, element::Element, signs},
        page::Special,
        policy::Tag as StartTag,
    },
};

impl Writer<'_> {
    pub(super) fn cell(&mut self) {
        let element = if self.in_head { Element::Th } else { Element::Td };
        let mut tag = StartTag::new(element, self.at);
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => "text-left",
            Some(Alignment::Center) => "text-center",
            Some(Alignment::Right) => "text-right",
            _ => "",
        };
        if !class.is_empty() {
            self.policy.attribute(&mut tag, Name::Class, class);
        }
        self.policy.start(tag);
        self.column += 1;
    }

    pub(super) fn link(&mut self, kind: LinkType, destination: &str, title: &str, range: &Range<usize>) {
        self.link_depth += 1;
        self.is_mail = kind == LinkType::Autolink && destination.starts_with("mailto:");
        let mut tag = self.open(Element::A, range);
        if kind == LinkType::Email {
            let destination = format!("mailto:{destination}");
            self.policy.attribute(&mut tag, Name::Href, &destination);
        } else {
            self.policy.attribute(&mut tag, Name::Href, destination);
        }
        if !title.is_empty() {
            self.policy.attribute(&mut tag, Name::Title, title);
        }
        self.policy.start(tag);
    }

    /// An event in the text of an image, whose end writes the image.
    pub(super) fn in_image(&mut self, event: &Event) {
        let Some(image) = &mut self.image else { return };
        add_plain(&mut image.text, event);
        match event {
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) => image.depth -= 1,
            _ => {}
        }
        if image.depth > 0 {
            return;
        }
        if let Some(image) = self.image.take() {
            let mut tag = self.open(Element::Img, &image.range);
            self.policy.attribute(&mut tag, Name::Src, &image.destination);
            self.policy.attribute(&mut tag, Name::Alt, &image.text);
            if !image.title.is_empty() {
                self.policy.attribute(&mut tag, Name::Title, &image.title);
            }
            self.policy.start(tag);
        }
    }

    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr>,
        classes: &[CowStr],
        range: Range<usize>,
    ) {
        let mut tag = self.open(heading(level), &range);
        // An id in an attribute list was given before this one, and so wins.
        let is_from_text = id.is_none() && self.dialect == Dialect::Gfm;
        if let Some(id) = id {
            self.slugs.take(&id);
            self.policy.attribute(&mut tag, Name::Id, &id);
        } else if !is_from_text {
            let id = self.slugs.make(words_of_heading(&self.source.text[range], level));
            self.policy.attribute(&mut tag, Name::Id, &id);
        }
        if !classes.is_empty() {
            self.policy.attribute(&mut tag, Name::Class, &classes.join(" "));
        }
        let id = self.policy.start(tag);
        if is_from_text {
            self.heading = Some((id, String::new()));
        }
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
        if let Some((heading, text)) = self.heading.take() {
            let id = self.slugs.make(&text);
            self.policy.late_id(heading, &id);
        }
        self.policy.end(heading(level), self.at);
        self.newline();
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind, range: &Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let language = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
        let tag = self.open(Element::Pre, range);
        self.policy.start(tag);
        let mut tag = StartTag::new(Element::Code, self.at);
        if !language.is_empty() {
            let class = format!("language-{language}");
            self.policy.attribute(&mut tag, Name::Class, &class);
        }
        self.start_special(tag, Special::Code(language.to_owned()));
        self.in_code = true;
    }

    pub(super) fn math(&mut self, source: &str, display: bool) {
        let class = if display { "math math-display" } else { "math" };
        self.special(Element::Code, Name::Class, class, Special::Math { display });
        self.write(source);
        self.policy.end(Element::Code, self.at);
    }

    pub(super) fn task(&mut self, done: bool) {
        self.special(Element::Span, Name::Class, "task", Special::Task(done));
        self.policy.text(if done { "☑" } else { "☐" }, 0);
        self.policy.end(Element::Span, self.at);
        self.policy.text(" ", 0);
    }

    /// Text, with links where addresses stand in it.
    pub(super) fn linked_text(&mut self, text: &str) {
        let signs = signs::of(text);
        let mut done = 0;
        if signs & signs::LINK != 0 {
            let range = self.text_range.clone();
            let is_verbatim = self.source.text.get(range.clone()) == Some(text);
            for (link, address) in autolink::find(text) {
                self.policy.text(&text[done..link.start], signs);
                if is_verbatim {
                    self.at = self.source.source_of(range.start + link.start);
                }
                let mut tag = StartTag::new(Element::A, self.at);
                self.policy.attribute(&mut tag, Name::Href, &address);
                self.policy.start(tag);
                self.policy.text(&text[link.clone()], signs);
                self.policy.end(Element::A, self.at);
                done = link.end;
            }
        }
        self.policy.text(&text[done..], signs);
    }
}

fn heading(level: HeadingLevel) -> Element {
    match level {
        HeadingLevel::H1 => Element::H1,
        HeadingLevel::H2 => Element::H2,
        HeadingLevel::H3 => Element::H3,
        HeadingLevel::H4 => Element::H4,
        HeadingLevel::H5 => Element::H5,
        HeadingLevel::H6 => Element::H6,
    }
}

/// What kramdown and goldmark make ids of: a heading's words as they stand in the source.
fn words_of_heading(source: &str, level: HeadingLevel) -> &str {
    let source = source.trim();
    match source.trim_start_matches('#') {
        text if text.len() + level as usize == source.len() => text.trim_end().trim_end_matches('#').trim(),
        // Underlined by the line below it.
        _ => source.rsplit_once('\n').map_or(source, |(text, _)| text).trim(),
    }
}
