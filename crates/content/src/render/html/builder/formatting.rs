//! Formatting elements: opened again in the next block, and closed when tags overlap (WHATWG HTML, sections 13.2.4.3 and
//! 13.2.6.4.7).

use super::{Builder, MAX_DEPTH};
use crate::render::html::{element::Element, tree::Id};

/// How many formatting elements are opened again in the next block; more would make the output grow without bound.
const MAX_FORMATTING: usize = 12;

impl Builder {
    /// The last active formatting element of a kind, behind the last marker.
    pub(super) fn active(&self, element: Element) -> Option<Id> {
        let behind_marker = self.formatting.iter().rev().map_while(|entry| *entry);
        behind_marker
            .into_iter()
            .find(|id| self.tree.element(*id) == Some(element))
    }

    pub(super) fn remember(&mut self, id: Id) {
        let behind_marker = self
            .formatting
            .iter()
            .rposition(Option::is_none)
            .map_or(0, |marker| marker + 1);
        let alike = |other: &Option<Id>| {
            other.is_some_and(|other| {
                self.tree.element(other) == self.tree.element(id)
                    && self.tree.attributes(other) == self.tree.attributes(id)
            })
        };
        let same: Vec<usize> = (behind_marker..self.formatting.len())
            .filter(|index| alike(&self.formatting[*index]))
            .collect();
        if let [first, _, _, ..] = same[..] {
            self.formatting.remove(first);
        }
        if self.formatting.len() - behind_marker < MAX_FORMATTING {
            self.formatting.push(Some(id));
        }
    }

    /// Opens again the formatting elements that the end of a block has closed.
    pub(super) fn reconstruct(&mut self) {
        let closed = |entry: &Option<Id>| entry.is_some_and(|id| !self.stack.contains(&id));
        let count = self
            .formatting
            .iter()
            .rev()
            .take_while(|entry| closed(entry))
            .count();
        for index in self.formatting.len() - count..self.formatting.len() {
            if let Some(id) = self.formatting[index]
                && self.stack.len() <= MAX_DEPTH
            {
                self.formatting[index] = Some(self.insert_copy(id));
            }
        }
    }

    fn insert_copy(&mut self, id: Id) -> Id {
        let copy = self.copy(id);
        self.tree.append(self.current(), copy);
        self.stack.push(copy);
        copy
    }

    fn copy(&mut self, id: Id) -> Id {
        let data = self.tree.node(id).data.clone();
        self.tree.create(data, None)
    }

    /// The adoption agency algorithm (section 13.2.6.4.7).
    pub(super) fn end_formatting(&mut self, ended: Element) {
        let current = self.current();
        if self.tree.element(current) == Some(ended) && !self.formatting.contains(&Some(current)) {
            self.stack.pop();
            return;
        }
        for _ in 0..8 {
            let Some(element) = self.active(ended) else {
                return self.end_any(ended);
            };
            let Some(index) = self.stack.iter().position(|id| *id == element) else {
                return self.formatting.retain(|entry| *entry != Some(element));
            };
            if !self.is_reachable(index) {
                return;
            }
            let is_special = |id: &Id| self.tree.element(*id).is_some_and(Element::is_special);
            let Some(block) = (index + 1..self.stack.len()).find(|at| is_special(&self.stack[*at])) else {
                self.stack.truncate(index);
                return self.formatting.retain(|entry| *entry != Some(element));
            };
            self.adopt(element, index, block);
        }
    }

    /// Whether no cell or caption stands between the element at `index` of the stack and the current node.
    fn is_reachable(&self, index: usize) -> bool {
        let above = &self.stack[index + 1..];
        !above
            .iter()
            .any(|id| self.tree.element(*id).is_some_and(Element::is_scope))
    }

    /// One round of the algorithm: the formatting element `element`, at `index` of the stack, goes into the block at
    /// `block_index`, and copies of what is between them around it.
    fn adopt(&mut self, element: Id, index: usize, block_index: usize) {
        let ancestor = self.stack[index - 1];
        let block = self.stack[block_index];
        let mut bookmark = self.position(element);
        let mut last = block;
        let between: Vec<Id> = self.stack[index + 1..block_index].to_vec();
        for (round, node) in between.into_iter().rev().enumerate() {
            let mut listed = self.formatting.iter().position(|entry| *entry == Some(node));
            if round >= 3
                && let Some(at) = listed.take()
            {
                self.formatting.remove(at);
                bookmark -= usize::from(at < bookmark);
            }
            let Some(at) = listed else {
                self.stack.retain(|id| *id != node);
                continue;
            };
            let copy = self.copy(node);
            self.formatting[at] = Some(copy);
            self.stack
                .iter_mut()
                .filter(|id| **id == node)
                .for_each(|id| *id = copy);
            if last == block {
                bookmark = at + 1;
            }
            self.tree.detach(last);
            self.tree.append(copy, last);
            last = copy;
        }
        self.tree.detach(last);
        self.tree.append(ancestor, last);
        let copy = self.copy(element);
        self.tree.move_children(block, copy);
        self.tree.append(block, copy);
        let old = self.position(element);
        self.formatting.insert(bookmark, Some(copy));
        self.formatting
            .remove(if old >= bookmark { old + 1 } else { old });
        self.stack.retain(|id| *id != element);
        let behind_block = self
            .stack
            .iter()
            .position(|id| *id == block)
            .map_or(self.stack.len(), |at| at + 1);
        self.stack.insert(behind_block, copy);
    }

    fn position(&self, id: Id) -> usize {
        let found = self.formatting.iter().position(|entry| *entry == Some(id));
        found.unwrap_or(self.formatting.len())
    }
}
