//! A post's own JSON (`index.json` beside its page): all that is needed to open it without the index.

use serde::{Deserialize, Serialize};

use crate::{
    index::{Item, Translation},
    language::Language,
};

/// One post, complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostDocument {
    /// [`crate::index::FORMAT_VERSION`] of the writer.
    pub version: u32,
    /// Its entry in the index.
    pub item: Item,
    /// Its body, as the author wrote it, and what the build found out about it.
    pub body: Body,
    /// The next older post of the language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Neighbour>,
    /// The next newer post of the language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Neighbour>,
}

impl PostDocument {
    /// The twins of this post.
    pub fn translations(&self) -> &[Translation] {
        &self.item.passerelle.translations
    }
}

/// A neighbouring post, enough for a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Its permalink, written as [`Item::url`] is.
    pub url: String,
    /// Its title, plain text.
    pub title: String,
}

/// The body of a post before rendering: what [`crate::render::render`] takes, natively and in the browser alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The source, from behind the front matter to the end of the file.
    pub source: String,
    /// How the source is written.
    pub format: Format,
    /// Whose dialect of Markdown it is.
    pub dialect: Dialect,
    /// The language of the post, for typography.
    pub language: Language,
    /// The path that the site stands under, with a slash at both ends: what `{{ site.baseurl }}` and the like in the
    /// source begin with. Empty for the root.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base_path: String,
    /// Links that the source makes to the blog's own pages, resolved by the build.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<OwnLink>,
    /// Images whose file was at hand when the site was built.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<OwnImage>,
    /// Whether French typography (no-break spaces) is mended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub typography: bool,
    /// Code and math that the build rendered, so that the browser carries no grammar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prepared: Vec<Prepared>,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `.md`, `.markdown`.
    Markdown,
    /// `.html`: Jekyll and Hugo pass it through without Markdown.
    Html,
}

/// Whose Markdown a post was written for: heading ids, attribute lists and shortcodes differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Jekyll's default Markdown.
    Kramdown,
    /// Hugo's default Markdown.
    Goldmark,
    /// A plain folder: GitHub's rules.
    Gfm,
}

/// A link of a post to the blog itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLink {
    /// The destination exactly as the Markdown parser or the HTML tokenizer reads it from the source.
    pub href: String,
    /// Where it leads: from the root, base path included, with the query of `href`, and with its fragment as rendering
    /// writes the id ([`crate::render::fragment_id`]) where the target is a post.
    pub url: String,
    /// The language of the target, where it is not the post's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// An image of a post whose file the build has read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnImage {
    /// The source exactly as the Markdown parser or the HTML tokenizer reads it.
    pub src: String,
    /// Where it stands in the site: from the root, base path included.
    pub url: String,
    /// Width and height in pixels, where the file tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
}

/// A code block or formula that the build has rendered once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The source it stands for: the text of the code block or of the formula.
    pub source: String,
    /// What it is.
    pub kind: PreparedKind,
    /// The HTML of it: `<span class="…">` alone for code, MathML for math. It goes through a policy of its own.
    pub html: String,
}

/// What was prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "type", content = "language")]
pub enum PreparedKind {
    /// Code in the language that the fence named.
    Code(String),
    /// `$…$`.
    Inline,
    /// `$$…$$`.
    Display,
}
