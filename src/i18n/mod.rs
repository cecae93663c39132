//! The interface words of the page that is shown, by context. The words themselves are [`content::words`], which both
//! ends share.

mod problem;

pub use problem::{Remedy, Said, say, why_not_saved};

use content::{language::Language, words::Words};
use leptos::prelude::*;

/// The interface in the language of a page.
#[derive(Clone, Copy, Debug)]
pub struct Interface {
    /// The words.
    pub words: &'static Words,
    /// `lang` for what holds interface words, where the page's own language has none and they are in another.
    pub lang: Option<&'static str>,
}

impl Interface {
    /// The interface of a page in `language`.
    pub fn of(language: &Language) -> Interface {
        let words = Words::of(language);
        Interface {
            words,
            lang: (words.tag != language.primary()).then_some(words.tag),
        }
    }

    /// Gives what is drawn below its words.
    pub fn provide(language: &Language) -> Interface {
        let interface = Interface::of(language);
        provide_context(interface);
        interface
    }
}

/// The interface of the page that the component stands in.
///
/// # Panics
/// Outside [`Interface::provide`]: a mistake in the code, not in the data.
pub fn use_interface() -> Interface {
    expect_context()
}
