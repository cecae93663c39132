//! Ids of headings, as the generator made them that a post was written for, so that old `#fragments` still lead there.

use std::collections::BTreeMap;

use crate::post::Dialect;

/// Makes ids, and knows which are taken.
pub struct Slugs {
    dialect: Dialect,
    /// How often each id was made.
    taken: BTreeMap<String, usize>,
}

impl Slugs {
    /// None is taken.
    pub fn new(dialect: Dialect) -> Self {
        Slugs {
            dialect,
            taken: BTreeMap::new(),
        }
    }

    /// An id that the author gave.
    pub fn take(&mut self, id: &str) {
        // kramdown counts only the ids that it made itself.
        if self.dialect != Dialect::Kramdown && !self.taken.contains_key(id) {
            self.taken.insert(id.to_owned(), 0);
        }
    }

    /// The id of a heading's text.
    pub fn make(&mut self, text: &str) -> String {
        let slug = match self.dialect {
            Dialect::Kramdown => kramdown(text),
            Dialect::Goldmark => goldmark(text),
            Dialect::Gfm => github(text),
        };
        let Some(mut count) = self.taken.get(&slug).copied() else {
            self.taken.insert(slug.clone(), 0);
            return slug;
        };
        let numbered = loop {
            count += 1;
            let numbered = format!("{slug}-{count}");
            if self.dialect == Dialect::Kramdown {
                break numbered;
            }
            if !self.taken.contains_key(&numbered) {
                self.taken.insert(numbered.clone(), 0);
                break numbered;
            }
        };
        self.taken.insert(slug, count);
        numbered
    }
}

/// kramdown-parser-gfm, `generate_gfm_header_id`: what Jekyll has used since 3.0. Ruby's `\p{Word}`, `-`, space and tab
/// stay.
fn kramdown(text: &str) -> String {
    let mut slug = lower_case(text);
    slug.retain(|c| is_word(c) || matches!(c, '-' | ' ' | '\t'));
    slug.replace([' ', '\t'], "-")
}

/// Hugo's `sanitizeAnchorName` with `autoHeadingIDType = "github"`, its default.
fn goldmark(text: &str) -> String {
    let text = text.trim();
    let mut slug = if text.contains('Σ') {
        // Go looks at each letter alone: for it no sigma is the last.
        lower_case(&text.replace('Σ', "σ"))
    } else {
        lower_case(text)
    };
    slug.retain(|c| c.is_alphanumeric() || matches!(c, '-' | ' ' | '_'));
    if slug.is_empty() {
        "heading".to_owned()
    } else {
        slug.replace(' ', "-")
    }
}

/// GitHub's: of the text as it is read.
fn github(text: &str) -> String {
    let mut slug = lower_case(text.trim());
    slug.retain(|c| is_word(c) || matches!(c, '-' | ' '));
    slug.replace(' ', "-")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || !c.is_ascii() && is_mark(c)
}

#[cfg(not(target_arch = "wasm32"))]
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The browser has the table already.
#[cfg(target_arch = "wasm32")]
fn is_mark(c: char) -> bool {
    js_sys::RegExp::new("\\p{M}", "u").test(c.encode_utf8(&mut [0; 4]))
}

/// A text in small letters.
#[cfg(not(target_arch = "wasm32"))]
pub fn lower_case(text: &str) -> String {
    text.to_lowercase()
}

/// The browser has the table already; it is asked only where a text has other letters than those of Latin-1.
#[cfg(target_arch = "wasm32")]
pub fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_plain = |c| matches!(c, '\0'..='\u{FF}' | '\u{2000}'..='\u{206F}');
    if !text.chars().all(is_plain) {
        return js_sys::JsString::from(text).to_lower_case().into();
    }
    let small = text.chars().map(|c| match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => char::from(c as u8 + 32),
        _ => c,
    });
    small.collect()
}
