//! Footnotes: numbered by their references, with the ids that the dialects' generators make.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Piece, Writer};
use crate::{post::Dialect, render::page::Special};

/// The events without the definitions of footnotes, and these apart, each by its label.
pub(super) fn take_footnotes<'a>(
    events: impl Iterator<Item = Piece<'a>>,
) -> (Vec<Piece<'a>>, Vec<(CowStr<'a>, Vec<Piece<'a>>)>) {
    let mut body = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut notes: Vec<(CowStr, Vec<Piece>)> = Vec::new();
    for (event, range) in events {
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
                None => body.push((event, range)),
            },
        }
    }
    (body, notes)
}

/// Footnotes in the order of their first references.
#[derive(Default)]
pub(super) struct Notes {
    /// Labels, and how often each was referred to.
    order: Vec<(String, usize)>,
    /// The place of a label in that order.
    known: BTreeMap<String, usize>,
}

impl Notes {
    /// The number of a label, from 1, and how often it was referred to before.
    fn refer(&mut self, label: &str) -> (usize, usize) {
        let place = self.add(label);
        let mut before = 0;
        if let Some((_, count)) = self.order.get_mut(place) {
            before = *count;
            *count += 1;
        }
        (place + 1, before)
    }

    fn add(&mut self, label: &str) -> usize {
        if let Some(place) = self.known.get(label) {
            return *place;
        }
        let place = self.order.len();
        self.known.insert(label.to_owned(), place);
        self.order.push((label.to_owned(), 0));
        place
    }

    /// How often the note of a number was referred to.
    fn references(&self, number: usize) -> usize {
        self.order.get(number - 1).map_or(0, |(_, count)| *count)
    }
}

impl Writer<'_> {
    fn note_name(&self, label: &str, number: usize) -> String {
        match self.dialect {
            Dialect::Kramdown => label.to_owned(),
            Dialect::Goldmark | Dialect::Gfm => number.to_string(),
        }
    }

    pub(super) fn reference(&mut self, label: &str) {
        let (number, before) = self.notes.refer(label);
        let again = if before > 0 {
            format!(":{before}")
        } else {
            String::new()
        };
        let name = self.note_name(label, number);
        self.raw("<sup");
        self.attribute("id", &format!("fnref:{name}{again}"));
        self.raw(">");
        self.page.special(Special::Reference);
        self.raw("<a class=\"footnote-ref\"");
        self.attribute("href", &format!("#fn:{name}"));
        self.raw(&format!(">{number}</a></sup>"));
    }

    /// The notes in the order of their numbers; those that nothing refers to come last, so that no text is lost.
    pub(super) fn footnotes(&mut self, notes: &[(CowStr, Vec<Piece>)]) {
        if notes.is_empty() {
            return;
        }
        self.page.special(Special::Footnotes);
        self.raw("<section class=\"footnotes\">\n<ol>\n");
        let mut by_label = BTreeMap::new();
        for (index, (label, _)) in notes.iter().enumerate().rev() {
            by_label.insert(label.as_ref(), index);
        }
        let mut written = 0;
        let mut unreferred = notes.iter();
        // A note may be the first to refer to another.
        loop {
            if written == self.notes.order.len() {
                match unreferred.next() {
                    Some((label, _)) => self.notes.add(label),
                    None => break,
                };
            } else if let Some((label, _)) = self.notes.order.get(written).cloned() {
                written += 1;
                if let Some((_, note)) = by_label.get(label.as_str()).and_then(|index| notes.get(*index)) {
                    self.footnote(&label, written, note);
                }
            }
        }
        self.raw("</ol>\n</section>\n");
    }

    fn footnote(&mut self, label: &str, number: usize, note: &[Piece]) {
        let name = self.note_name(label, number);
        self.raw("<li");
        self.attribute("id", &format!("fn:{name}"));
        self.raw(">");
        match note.split_last() {
            Some(((Event::End(TagEnd::Paragraph), _), inner)) => {
                self.write(inner);
                self.back_links(number, &name);
                self.raw("</p>\n");
            }
            _ => {
                self.write(note);
                self.back_links(number, &name);
            }
        }
        self.raw("</li>\n");
    }

    fn back_links(&mut self, number: usize, name: &str) {
        for count in 0..self.notes.references(number) {
            let again = if count > 0 {
                format!(":{count}")
            } else {
                String::new()
            };
            self.raw(" ");
            self.page.special(Special::BackLink);
            self.raw("<a class=\"footnote-back\"");
            self.attribute("href", &format!("#fnref:{name}{again}"));
            self.raw(">↩\u{FE0E}</a>");
        }
    }
}
