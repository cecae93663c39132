//! The names of attributes that an element may have, each a number, so that they are compared as one.

use std::borrow::Cow;

/// An attribute: its name and its value.
pub type Attribute = (Name, Cow<'static, str>);

macro_rules! names {
    ($($variant:ident $name:literal,)*) => {
        /// The name of an attribute: of the allow-list, or one that finishing adds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Name {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        const NAMES: &[(&str, &str, Name)] = &[$(($name, concat!(" ", $name, "=\""), Name::$variant),)*];
    };
}

names! {
    Abbr "abbr",
    Alt "alt",
    AriaLabel "aria-label",
    Cite "cite",
    Class "class",
    Colspan "colspan",
    Datetime "datetime",
    Decoding "decoding",
    Dir "dir",
    Headers "headers",
    Height "height",
    Href "href",
    Hreflang "hreflang",
    Id "id",
    Lang "lang",
    Loading "loading",
    Named "name",
    Open "open",
    Rel "rel",
    Reversed "reversed",
    Role "role",
    Rowspan "rowspan",
    Scope "scope",
    Sizes "sizes",
    Span "span",
    Src "src",
    Srcset "srcset",
    Start "start",
    Tabindex "tabindex",
    Title "title",
    Type "type",
    Value "value",
    Width "width",
}

impl Name {
    /// The name that is written so, in lower case.
    pub fn of(name: &str) -> Option<Name> {
        let found = NAMES.iter().find(|(known, ..)| *known == name);
        found.map(|(.., name)| *name)
    }

    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        NAMES[self as usize].0
    }

    /// What stands before the value in a tag.
    pub fn before_value(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// Every name.
    pub fn all() -> impl Iterator<Item = Name> {
        NAMES.iter().map(|(.., name)| *name)
    }
}

/// Names as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names(u64);

impl Names {
    /// The set of these names.
    pub const fn of(names: &[Name]) -> Self {
        let mut set = 0;
        let mut index = 0;
        while index < names.len() {
            set |= 1 << names[index] as u64;
            index += 1;
        }
        Names(set)
    }

    /// Whether a name is in it.
    pub fn has(self, name: Name) -> bool {
        self.0 & 1 << name as u64 != 0
    }

    /// Puts a name in; false when it was in already.
    pub fn add(&mut self, name: Name) -> bool {
        let is_new = !self.has(name);
        self.0 |= 1 << name as u64;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found() {
        assert!(NAMES.len() <= 64);
        assert!(Name::all().all(|name| Name::of(name.as_str()) == Some(name)));
        assert_eq!(Name::of("onclick"), None);
    }
}
