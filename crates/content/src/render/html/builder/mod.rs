//! The tree builder: tags and text to a tree, as the WHATWG's standard says (section 13.2.6) for allowed elements.
//!
//! Two things differ. What stands in a table but in no cell gets a cell, where a browser would put it before the
//! table: a reader sees it where the author wrote it. And beyond [`MAX_DEPTH`] tags are passed over, their content not.

mod formatting;
mod tables;

use tables::Place;

use super::{
    attribute::Attribute,
    element::Element,
    token::is_space_byte,
    tree::{Data, Id, ROOT, Tree},
};

/// How many elements may be open at once. Browsers flatten beyond 512, what the page has around a post included.
pub const MAX_DEPTH: usize = 100;

/// Where tags and text become a tree.
pub struct Builder {
    /// The tree so far.
    pub tree: Tree,
    stack: Vec<Id>,
    /// The list of active formatting elements; `None` is a marker.
    formatting: Vec<Option<Id>>,
    skip_newline: bool,
}

impl Builder {
    /// An empty tree, with room for so many bytes of text.
    pub fn new(room: usize) -> Self {
        Builder {
            tree: Tree::new(room),
            stack: vec![ROOT],
            formatting: Vec::new(),
            skip_newline: false,
        }
    }

    /// A start tag. Gives the new element, or `None` when the tag is passed over.
    pub fn start(&mut self, element: Element, attributes: Vec<Attribute>, at: usize) -> Option<Id> {
        self.skip_newline = false;
        if self.stack.len() > MAX_DEPTH && !element.is_void() {
            return None;
        }
        if !self.make_room(element) {
            return None;
        }
        self.before_start(element);
        let id = self.insert(element, attributes, Some(at));
        if element.is_formatting() {
            self.remember(id);
        } else if matches!(element, Element::Td | Element::Th | Element::Caption) {
            self.formatting.push(None);
        }
        if element.is_void() {
            self.stack.pop();
        }
        self.skip_newline = element == Element::Pre;
        Some(id)
    }

    /// Text, with the [`super::signs`] that it may have.
    pub fn text(&mut self, text: &str, signs: u8) {
        let text = if std::mem::take(&mut self.skip_newline) {
            text.strip_prefix('\n').unwrap_or(text)
        } else {
            text
        };
        if text.is_empty() {
            return;
        }
        match self.place() {
            Place::Flow | Place::Cell | Place::Caption => self.reconstruct(),
            _ if text.bytes().all(is_space_byte) => {}
            _ => self.open_cell(),
        }
        self.tree.append_text(self.current(), text, signs);
    }

    /// An end tag.
    pub fn end(&mut self, element: Element, at: usize) {
        self.skip_newline = false;
        if element == Element::Br {
            self.start(element, Vec::new(), at);
        } else if element.is_table_part() || element == Element::Table {
            self.end_in_table(element);
        } else if !matches!(self.place(), Place::Flow | Place::Cell | Place::Caption) {
            // Between cells nothing is open that it could end.
        } else if element == Element::P {
            if !self.in_scope(element) {
                self.insert(element, Vec::new(), Some(at));
            }
            self.close(element);
        } else if element.is_heading() {
            if self.any_in_scope(Element::is_heading) {
                self.imply_ends(None);
                self.pop_until(Element::is_heading);
            }
        } else if element == Element::Li {
            if self.scope(element, |tag| matches!(tag, Element::Ol | Element::Ul)) {
                self.close(element);
            }
        } else if element.is_block() || element.end_is_implied() {
            if self.in_scope(element) {
                self.close(element);
            }
        } else if element.is_formatting() {
            self.end_formatting(element);
        } else {
            self.end_any(element);
        }
    }

    fn current(&self) -> Id {
        self.stack.last().copied().unwrap_or(ROOT)
    }

    fn current_element(&self) -> Option<Element> {
        self.tree.element(self.current())
    }

    fn insert(&mut self, element: Element, attributes: Vec<Attribute>, at: Option<usize>) -> Id {
        let id = self.tree.create(Data::Element(element, attributes), at);
        self.tree.append(self.current(), id);
        self.stack.push(id);
        id
    }

    /// Closes what the standard says a start tag closes, outside tables.
    fn before_start(&mut self, element: Element) {
        if element.is_table_part() {
            return;
        }
        if element.is_block() {
            self.close_paragraph();
            if element.is_heading() && self.current_element().is_some_and(Element::is_heading) {
                self.stack.pop();
            }
        } else if element.end_is_implied() {
            self.close_item(element);
            self.close_paragraph();
        } else {
            if element == Element::A {
                self.close_link();
            }
            self.reconstruct();
        }
    }

    /// `li` ends an open `li`, `dd` and `dt` an open `dd` or `dt`.
    fn close_item(&mut self, element: Element) {
        let like = |open: Element| {
            if element == Element::Li {
                open == Element::Li
            } else {
                matches!(open, Element::Dd | Element::Dt)
            }
        };
        for index in (1..self.stack.len()).rev() {
            let Some(open) = self.tree.element(self.stack[index]) else {
                return;
            };
            if like(open) {
                return self.close(open);
            }
            if open.is_special() && !matches!(open, Element::Div | Element::P) {
                return;
            }
        }
    }

    /// A link in a link ends the first.
    fn close_link(&mut self) {
        if let Some(open) = self.active(Element::A) {
            self.end_formatting(Element::A);
            self.formatting.retain(|entry| *entry != Some(open));
            self.stack.retain(|entry| *entry != open);
        }
    }

    fn close_paragraph(&mut self) {
        if self.in_scope(Element::P) {
            self.close(Element::P);
        }
    }

    /// Ends all that is implied, then everything up to and with the nearest `element`.
    fn close(&mut self, element: Element) {
        self.imply_ends(Some(element));
        self.pop_until(|tag| tag == element);
    }

    fn imply_ends(&mut self, except: Option<Element>) {
        while self
            .current_element()
            .is_some_and(|tag| tag.end_is_implied() && Some(tag) != except)
        {
            self.stack.pop();
        }
    }

    fn pop_until(&mut self, is_last: impl Fn(Element) -> bool) {
        while self.stack.len() > 1 {
            let popped = self.current_element();
            self.stack.pop();
            if popped.is_some_and(&is_last) {
                return;
            }
        }
    }

    fn in_scope(&self, element: Element) -> bool {
        self.scope(element, |_| false)
    }

    fn scope(&self, element: Element, also_ends: impl Fn(Element) -> bool) -> bool {
        let mut open = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
        open.find(|tag| *tag == element || tag.is_scope() || also_ends(*tag)) == Some(element)
    }

    fn any_in_scope(&self, wanted: impl Fn(Element) -> bool) -> bool {
        let mut open = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
        open.find(|tag| wanted(*tag) || tag.is_scope())
            .is_some_and(&wanted)
    }

    /// "Any other end tag".
    fn end_any(&mut self, element: Element) {
        for index in (1..self.stack.len()).rev() {
            let Some(open) = self.tree.element(self.stack[index]) else {
                return;
            };
            if open == element {
                self.imply_ends(Some(element));
                // What was implied may have ended it already.
                self.stack.truncate(index);
                return;
            }
            if open.is_special() {
                return;
            }
        }
    }
}
