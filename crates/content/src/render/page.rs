//! The HTML that Markdown became, before the policy, and where each part of it comes from.

use super::convert::Converted;

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

/// HTML with its origins. Positions are byte offsets.
#[derive(Debug, Default)]
pub struct Page {
    /// The HTML: not safe.
    pub html: String,
    /// From a position in `html` on, where the source stands, and whether byte for byte.
    origins: Vec<(usize, usize, bool)>,
    specials: Vec<(usize, Special)>,
}

impl Page {
    /// A source that is HTML already.
    pub fn converted(source: &Converted) -> Self {
        let origins = source
            .pieces()
            .map(|(text, source)| (text, source, true))
            .collect();
        Page {
            html: source.text.to_string(),
            origins,
            specials: Vec::new(),
        }
    }

    /// What is written from now on comes from `source`.
    pub fn origin(&mut self, source: usize) {
        self.origins.push((self.html.len(), source, false));
    }

    /// Writes a part of the source as it is.
    pub fn copy(&mut self, html: &str, source: usize) {
        self.origins.push((self.html.len(), source, true));
        self.html.push_str(html);
    }

    /// Says what the tag is that is written next.
    pub fn special(&mut self, special: Special) {
        self.specials.push((self.html.len(), special));
    }

    /// Where in the source a position of `html` comes from.
    pub fn source_of(&self, at: usize) -> usize {
        let index = self.origins.partition_point(|(html, ..)| *html <= at);
        match index.checked_sub(1).and_then(|index| self.origins.get(index)) {
            Some((html, source, true)) => source + (at - html),
            Some((_, source, false)) => *source,
            None => 0,
        }
    }

    /// What the tag at a position is.
    pub fn special_at(&self, at: usize) -> Option<&Special> {
        let index = self.specials.binary_search_by_key(&at, |(html, _)| *html).ok()?;
        self.specials.get(index).map(|(_, special)| special)
    }
}
