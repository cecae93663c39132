//! Footnotes: numbered by their references, with the ids that the dialects' generators make.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::{Piece, StartTag, Writer};
use crate::{
    post::Dialect,
    render::{
        html::{attribute::Name, element::Element},
        page::Special,
    },
};

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

impl<'a> Writer<'a> {
    fn note_name(&self, label: &str, number: usize) -> String {
        match self.dialect {
            Dialect::Kramdown => label.to_owned(),
            Dialect::Goldmark | Dialect::Gfm => number.to_string(),
        }
    }

    pub(super) fn reference(&mut self, label: &str) {
        let (number, before) = self.notes.refer(label);
        let name = self.note_name(label, number);
        self.with_id(Element::Sup, &format!("fnref:{name}{}", again(before)));
        self.note_link("footnote-ref", &format!("#fn:{name}"), Special::Reference);
        self.policy.text(&number.to_string(), 0);
        self.policy.end(Element::A, self.at);
        self.policy.end(Element::Sup, self.at);
    }

    fn with_id(&mut self, element: Element, id: &str) {
        let mut tag = StartTag::new(element, self.at);
        self.policy.attribute(&mut tag, Name::Id, id);
        self.policy.start(tag);
    }

    fn note_link(&mut self, class: &str, href: &str, special: Special) {
        let mut tag = StartTag::new(Element::A, self.at);
        self.policy.attribute(&mut tag, Name::Class, class);
        self.policy.attribute(&mut tag, Name::Href, href);
        self.start_special(tag, special);
    }

    /// The notes in the order of their numbers; those that nothing refers to come last, so that no text is lost.
    pub(super) fn footnotes(&mut self, mut notes: Vec<(CowStr<'a>, Vec<Piece<'a>>)>) {
        if notes.is_empty() {
            return;
        }
        self.special(Element::Section, Name::Class, "footnotes", Special::Footnotes);
        self.newline();
        self.bare(Element::Ol);
        self.newline();
        let mut by_label = BTreeMap::new();
        for (index, (label, _)) in notes.iter().enumerate().rev() {
            by_label.insert(label.to_string(), index);
        }
        let mut written = 0;
        let mut unreferred = 0;
        // A note may be the first to refer to another.
        loop {
            if written == self.notes.order.len() {
                match notes.get(unreferred) {
                    Some((label, _)) => self.notes.add(label),
                    None => break,
                };
                unreferred += 1;
            } else if let Some((label, _)) = self.notes.order.get(written).cloned() {
                written += 1;
                if let Some((_, note)) = by_label.get(&label).and_then(|index| notes.get_mut(*index)) {
                    let note = std::mem::take(note);
                    self.footnote(&label, written, note);
                }
            }
        }
        self.policy.end(Element::Ol, self.at);
        self.newline();
        self.policy.end(Element::Section, self.at);
        self.newline();
    }

    fn footnote(&mut self, label: &str, number: usize, mut note: Vec<Piece<'a>>) {
        let name = self.note_name(label, number);
        self.with_id(Element::Li, &format!("fn:{name}"));
        // The links back stand in its last paragraph.
        let last = note.pop_if(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)));
        for (event, range) in note {
            self.event(event, range);
        }
        self.flush();
        self.back_links(number, &name);
        if last.is_some() {
            self.policy.end(Element::P, self.at);
            self.newline();
        }
        self.policy.end(Element::Li, self.at);
        self.newline();
    }

    fn back_links(&mut self, number: usize, name: &str) {
        for count in 0..self.notes.references(number) {
            self.policy.text(" ", 0);
            let href = format!("#fnref:{name}{}", again(count));
            self.note_link("footnote-back", &href, Special::BackLink);
            self.policy.text("↩\u{FE0E}", 0);
            self.policy.end(Element::A, self.at);
        }
    }
}

/// What tells apart the references to one note.
fn again(before: usize) -> String {
    if before > 0 {
        format!(":{before}")
    } else {
        String::new()
    }
}
