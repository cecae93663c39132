//! From files to posts: finds them, reads their front matter, tells their language and their dates.

mod cure;
pub mod date;
pub mod front_matter;
pub mod generator;
pub mod manuscript;
mod quoted;
pub mod tree;
pub mod walk;
pub mod yaml;

use std::path::PathBuf;

use content::{
    language::Language,
    post::{Dialect, Format},
};

/// One post, read, not yet resolved against the others.
#[derive(Clone, Debug)]
pub struct Post {
    /// The file, from the content folder.
    pub source: PathBuf,
    /// Its language.
    pub language: Language,
    /// Its place among the posts of its language, as Hugo's `ref` names it ("logical path"): the folders below the
    /// content, and the name without extension: `/posts/l-été`. In other trees the folders are those from the root.
    pub logical_path: String,
    /// The permalink's path from the site's root, without base path, decoded, NFC: `/2018/07/10/l-été/`.
    pub path: String,
    /// The title as the author wrote it (HTML, entities and Markdown may be in it).
    pub title: String,
    /// The description as the author wrote it.
    pub description: Option<String>,
    /// RFC 3339 with the author's offset, `Z` where there was none.
    pub date: String,
    /// Authors as written; one entry unless the front matter had a list.
    pub authors: Vec<String>,
    /// Categories and tags.
    pub tags: Vec<String>,
    /// The main image as the author wrote it.
    pub image: Option<Located>,
    /// The main image's text, as the author wrote it; `None` when there was no such key.
    pub image_text: Option<String>,
    /// Earlier URLs of the post (`aliases`, `redirect_from`): decoded paths, and where they are written.
    pub aliases: Vec<Located>,
    /// References to its translations, in the order of trust: `translationKey`, `ref`, `trans_url`.
    pub references: Vec<Reference>,
    /// From behind the front matter to the end of the file.
    pub body: String,
    /// The line of the file on which `body` begins, from 1.
    pub body_line: u32,
    /// How the body is written.
    pub format: Format,
    /// Whose Markdown it is.
    pub dialect: Dialect,
}

/// A value of the front matter with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The value.
    pub text: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// How a post names its translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Which key said so.
    pub kind: ReferenceKind,
    /// What it said, and where.
    pub value: Located,
}

/// The keys that name a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// Hugo's `translationKey`: posts of one key are translations.
    TranslationKey,
    /// `ref`, as Jekyll blogs use it: the same.
    Ref,
    /// `trans_url`: the translation's permalink.
    TransUrl,
}

impl ReferenceKind {
    /// The key of the front matter, as it is usually written.
    pub fn key(self) -> &'static str {
        match self {
            ReferenceKind::TranslationKey => "translationKey",
            ReferenceKind::Ref => "ref",
            ReferenceKind::TransUrl => "trans_url",
        }
    }
}
