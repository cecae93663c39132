//! The parts of a page that need more than their name: links, images, headings, cells, code, formulas, tasks.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, LinkType, Tag};

use super::{Piece, Writer, plain};
use crate::{
    post::Dialect,
    render::{autolink, page::Special},
};

impl Writer<'_> {
    pub(super) fn cell(&mut self) {
        self.raw(if self.in_head { "<th" } else { "<td" });
        match self.alignments.get(self.column) {
            Some(Alignment::Left) => self.attribute("align", "left"),
            Some(Alignment::Center) => self.attribute("align", "center"),
            Some(Alignment::Right) => self.attribute("align", "right"),
            _ => {}
        }
        self.raw(">");
        self.column += 1;
    }

    pub(super) fn link(&mut self, kind: LinkType, destination: &str, title: &str, range: &Range<usize>) {
        self.link_depth += 1;
        self.is_mail = kind == LinkType::Autolink && destination.starts_with("mailto:");
        self.open("a", range);
        if kind == LinkType::Email {
            self.attribute("href", &format!("mailto:{destination}"));
        } else {
            self.attribute("href", destination);
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.raw(">");
    }

    pub(super) fn image(&mut self, destination: &str, title: &str, inner: &[Piece], range: &Range<usize>) {
        self.open("img", range);
        self.attribute("src", destination);
        self.attribute("alt", &plain(inner));
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.raw(">");
    }

    pub(super) fn heading(&mut self, tag: &Tag, range: &Range<usize>, inner: &[Piece]) {
        let Tag::Heading {
            level, id, classes, ..
        } = tag
        else {
            return;
        };
        let id = match id {
            Some(id) => {
                self.slugs.take(id);
                id.to_string()
            }
            None => self.slugs.make(&self.heading_text(range, *level, inner)),
        };
        self.open(&level.to_string(), range);
        // An id in an attribute list was written before this one, and so wins.
        self.attribute("id", &id);
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        self.raw(">");
    }

    /// What a dialect makes ids of: its source, or its text as it is read.
    pub(super) fn heading_text(&self, range: &Range<usize>, level: HeadingLevel, inner: &[Piece]) -> String {
        if self.dialect == Dialect::Gfm {
            return plain(inner);
        }
        let source = self.source.text[range.clone()].trim();
        match source.trim_start_matches('#') {
            text if text.len() + level as usize == source.len() => {
                text.trim_end().trim_end_matches('#').trim().to_owned()
            }
            // Underlined by the line below it.
            _ => source
                .rsplit_once('\n')
                .map_or(source, |(text, _)| text)
                .trim()
                .to_owned(),
        }
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind, inner: &[Piece], range: &Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let language = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
        self.open("pre", range);
        self.raw(">");
        self.page.special(Special::Code(language.to_owned()));
        self.raw("<code");
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        self.raw(">");
        self.text(&plain(inner));
        self.raw("</code></pre>\n");
    }

    pub(super) fn math(&mut self, source: &str, display: bool) {
        self.page.special(Special::Math { display });
        self.raw(if display {
            "<code class=\"math math-display\">"
        } else {
            "<code class=\"math\">"
        });
        self.text(source);
        self.raw("</code>");
    }

    pub(super) fn task(&mut self, done: bool) {
        self.page.special(Special::Task(done));
        self.raw(if done {
            "<span class=\"task\">☑</span> "
        } else {
            "<span class=\"task\">☐</span> "
        });
    }

    /// Text, with links where addresses stand in it.
    pub(super) fn linked_text(&mut self, text: &str, range: &Range<usize>) {
        let is_verbatim = self.source.text.get(range.clone()) == Some(text);
        let mut done = 0;
        for (link, address) in autolink::find(text) {
            self.text(&text[done..link.start]);
            if is_verbatim {
                self.page.origin(self.source.source_of(range.start + link.start));
            }
            self.raw("<a");
            self.attribute("href", &address);
            self.raw(">");
            self.text(&text[link.clone()]);
            self.raw("</a>");
            done = link.end;
        }
        self.text(&text[done..]);
    }
}
