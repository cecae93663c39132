//! A recipe out of `docs/deploying.md`, put to the test's own folder, port and base path.

use std::fs;

use passerelle_tests::repository;

/// The fenced block of this language.
pub fn block(language: &str) -> String {
    let docs = fs::read_to_string(repository::root().join("docs/deploying.md")).unwrap();
    let (_, behind) = docs
        .split_once(&format!("\n```{language}\n"))
        .expect("docs/deploying.md has the recipe");
    let (block, _) = behind.split_once("\n```\n").expect("the recipe ends");
    block.to_owned()
}

/// `text` with `from`, which must stand in it, as `to`.
pub fn put(text: &str, from: &str, to: &str) -> String {
    assert!(
        text.contains(from),
        "the recipe has no {from:?} any more:\n{text}"
    );
    text.replace(from, to)
}

/// The base path where the documentation says that it goes.
pub fn under(text: &str, base_path: &str) -> String {
    let text = put(text, "^/assets/", &format!("^{base_path}assets/"));
    put(&text, "/404.html", &format!("{base_path}404.html"))
}
