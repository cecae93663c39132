//! Hostile Markdown and HTML: nothing outside the allow-list is in what rendering gives, whatever the post.

use std::collections::BTreeSet;

use ammonia::Builder;
use content::{
    post::{Dialect, Format},
    render::{allowed, inline_html, plain_text, render},
};

use crate::{
    dom::{assert_round_trip, parts, text, violations},
    shared::{body, entries, html, markdown},
};

const DIALECTS: [Dialect; 3] = [Dialect::Kramdown, Dialect::Goldmark, Dialect::Gfm];

/// Identifiers and Markdown of the vectors that were seen to run, and of those that were not.
fn vectors(file: &str) -> Vec<(String, String)> {
    let text = |entry: &serde_json::Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    let all = entries(file).unwrap_or_default();
    all.iter()
        .map(|entry| (text(entry, "id"), text(entry, "markdown")))
        .collect()
}

fn all_vectors() -> Vec<(String, String)> {
    [vectors("xss/vectors.json"), vectors("xss/inert.json")].concat()
}

/// Markdown as a careless renderer gives it: no policy.
fn careless(source: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(
        &mut html,
        pulldown_cmark::Parser::new_ext(source, pulldown_cmark::Options::all()),
    );
    html
}

#[test]
fn no_vector_leaves_anything_outside_the_allow_list() {
    let mut wrong = Vec::new();
    for (id, source) in all_vectors() {
        let rendered = DIALECTS.map(|dialect| markdown(&source, dialect));
        for html in rendered.into_iter().chain([html(&source), inline_html(&source)]) {
            wrong.extend(
                violations(&html)
                    .into_iter()
                    .map(|what| format!("{id}: {what} in {html:?}")),
            );
            assert_round_trip(&html, &source);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_the_policy_the_same_check_reports_most_vectors() {
    let vectors = vectors("xss/vectors.json");
    let reported = vectors
        .iter()
        .filter(|(_, source)| !violations(&careless(source)).is_empty())
        .count();
    println!(
        "{reported} of {} vectors are reported without the policy",
        vectors.len()
    );
    assert!(
        vectors.is_empty() || reported >= 180,
        "{reported} of {}",
        vectors.len()
    );
}

#[test]
fn html_that_ends_in_the_middle_takes_in_no_markdown_behind_it() {
    for (source, shown) in [
        // A tag, a value or a comment without end goes no further than its block.
        ("<div\n\nb *c*", "<p>b <em>c</em></p>\n"),
        (
            "<div title=\"a\n\nb *c*\n\n\" onerror=\"x()\">",
            "<p>b <em>c</em></p>\n<p>\" onerror=\"x()\"&gt;</p>\n",
        ),
        (
            "> <!-- a\n\nb *c*\n\n-->",
            "<blockquote></blockquote>\n<p>b <em>c</em></p>\n<p>--&gt;</p>\n",
        ),
        ("a <![CDATA[ > <b x=\"]]> *c*", "<p>a   <em>c</em></p>\n"),
        // Content that no browser shows goes on until HTML ends it, whatever Markdown means in it.
        (
            "<iframe>\n\nb *c* `</iframe>` <i>d</i>\n\n</iframe>\n\ne",
            "\n<p>e</p>\n",
        ),
        (
            "a <noscript>*b* <img src=x onerror=x()></noscript> c",
            "<p>a  c</p>\n",
        ),
        ("a <svg> [b](c) *d* </svg> e", "<p>a <em>d</em>  e</p>\n"),
        // The text of a field is text.
        (
            "a <textarea>*b* [c](d) &lt;</textarea> *e*",
            "<p>a b c &lt; <em>e</em></p>\n",
        ),
        (
            "a <plaintext> *b* </plaintext> <i>c</i>",
            "<p>a  b &lt;/plaintext&gt; &lt;i&gt;c&lt;/i&gt;\n</p>",
        ),
    ] {
        for dialect in DIALECTS {
            let html = markdown(source, dialect);
            assert_eq!(html, shown, "{source}");
            assert!(violations(&html).is_empty(), "{html}");
            assert_round_trip(&html, source);
        }
    }
}

#[test]
fn a_title_or_description_holds_no_link_and_no_attribute_but_its_language() {
    for (id, source) in all_vectors() {
        for part in parts(&inline_html(&source)) {
            let is_allowed = ["em", "strong", "code", "s", "sub", "sup", "span", "br"]
                .contains(&part.as_str())
                || part.contains(" lang=")
                || part.contains(" dir=");
            assert!(is_allowed, "{id}: {part}");
        }
        let read = text(&inline_html(&source).replace("<br>", " "));
        let read = read.split_ascii_whitespace().collect::<String>();
        assert_eq!(plain_text(&source).replace(' ', ""), read, "{id}");
    }
}

/// A sanitiser that is known to be sound, with our allow-list.
fn oracle() -> Builder<'static> {
    let allowed = allowed();
    let mut builder = Builder::empty();
    builder
        .tags(allowed.elements.keys().copied().collect())
        .tag_attributes(
            allowed
                .elements
                .iter()
                .map(|(name, known)| (*name, known.iter().copied().collect()))
                .collect(),
        )
        .clean_content_tags(
            [
                "iframe", "noembed", "noframes", "noscript", "script", "style", "template", "title",
            ]
            .into_iter()
            .collect(),
        )
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .link_rel(None)
        .strip_comments(true);
    builder
}

/// What finishing adds or writes another way, and what a post's values may be that the oracle does not look at.
fn is_ours(part: &str) -> bool {
    const ADDED: [&str; 12] = [
        " rel=",
        " role=",
        " tabindex=",
        " aria-label=",
        " loading=",
        " decoding=",
        " alt=",
        " id=",
        " headers=",
        " href=#post-",
        " class=scroll",
        " srcset=",
    ];
    ADDED.iter().any(|added| part.contains(added))
        || ["div", "h2", "h3", "h4", "h5", "h6", "tbody", "tr", "td"].contains(&part)
}

#[test]
fn nothing_is_left_that_a_known_sanitiser_would_take_out() {
    let oracle = oracle();
    let mut wrong = Vec::new();
    // Of what HTML stands in a drawing or a formula the sanitiser leaves nothing, we what a browser shows of it.
    let is_html = |source: &str| {
        !["<svg", "<math"]
            .iter()
            .any(|tag| source.to_ascii_lowercase().contains(tag))
    };
    let all = all_vectors();
    let compared: Vec<_> = all.iter().filter(|(_, source)| is_html(source)).collect();
    for (id, source) in &compared {
        let theirs = parts(&oracle.clean(source).to_string());
        // Addresses are written as a browser reads them, without controls at their ends.
        let read = |part: &String| {
            theirs.contains(part) || theirs.iter().any(|other| without_controls(other) == *part)
        };
        let extra: BTreeSet<_> = parts(&html(source))
            .into_iter()
            .filter(|part| !is_ours(part) && !read(part))
            .collect();
        if !extra.is_empty() {
            wrong.push(format!("{id}: {extra:?}\n  of {source:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        all.is_empty() || compared.len() > 250,
        "{} compared",
        compared.len()
    );
}

fn without_controls(part: &str) -> String {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    let value: String = value
        .trim_matches(|c| c <= ' ')
        .chars()
        .filter(|c| !"\t\n\r".contains(*c))
        .collect();
    format!("{name}={value}")
}

#[test]
fn what_was_taken_out_is_told_with_its_place() {
    for (source, at, what) in [
        ("a <script>x</script>", 2, "element <script>"),
        ("a\n\n<p onclick=x>b</p>", 3, "attribute onclick of <p>"),
        ("é [a](javascript:x)", 3, "the destination \"javascript:x\""),
        ("![a](data:x)", 0, "the address \"data:x\""),
        ("<b class=\"x\">a</b>", 0, "class \"x\" was left out"),
        ("<b style=x>a</b>", 0, "attribute style of <b> was left out"),
    ] {
        let remarks = render(&body(source, Format::Markdown, Dialect::Gfm)).remarks;
        let found = remarks.iter().find(|remark| remark.message.starts_with(what));
        assert_eq!(
            found.map(|remark| remark.offset),
            Some(at),
            "{source}: {remarks:?}"
        );
    }
}
