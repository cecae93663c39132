//! What the policy leaves of a body, and what the Markdown writer knows of it.

use super::html::tree::{Id, Tree};

/// What the Markdown writer knows of an element that it wrote and an author cannot claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Special {
    /// The `code` of a code block, in the language that the fence named.
    Code(String),
    /// The `code` that holds the source of a formula, displayed or inline.
    Math {
        /// Whether it was `$$…$$`.
        display: bool,
    },
    /// A link from the text to a footnote.
    Reference,
    /// The section with the footnotes.
    Footnotes,
    /// A link from a footnote back to the text.
    BackLink,
    /// The mark of an item of a task list, done or to do.
    Task(bool),
}

/// The special elements, in the order in which they were made.
#[derive(Debug, Default)]
pub struct Specials(Vec<(Id, Special)>);

impl Specials {
    /// Says what an element is that was made behind all that are known.
    pub fn add(&mut self, id: Id, special: Special) {
        self.0.push((id, special));
    }

    /// What an element is.
    pub fn get(&self, id: Id) -> Option<&Special> {
        let index = self.0.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        self.0.get(index).map(|(_, special)| special)
    }
}

/// What is left of a body.
#[derive(Debug)]
pub struct Page {
    /// Allowed elements and text.
    pub tree: Tree,
    /// Which of its elements are special.
    pub specials: Specials,
}
