//! Real posts: nothing is shown raw, no word is lost, and what is written comes back the same.

use std::{collections::BTreeMap, fs, path::PathBuf};

use content::{
    post::{Body, Dialect, Format},
    render::{destinations, render},
};

use crate::{
    dom::{assert_round_trip, text, violations},
    shared::{beside, body},
};

/// Every post: its path and body.
fn posts() -> Vec<(PathBuf, Body)> {
    let mut posts = Vec::new();
    let mut folders: Vec<PathBuf> = beside("corpus").into_iter().collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(body) = read(&path) {
                posts.push((path, body));
            }
        }
    }
    posts.sort_by(|a, b| a.0.cmp(&b.0));
    posts
}

/// The body of a file with front matter.
fn read(path: &std::path::Path) -> Option<Body> {
    let format = match path.extension()?.to_str()? {
        "md" => Format::Markdown,
        "html" => Format::Html,
        _ => return None,
    };
    let file = fs::read_to_string(path).ok()?;
    let (_, source) = file
        .trim_start_matches('\u{FEFF}')
        .strip_prefix("---")?
        .split_once("\n---")?;
    let is_hugo = path.components().any(|part| part.as_os_str() == "content");
    let dialect = if is_hugo {
        Dialect::Goldmark
    } else {
        Dialect::Kramdown
    };
    Some(body(source.trim_start_matches('-'), format, dialect))
}

#[test]
fn nothing_of_a_post_is_shown_raw() {
    for (path, body) in posts() {
        let html = render(&body).html;
        let shown = text(&html);
        for raw in ["{:", "{%", "{{<", "{{%", "] (http", "](http", "<p>", "</", "<div"] {
            assert!(!shown.contains(raw), "{}: {raw} is shown", path.display());
        }
        let (violations, remarks) = (violations(&html), render(&body).remarks);
        assert!(violations.is_empty(), "{}: {violations:?}", path.display());
        assert!(
            remarks
                .iter()
                .all(|remark| body.source.is_char_boundary(remark.offset)),
            "{remarks:?}"
        );
    }
}

#[test]
fn what_is_written_of_a_post_comes_back_the_same() {
    for (path, mut body) in posts() {
        body.language = "fr".parse().unwrap();
        body.typography = true;
        assert_round_trip(&render(&body).html, &path.display().to_string());
    }
}

/// How often each word is in a text.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// What the parser of Markdown and an HTML parser read, without our conversions and our policy.
fn reference(body: &Body) -> String {
    let mut html = body.source.clone();
    if body.format == Format::Markdown {
        html.clear();
        let mut options =
            pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
        options |= pulldown_cmark::Options::ENABLE_FOOTNOTES;
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&body.source, options));
    }
    text(&html)
}

#[test]
fn no_word_of_a_post_is_lost() {
    let mut lost = Vec::new();
    for (path, body) in posts() {
        let ours = words(&text(&render(&body).html));
        let mut missing = words(&reference(&body));
        missing.retain(|word, count| ours.get(word).is_none_or(|ours| ours < count));
        if missing.is_empty() {
            continue;
        }
        // A word of an address, of an attribute list or of a tag was shown raw, and is not any more.
        let markup = markup(&body);
        missing.retain(|word, _| !markup.contains(word));
        lost.extend(missing.keys().map(|word| format!("{}: {word:?}", path.display())));
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// All addresses, attribute lists and tags of the source.
fn markup(body: &Body) -> String {
    let between = |open: &str, close: char| -> String {
        body.source
            .split(open)
            .skip(1)
            .filter_map(|part| part.split(close).next())
            .collect()
    };
    let addresses: String = destinations(body)
        .into_iter()
        .map(|found| found.destination + " ")
        .collect();
    let tags = if body.format == Format::Markdown {
        between("<", '>')
    } else {
        String::new()
    };
    addresses + &between("{:", '}') + &tags
}

#[test]
fn every_post_is_there_when_the_posts_are() {
    let posts = posts();
    assert!(posts.is_empty() || posts.len() > 300, "{} posts", posts.len());
}
