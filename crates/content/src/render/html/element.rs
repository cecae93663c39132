//! The elements that a post may hold, with their own attributes: the allow-list, and what the tree builder must know.

/// An element of the allow-list.
#[derive(Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// The attributes it may have beside [`GLOBAL_ATTRIBUTES`].
    pub attributes: &'static [&'static str],
    kind: Kind,
}

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

/// Attributes that every element may have.
const GLOBAL_ATTRIBUTES: &[&str] = &["class", "dir", "id", "lang", "title"];

const fn element(name: &'static str, kind: Kind, attributes: &'static [&'static str]) -> Element {
    Element {
        name,
        attributes,
        kind,
    }
}

/// In order of their names.
const ELEMENTS: &[Element] = &[
    element("a", Kind::Formatting, &["href", "hreflang", "name"]),
    element("abbr", Kind::Inline, &[]),
    element("article", Kind::Block, &[]),
    element("aside", Kind::Block, &[]),
    element("b", Kind::Formatting, &[]),
    element("blockquote", Kind::Block, &["cite"]),
    element("br", Kind::Void, &[]),
    element("caption", Kind::Table, &[]),
    element("cite", Kind::Inline, &[]),
    element("code", Kind::Formatting, &[]),
    element("col", Kind::Table, &["span"]),
    element("colgroup", Kind::Table, &["span"]),
    element("dd", Kind::Item, &[]),
    element("del", Kind::Inline, &["cite", "datetime"]),
    element("details", Kind::Block, &["open"]),
    element("dfn", Kind::Inline, &[]),
    element("div", Kind::Block, &[]),
    element("dl", Kind::Block, &[]),
    element("dt", Kind::Item, &[]),
    element("em", Kind::Formatting, &[]),
    element("figcaption", Kind::Block, &[]),
    element("figure", Kind::Block, &[]),
    element("footer", Kind::Block, &[]),
    element("h1", Kind::Heading, &[]),
    element("h2", Kind::Heading, &[]),
    element("h3", Kind::Heading, &[]),
    element("h4", Kind::Heading, &[]),
    element("h5", Kind::Heading, &[]),
    element("h6", Kind::Heading, &[]),
    element("header", Kind::Block, &[]),
    element("hr", Kind::Block, &[]),
    element("i", Kind::Formatting, &[]),
    element(
        "img",
        Kind::Void,
        &["alt", "height", "sizes", "src", "srcset", "width"],
    ),
    element("ins", Kind::Inline, &["cite", "datetime"]),
    element("kbd", Kind::Inline, &[]),
    element("li", Kind::Item, &["value"]),
    element("mark", Kind::Inline, &[]),
    element("ol", Kind::Block, &["reversed", "start", "type"]),
    element("p", Kind::Block, &[]),
    element("pre", Kind::Block, &[]),
    element("q", Kind::Inline, &["cite"]),
    element("s", Kind::Formatting, &[]),
    element("samp", Kind::Inline, &[]),
    element("section", Kind::Block, &[]),
    element("small", Kind::Formatting, &[]),
    element("span", Kind::Inline, &[]),
    element("strike", Kind::Formatting, &[]),
    element("strong", Kind::Formatting, &[]),
    element("sub", Kind::Inline, &[]),
    element("summary", Kind::Block, &[]),
    element("sup", Kind::Inline, &[]),
    element("table", Kind::Table, &[]),
    element("tbody", Kind::Table, &[]),
    element("td", Kind::Table, &["align", "colspan", "headers", "rowspan"]),
    element("tfoot", Kind::Table, &[]),
    element(
        "th",
        Kind::Table,
        &["abbr", "align", "colspan", "headers", "rowspan", "scope"],
    ),
    element("thead", Kind::Table, &[]),
    element("time", Kind::Inline, &["datetime"]),
    element("tr", Kind::Table, &[]),
    element("u", Kind::Formatting, &[]),
    element("ul", Kind::Block, &[]),
    element("var", Kind::Inline, &[]),
];

impl Element {
    /// The allowed element of a name in lower case.
    pub fn of(name: &str) -> Option<&'static Element> {
        // HTML reads `<image>` as `<img>`.
        let name = if name == "image" { "img" } else { name };
        ELEMENTS
            .binary_search_by(|element| element.name.cmp(name))
            .ok()
            .and_then(|index| ELEMENTS.get(index))
    }

    /// Every allowed element.
    pub fn all() -> impl Iterator<Item = &'static Element> {
        ELEMENTS.iter()
    }

    /// The names of all attributes that it may have.
    pub fn all_attributes(&self) -> impl Iterator<Item = &'static str> {
        GLOBAL_ATTRIBUTES.iter().chain(self.attributes).copied()
    }

    /// The name of an attribute that it may have.
    pub fn attribute(&self, name: &str) -> Option<&'static str> {
        self.all_attributes().find(|known| *known == name)
    }

    /// Whether it has no content and no end tag.
    pub fn is_void(&self) -> bool {
        self.kind == Kind::Void || matches!(self.name, "hr" | "col")
    }

    /// Whether it is a formatting element.
    pub fn is_formatting(&self) -> bool {
        self.kind == Kind::Formatting
    }

    /// Whether its start tag closes an open `p` and its end tag all that is open in it.
    pub fn is_block(&self) -> bool {
        matches!(self.kind, Kind::Block | Kind::Heading) || self.name == "table"
    }

    /// Whether it is one of h1 to h6.
    pub fn is_heading(&self) -> bool {
        self.kind == Kind::Heading
    }

    /// Whether it is a part of a table, but no table.
    pub fn is_table_part(&self) -> bool {
        self.kind == Kind::Table && self.name != "table"
    }

    /// Whether it is "special": formatting does not reach across it.
    pub fn is_special(&self) -> bool {
        !matches!(self.kind, Kind::Formatting | Kind::Inline)
    }

    /// Whether an end tag outside it does not reach into it.
    pub fn is_scope(&self) -> bool {
        matches!(self.name, "caption" | "table" | "td" | "th")
    }

    /// Whether the end of what is around it ends it too.
    pub fn end_is_implied(&self) -> bool {
        self.kind == Kind::Item || self.name == "p"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_in_order_so_that_each_is_found() {
        assert!(ELEMENTS.is_sorted_by_key(|element| element.name));
        assert!(
            ELEMENTS
                .iter()
                .all(|element| Element::of(element.name) == Some(element))
        );
        assert_eq!(Element::of("script"), None);
    }
}
