//! The elements that a post may hold, with their own attributes: the allow-list, and what the tree builder must know.

use super::attribute::{Name, Names};

/// How the tree builder treats an element (WHATWG HTML, section 13.2.6.4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A block: its start tag closes an open `p`.
    Block,
    /// `li`, `dd`, `dt`: closes its like, and an open `p`.
    Item,
    /// h1 to h6.
    Heading,
    /// Opened again in the next block when its end tag is missing.
    Formatting,
    /// Any other inline element.
    Inline,
    /// An inline element without content.
    Void,
    /// A part of a table.
    Table,
}

/// What is known of an element.
struct Known {
    element: Element,
    name: &'static str,
    end_tag: &'static str,
    kind: Kind,
    /// The attributes that it may have beside [`GLOBAL`].
    own: Names,
}

/// Attributes that every element may have.
const GLOBAL: Names = Names::of(&[Name::Class, Name::Dir, Name::Id, Name::Lang, Name::Title]);

macro_rules! elements {
    ($($variant:ident $name:literal $kind:ident [$($own:ident)*],)*) => {
        /// An element of the allow-list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Element {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        const ELEMENTS: &[Known] = &[$(Known {
            element: Element::$variant,
            name: $name,
            end_tag: concat!("</", $name, ">"),
            kind: Kind::$kind,
            own: Names::of(&[$(Name::$own),*]),
        },)*];
    };
}

// In order of their names.
elements! {
    A "a" Formatting [Href Hreflang Named],
    Abbr "abbr" Inline [],
    Article "article" Block [],
    Aside "aside" Block [],
    B "b" Formatting [],
    Blockquote "blockquote" Block [Cite],
    Br "br" Void [],
    Caption "caption" Table [],
    Cite "cite" Inline [],
    Code "code" Formatting [],
    Col "col" Table [Span],
    Colgroup "colgroup" Table [Span],
    Dd "dd" Item [],
    Del "del" Inline [Cite Datetime],
    Details "details" Block [Open],
    Dfn "dfn" Inline [],
    Div "div" Block [],
    Dl "dl" Block [],
    Dt "dt" Item [],
    Em "em" Formatting [],
    Figcaption "figcaption" Block [],
    Figure "figure" Block [],
    Footer "footer" Block [],
    H1 "h1" Heading [],
    H2 "h2" Heading [],
    H3 "h3" Heading [],
    H4 "h4" Heading [],
    H5 "h5" Heading [],
    H6 "h6" Heading [],
    Header "header" Block [],
    Hr "hr" Block [],
    I "i" Formatting [],
    Img "img" Void [Alt Height Sizes Src Srcset Width],
    Ins "ins" Inline [Cite Datetime],
    Kbd "kbd" Inline [],
    Li "li" Item [Value],
    Mark "mark" Inline [],
    Ol "ol" Block [Reversed Start Type],
    P "p" Block [],
    Pre "pre" Block [],
    Q "q" Inline [Cite],
    S "s" Formatting [],
    Samp "samp" Inline [],
    Section "section" Block [],
    Small "small" Formatting [],
    Span "span" Inline [],
    Strike "strike" Formatting [],
    Strong "strong" Formatting [],
    Sub "sub" Inline [],
    Summary "summary" Block [],
    Sup "sup" Inline [],
    Table "table" Table [],
    Tbody "tbody" Table [],
    Td "td" Table [Colspan Headers Rowspan],
    Tfoot "tfoot" Table [],
    Th "th" Table [Abbr Colspan Headers Rowspan Scope],
    Thead "thead" Table [],
    Time "time" Inline [Datetime],
    Tr "tr" Table [],
    U "u" Formatting [],
    Ul "ul" Block [],
    Var "var" Inline [],
}

/// From where to where in [`ELEMENTS`] the names stand that begin with a letter.
const BY_LETTER: [u8; 27] = {
    let mut from = [0; 27];
    let mut index = 0;
    while index < ELEMENTS.len() {
        let letter = (ELEMENTS[index].name.as_bytes()[0] - b'a') as usize;
        let mut behind = letter + 1;
        while behind < from.len() {
            from[behind] = index as u8 + 1;
            behind += 1;
        }
        index += 1;
    }
    from
};

impl Element {
    /// The allowed element of a name in lower case.
    pub fn of(name: &str) -> Option<Element> {
        // HTML reads `<image>` as `<img>`.
        let name = if name == "image" { "img" } else { name };
        let letter = usize::from(name.as_bytes().first()?.checked_sub(b'a')?);
        let (from, to) = (*BY_LETTER.get(letter)?, *BY_LETTER.get(letter + 1)?);
        let alike = ELEMENTS.get(usize::from(from)..usize::from(to))?;
        alike
            .iter()
            .find(|known| known.name == name)
            .map(|known| known.element)
    }

    /// Every allowed element.
    pub fn all() -> impl Iterator<Item = Element> {
        ELEMENTS.iter().map(|known| known.element)
    }

    fn known(self) -> &'static Known {
        &ELEMENTS[self as usize]
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// Its end tag.
    pub fn end_tag(self) -> &'static str {
        self.known().end_tag
    }

    /// All attributes that it may have.
    pub fn attributes(self) -> impl Iterator<Item = Name> {
        Name::all().filter(move |name| self.may_have(*name))
    }

    /// Whether it may have an attribute.
    pub fn may_have(self, attribute: Name) -> bool {
        GLOBAL.has(attribute) || self.known().own.has(attribute)
    }

    /// Whether it has no content and no end tag.
    pub fn is_void(self) -> bool {
        self.known().kind == Kind::Void || matches!(self, Element::Hr | Element::Col)
    }

    /// Whether it is a formatting element.
    pub fn is_formatting(self) -> bool {
        self.known().kind == Kind::Formatting
    }

    /// Whether its start tag closes an open `p` and its end tag all that is open in it.
    pub fn is_block(self) -> bool {
        matches!(self.known().kind, Kind::Block | Kind::Heading) || self == Element::Table
    }

    /// Whether it is one of h1 to h6.
    pub fn is_heading(self) -> bool {
        self.known().kind == Kind::Heading
    }

    /// Whether it is a part of a table, but no table.
    pub fn is_table_part(self) -> bool {
        self.known().kind == Kind::Table && self != Element::Table
    }

    /// Whether it is "special": formatting does not reach across it.
    pub fn is_special(self) -> bool {
        !matches!(self.known().kind, Kind::Formatting | Kind::Inline)
    }

    /// Whether an end tag outside it does not reach into it.
    pub fn is_scope(self) -> bool {
        matches!(
            self,
            Element::Caption | Element::Table | Element::Td | Element::Th
        )
    }

    /// Whether the end of what is around it ends it too.
    pub fn end_is_implied(self) -> bool {
        self.known().kind == Kind::Item || self == Element::P
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_in_order_so_that_each_is_found() {
        assert!(ELEMENTS.is_sorted_by_key(|known| known.name));
        assert!(Element::all().all(|element| Element::of(element.name()) == Some(element)));
        for name in ["", "script", "aa", "A", "é", "{"] {
            assert_eq!(Element::of(name), None);
        }
    }
}
