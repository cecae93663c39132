//! A small library for unit tests: two English posts, one French, one picture.

use std::path::PathBuf;

use content::{
    index::Item,
    post::{Dialect, Format},
};

use super::{
    documents::{Documents, Made, Measured},
    targets::Targets,
    urls::Urls,
};
use crate::{
    config::{Config, LanguageConfig},
    library::{Library, LibraryPost},
    read::{Located, Post},
};

/// The smallest shell.
pub const SHELL: &str = concat!(
    r#"<html lang="en" dir="ltr" data-base="/">"#,
    "<title>Passerelle</title><!--passerelle:policy--><!--passerelle:head--><!--passerelle:body-->"
);

/// A post of the sample.
pub fn post(language: &str, source: &str, path: &str, title: &str) -> Post {
    Post {
        source: source.into(),
        logical_path: format!("/{}", source.trim_end_matches(".md")),
        language: language.parse().unwrap(),
        path: path.to_owned(),
        title: title.to_owned(),
        description: None,
        date: "2018-07-10T09:00:00-04:00".to_owned(),
        authors: vec!["A. Author".to_owned()],
        tags: Vec::new(),
        image: None,
        image_text: None,
        aliases: Vec::new(),
        references: Vec::new(),
        body: "Some *words* of a body.\n".to_owned(),
        body_line: 5,
        format: Format::Markdown,
        dialect: Dialect::Goldmark,
    }
}

/// The sample: posts 0 and 2 are translations of each other.
pub fn library() -> Library {
    let mut french = post("fr", "fr/ete.md", "/fr/l-été/", "L’été");
    french.aliases.push(Located {
        text: "/fr/ancien/".to_owned(),
        line: 4,
        column: 10,
    });
    let posts = [
        post("en", "en/summer.md", "/en/summer/", "Summer"),
        post("en", "en/old.md", "/en/old.html", "Old"),
        french,
    ];
    let twins = [vec![2], vec![], vec![0]];
    Library {
        root: PathBuf::from("blog"),
        config: config(),
        languages: vec!["en".parse().unwrap(), "fr".parse().unwrap()],
        posts: posts
            .into_iter()
            .zip(twins)
            .map(|(post, translations)| LibraryPost { post, translations })
            .collect(),
        findings: Vec::new(),
        left_out: 0,
        held_back: 0,
        files: vec![(PathBuf::from("en/bridge.png"), "/img/bridge.png".to_owned())],
    }
}

fn config() -> Config {
    let french = LanguageConfig {
        title: Some("Le <em>carnet</em>".to_owned()),
        description: Some("De l’eau.".to_owned()),
        origin: Some("https://fr.example".to_owned()),
    };
    Config {
        base_path: "/".to_owned(),
        default_language: "en".parse().unwrap(),
        page_size: 1,
        permalink: None,
        typography: true,
        languages: [("fr".parse().unwrap(), french)].into(),
        origins: Vec::new(),
    }
}

/// What the post at `place` is made into; files measure nothing.
pub fn made(library: &Library, place: usize) -> Made {
    let targets = Targets::new(library, Vec::new());
    let documents = Documents {
        library,
        urls: Urls::new(&library.config),
        targets: &targets,
        measure: &|_| Measured::default(),
    };
    documents.make(place)
}

/// The entries of the English posts in the index.
pub fn english_items(library: &Library) -> [Item; 2] {
    [0, 1].map(|place| made(library, place).document.item)
}
