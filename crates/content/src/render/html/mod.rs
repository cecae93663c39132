//! Reading HTML as a browser does, and writing it anew: tokenizer, tree of allowed elements, serializer.
//!
//! The rules are those of the WHATWG's HTML standard, chapter "Parsing HTML documents", for the elements that a post
//! may hold; all others are gone before a tree is built, so that what is written parses back to the same tree.

pub mod attribute;
pub mod builder;
pub mod element;
pub mod entity;
pub mod serialize;
pub mod signs;
pub mod token;
pub mod tree;
