//! The few words that rendering adds for screen readers, in the language of the post.

use crate::language::Language;

/// Labels.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// Of the box that a wide table scrolls in.
    pub table: &'static str,
    /// Of the section of footnotes.
    pub footnotes: &'static str,
    /// Of the link from a footnote back to the text.
    pub back: &'static str,
    /// Of the mark of a task that is done.
    pub done: &'static str,
    /// Of the mark of a task that is not.
    pub to_do: &'static str,
}

const ENGLISH: Words = Words {
    table: "Table",
    footnotes: "Footnotes",
    back: "Back to the text",
    done: "Done:",
    to_do: "To do:",
};

const FRENCH: Words = Words {
    table: "Tableau",
    footnotes: "Notes",
    back: "Retour au texte",
    done: "Fait :",
    to_do: "À faire :",
};

impl Words {
    /// The words of a language; `None` where there are none: then a part stays without label rather than to be read
    /// out in another language.
    pub fn of(language: &Language) -> Option<&'static Words> {
        match language.primary() {
            "en" => Some(&ENGLISH),
            "fr" => Some(&FRENCH),
            _ => None,
        }
    }
}
