//! The tree builder: tags and text to a tree, as the WHATWG's standard says (section 13.2.6) for allowed elements.
//!
//! Two things differ. What stands in a table but in no cell gets a cell, where a browser would put it before the
//! table: a reader sees it where the author wrote it. And beyond [`MAX_DEPTH`] tags are passed over, their content not.

mod formatting;
mod tables;

use tables::Place;

use super::{
    element::Element,
    token::is_space,
    tree::{Attribute, Data, Id, ROOT, Tree},
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
    /// An empty tree.
    pub fn new() -> Self {
        Builder {
            tree: Tree::new(),
            stack: vec![ROOT],
            formatting: Vec::new(),
            skip_newline: false,
        }
    }

    /// A start tag. Gives the new element, or `None` when the tag is passed over.
    pub fn start(&mut self, element: &'static Element, attributes: Vec<Attribute>, at: usize) -> Option<Id> {
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
        } else if matches!(element.name, "td" | "th" | "caption") {
            self.formatting.push(None);
        }
        if element.is_void() {
            self.stack.pop();
        }
        self.skip_newline = element.name == "pre";
        Some(id)
    }

    /// Text.
    pub fn text(&mut self, text: &str, at: usize) {
        let text = match text.strip_prefix('\n') {
            Some(rest) if std::mem::take(&mut self.skip_newline) => rest,
            _ => text,
        };
        self.skip_newline = false;
        if text.is_empty() {
            return;
        }
        let blank = text.chars().all(is_space);
        match self.place() {
            Place::Flow | Place::Cell | Place::Caption => self.reconstruct(),
            _ if blank => {}
            _ => self.open_cell(),
        }
        let parent = self.current();
        if let Some(last) = self.tree.node(parent).last
            && let Some(before) = self.tree.text_mut(last)
        {
            before.push_str(text);
        } else {
            let id = self.tree.create(Data::Text(text.to_owned()), Some(at));
            self.tree.append(parent, id);
        }
    }

    /// An end tag of any name.
    pub fn end(&mut self, name: &str, at: usize) {
        self.skip_newline = false;
        if name == "br" {
            if let Some(element) = Element::of(name) {
                self.start(element, Vec::new(), at);
            }
            return;
        }
        let Some(element) = Element::of(name) else { return };
        if element.is_table_part() || name == "table" {
            self.end_in_table(name);
        } else if !matches!(self.place(), Place::Flow | Place::Cell | Place::Caption) {
            // Between cells nothing is open that it could end.
        } else if name == "p" {
            if !self.in_scope("p") {
                self.insert(element, Vec::new(), Some(at));
            }
            self.close("p");
        } else if element.is_heading() {
            if self.any_in_scope(|tag| tag.is_heading()) {
                self.imply_ends("");
                self.pop_until(|tag| tag.is_heading());
            }
        } else if name == "li" {
            if self.scope("li", |tag| matches!(tag.name, "ol" | "ul")) {
                self.close("li");
            }
        } else if element.is_block() || element.end_is_implied() {
            if self.in_scope(name) {
                self.close(name);
            }
        } else if element.is_formatting() {
            self.end_formatting(name);
        } else {
            self.end_any(name);
        }
    }

    fn current(&self) -> Id {
        self.stack.last().copied().unwrap_or(ROOT)
    }

    fn current_element(&self) -> Option<&'static Element> {
        self.tree.element(self.current())
    }

    fn insert(&mut self, element: &'static Element, attributes: Vec<Attribute>, at: Option<usize>) -> Id {
        let id = self.tree.create(Data::Element(element, attributes), at);
        self.tree.append(self.current(), id);
        self.stack.push(id);
        id
    }

    /// Closes what the standard says a start tag closes, outside tables.
    fn before_start(&mut self, element: &'static Element) {
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
            if element.name == "a" {
                self.close_link();
            }
            self.reconstruct();
        }
    }

    /// `li` ends an open `li`, `dd` and `dt` an open `dd` or `dt`.
    fn close_item(&mut self, element: &Element) {
        let like = |name: &str| {
            if element.name == "li" {
                name == "li"
            } else {
                matches!(name, "dd" | "dt")
            }
        };
        for index in (1..self.stack.len()).rev() {
            let Some(open) = self.tree.element(self.stack[index]) else {
                return;
            };
            if like(open.name) {
                return self.close(open.name);
            }
            if open.is_special() && !matches!(open.name, "div" | "p") {
                return;
            }
        }
    }

    /// A link in a link ends the first.
    fn close_link(&mut self) {
        if let Some(open) = self.active("a") {
            self.end_formatting("a");
            self.formatting.retain(|entry| *entry != Some(open));
            self.stack.retain(|entry| *entry != open);
        }
    }

    fn close_paragraph(&mut self) {
        if self.in_scope("p") {
            self.close("p");
        }
    }

    /// Ends all that is implied, then everything up to and with the nearest `name`.
    fn close(&mut self, name: &str) {
        self.imply_ends(name);
        self.pop_until(|tag| tag.name == name);
    }

    fn imply_ends(&mut self, except: &str) {
        while self
            .current_element()
            .is_some_and(|tag| tag.end_is_implied() && tag.name != except)
        {
            self.stack.pop();
        }
    }

    fn pop_until(&mut self, is_last: impl Fn(&Element) -> bool) {
        while self.stack.len() > 1 {
            let popped = self.current_element();
            self.stack.pop();
            if popped.is_some_and(&is_last) {
                return;
            }
        }
    }

    fn in_scope(&self, name: &str) -> bool {
        self.scope(name, |_| false)
    }

    fn scope(&self, name: &str, also_ends: impl Fn(&Element) -> bool) -> bool {
        let mut open = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
        open.find(|tag| tag.name == name || tag.is_scope() || also_ends(tag))
            .is_some_and(|tag| tag.name == name)
    }

    fn any_in_scope(&self, wanted: impl Fn(&Element) -> bool) -> bool {
        let mut open = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
        open.find(|tag| wanted(tag) || tag.is_scope())
            .is_some_and(&wanted)
    }

    /// "Any other end tag".
    fn end_any(&mut self, name: &str) {
        for index in (1..self.stack.len()).rev() {
            let Some(open) = self.tree.element(self.stack[index]) else {
                return;
            };
            if open.name == name {
                self.imply_ends(name);
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
