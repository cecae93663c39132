//! A tree of allowed elements and text in one vector: no recursion, however deep it is. All text is in one string.

use std::borrow::Cow;
use std::ops::Range;

use super::{
    attribute::{Attribute, Name},
    element::Element,
};

/// A node's place in its [`Tree`].
pub type Id = usize;

/// The node that all others stand under.
pub const ROOT: Id = 0;

/// What a node is.
#[derive(Clone, Debug)]
pub enum Data {
    /// The root, or a node that was taken out.
    None,
    /// An element.
    Element(Element, Vec<Attribute>),
    /// Text, decoded.
    Text(Text),
    /// HTML that passed a policy of its own, written as it is.
    Safe(String),
}

/// A text in a [`Tree`].
#[derive(Clone, Debug)]
pub struct Text {
    /// Where it stands in the text of the tree.
    range: Range<usize>,
    /// The [`signs`] that it may have.
    pub signs: u8,
}

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub data: Data,
    /// Where in the source its tag comes from; `None` for text, and for what the tree builder made.
    pub at: Option<usize>,
    /// The node it stands in.
    pub parent: Option<Id>,
    /// Its first child.
    pub first: Option<Id>,
    /// Its last child.
    pub last: Option<Id>,
    /// The sibling before it.
    pub previous: Option<Id>,
    /// The sibling behind it.
    pub next: Option<Id>,
}

/// A step of a walk through a tree in the order of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A node is entered; text has only this.
    Enter(Id),
    /// An element is left.
    Leave(Id),
}

/// Nodes.
#[derive(Clone, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    text: String,
}

impl Tree {
    /// A root without children, with room for so many bytes of text.
    pub fn new(room: usize) -> Self {
        let mut tree = Tree {
            nodes: Vec::with_capacity(room / 32),
            text: String::with_capacity(room),
        };
        tree.create(Data::None, None);
        tree
    }

    /// A node that stands nowhere yet.
    pub fn create(&mut self, data: Data, at: Option<usize>) -> Id {
        self.nodes.push(Node {
            data,
            at,
            parent: None,
            first: None,
            last: None,
            previous: None,
            next: None,
        });
        self.nodes.len() - 1
    }

    /// The node.
    #[inline(always)]
    pub fn node(&self, id: Id) -> &Node {
        // As a slice, since a vector is indexed by a call where code is made small.
        &self.nodes.as_slice()[id]
    }

    #[inline(always)]
    fn node_mut(&mut self, id: Id) -> &mut Node {
        &mut self.nodes.as_mut_slice()[id]
    }

    /// About how many bytes of HTML it is.
    pub fn size(&self) -> usize {
        self.text.len() + 16 * self.nodes.len()
    }

    /// The element; `None` for the root and text.
    #[inline(always)]
    pub fn element(&self, id: Id) -> Option<Element> {
        match self.node(id).data {
            Data::Element(element, _) => Some(element),
            _ => None,
        }
    }

    /// The element's attributes; none for the root and text.
    pub fn attributes(&self, id: Id) -> &[Attribute] {
        match &self.node(id).data {
            Data::Element(_, attributes) => attributes,
            _ => &[],
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, id: Id, name: Name) -> Option<&str> {
        let found = self.attributes(id).iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| &**value)
    }

    /// Sets an attribute of an element.
    pub fn set(&mut self, id: Id, name: Name, value: impl Into<Cow<'static, str>>) {
        if let Data::Element(_, attributes) = &mut self.node_mut(id).data {
            match attributes.iter_mut().find(|(known, _)| *known == name) {
                Some((_, old)) => *old = value.into(),
                None => attributes.push((name, value.into())),
            }
        }
    }

    /// Takes an attribute from an element.
    pub fn take(&mut self, id: Id, name: Name) -> Option<Cow<'static, str>> {
        let Data::Element(_, attributes) = &mut self.node_mut(id).data else {
            return None;
        };
        let index = attributes.iter().position(|(known, _)| *known == name)?;
        Some(attributes.remove(index).1)
    }

    /// Makes another element of one, which keeps its attributes.
    pub fn rename(&mut self, id: Id, to: Element) {
        if let Data::Element(element, _) = &mut self.node_mut(id).data {
            *element = to;
        }
    }

    /// Keeps those attributes of an element alone that `is_kept` says.
    pub fn keep_attributes(&mut self, id: Id, is_kept: impl Fn(Name) -> bool) {
        if let Data::Element(_, attributes) = &mut self.node_mut(id).data {
            attributes.retain(|(name, _)| is_kept(*name));
        }
    }

    /// Makes another thing of a node, which keeps its place.
    pub fn replace(&mut self, id: Id, data: Data) {
        self.node_mut(id).data = data;
    }

    /// The words of a text.
    pub fn text(&self, text: &Text) -> &str {
        &self.text[text.range.clone()]
    }

    /// A text with these words, which have no other than these [`signs`].
    pub fn new_text(&mut self, words: &str, signs: u8) -> Text {
        let start = self.text.len();
        self.text.push_str(words);
        Text {
            range: start..self.text.len(),
            signs,
        }
    }

    /// Puts text at the end of `parent`.
    pub fn append_text(&mut self, parent: Id, words: &str, signs: u8) {
        let end = self.text.len();
        // A text is only made longer where it is the last that was written: no text is moved.
        if let Some(last) = self.node(parent).last
            && let Data::Text(text) = &mut self.node_mut(last).data
            && text.range.end == end
        {
            text.range.end += words.len();
            text.signs |= signs;
            self.text.push_str(words);
        } else {
            let text = self.new_text(words, signs);
            let id = self.create(Data::Text(text), None);
            self.append(parent, id);
        }
    }

    /// Puts a node that stands nowhere at the end of `parent`.
    pub fn append(&mut self, parent: Id, child: Id) {
        let last = self.node_mut(parent).last.replace(child);
        self.node_mut(child).parent = Some(parent);
        self.node_mut(child).previous = last;
        self.node_mut(child).next = None;
        match last {
            Some(last) => self.node_mut(last).next = Some(child),
            None => self.node_mut(parent).first = Some(child),
        }
    }

    /// Takes a node, with all under it, from where it stands.
    pub fn detach(&mut self, id: Id) {
        let Node {
            parent,
            previous,
            next,
            ..
        } = *self.node(id);
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => self.node_mut(previous).next = next,
            None => self.node_mut(parent).first = next,
        }
        match next {
            Some(next) => self.node_mut(next).previous = previous,
            None => self.node_mut(parent).last = previous,
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    /// Puts `wrapper`, which stands nowhere, where `id` stands, and `id` into it.
    pub fn wrap(&mut self, id: Id, wrapper: Id) {
        let Node {
            parent,
            previous,
            next,
            ..
        } = *self.node(id);
        let Some(parent) = parent else { return };
        let node = self.node_mut(wrapper);
        (node.parent, node.previous, node.next) = (Some(parent), previous, next);
        match previous {
            Some(previous) => self.node_mut(previous).next = Some(wrapper),
            None => self.node_mut(parent).first = Some(wrapper),
        }
        match next {
            Some(next) => self.node_mut(next).previous = Some(wrapper),
            None => self.node_mut(parent).last = Some(wrapper),
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (None, None, None);
        self.append(wrapper, id);
    }

    /// Moves all children of `from` to the end of `to`.
    pub fn move_children(&mut self, from: Id, to: Id) {
        while let Some(child) = self.node(from).first {
            self.detach(child);
            self.append(to, child);
        }
    }

    /// The step behind `step`, within the whole tree; `None` at its end. Begin with `Step::Enter(ROOT)`.
    pub fn step(&self, step: Step) -> Option<Step> {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        let node = self.node(id);
        if let Step::Enter(_) = step {
            match (&node.data, node.first) {
                // What it was made of is not written again.
                (Data::Safe(_), _) => {}
                (_, Some(child)) => return Some(Step::Enter(child)),
                (Data::Element(..), None) => return Some(Step::Leave(id)),
                _ => {}
            }
        }
        match (node.next, node.parent) {
            (Some(next), _) => Some(Step::Enter(next)),
            (None, Some(parent)) => Some(Step::Leave(parent)),
            (None, None) => None,
        }
    }

    /// All steps of a walk through the tree as it stands.
    pub fn walk(&self) -> Walk<'_> {
        Walk {
            tree: self,
            at: Step::Enter(ROOT),
        }
    }

    /// All text of a node and under it.
    pub fn text_of(&self, id: Id) -> String {
        let mut text = String::new();
        let mut step = Step::Enter(id);
        loop {
            if let Step::Enter(at) = step
                && let Data::Text(part) = &self.node(at).data
            {
                text.push_str(self.text(part));
            }
            match self.step(step) {
                Some(next) if next != Step::Leave(id) && !matches!(self.node(id).data, Data::Text(_)) => {
                    step = next
                }
                _ => return text,
            }
        }
    }
}

/// An iterator over the steps of a walk.
pub struct Walk<'a> {
    tree: &'a Tree,
    at: Step,
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        self.at = self.tree.step(self.at)?;
        (self.at != Step::Leave(ROOT)).then_some(self.at)
    }
}
