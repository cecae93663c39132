//! However deep or long a post is, rendering ends, overflows nothing and stays in proportion.
//!
//! Time is measured by the `render_time` example; here only what a slow machine cannot change is held.

use content::{
    post::{Dialect, Format},
    render::{body_text, destinations, inline_html, plain_text, render},
};

use crate::{
    dom::{Node, assert_round_trip, nodes},
    shared::body,
};

/// Sources that repeat: their beginning, what is repeated, and their end.
const REPEATED: &[(&str, &str)] = &[
    ("<div>", "</div>"),
    ("<b>", "</b>"),
    ("<b class=lead>x<p>", ""),
    ("<a href=x>", "</a>"),
    ("<table><tr><td>", "</table>"),
    ("<ul><li>", ""),
    ("<svg>", ""),
    ("<template>", ""),
    ("<select>", ""),
    ("<i><b><u><s><div>", "</i></b></u></s>"),
    ("> ", ""),
    ("- ", ""),
    ("*a ", "*"),
    ("[", "](x)"),
    ("![", "](x)"),
    ("`", ""),
    ("{% raw %}", ""),
    ("{% x ", "%}"),
    ("{{ x ", "}}"),
    ("{:.x}", ""),
    ("a] (/b", ")"),
    ("[a](b){:.c}\n\n", ""),
    ("<!--", ""),
    ("<x ", ""),
    ("&x;", ""),
    ("&nbsp", ""),
    ("$a$", ""),
    ("[^a]", ""),
    ("[^a]: b\n", ""),
    ("# a\n", ""),
    ("# a {#a}\n", ""),
    ("www.a.b)", ""),
    ("a@b.", ""),
    ("<pre>", ""),
    ("| a ", "|"),
    ("a\n: b\n", ""),
];

/// Each repeated source, so long in bytes.
fn sources(length: usize) -> impl Iterator<Item = String> {
    REPEATED.iter().map(move |(begin, end)| {
        let count = length / (begin.len() + end.len());
        begin.repeat(count) + &end.repeat(count)
    })
}

#[test]
fn nesting_ten_thousand_deep_overflows_nothing() {
    for (begin, end) in REPEATED {
        let source = begin.repeat(10_000) + "end" + &end.repeat(10_000);
        for format in [Format::Markdown, Format::Html] {
            let post = body(&source, format, Dialect::Kramdown);
            let html = render(&post).html;
            let nodes = nodes(&html);
            let depth = nodes.iter().map(|node| match node {
                Node::Element(depth, ..) | Node::Text(depth, _) | Node::Other(depth) => *depth,
            });
            assert!(
                depth.max().unwrap_or_default() < 400,
                "{begin} is too deep for a browser"
            );
        }
        let post = body(&source, Format::Markdown, Dialect::Goldmark);
        body_text(&post);
        destinations(&post);
        inline_html(&source);
        plain_text(&source);
    }
}

#[test]
fn what_is_written_is_in_proportion_to_what_was_read() {
    for source in sources(20_000) {
        for format in [Format::Markdown, Format::Html] {
            let html = render(&body(&source, format, Dialect::Goldmark)).html;
            assert!(
                html.len() < 100 * source.len() + 1000,
                "{} bytes of {:?}",
                html.len(),
                &source[..20]
            );
        }
    }
}

#[test]
fn what_is_nested_wrongly_comes_back_the_same() {
    for source in sources(600) {
        for format in [Format::Markdown, Format::Html] {
            assert_round_trip(&render(&body(&source, format, Dialect::Kramdown)).html, &source);
        }
    }
}

#[test]
fn what_is_nested_wrongly_is_read_as_a_browser_reads_it() {
    for source in [
        "<p>a<p>b</p></p>c",
        "<b>a<p>b</b>c</p>d",
        "<a href=x>a<div>b<a href=y>c</a>d</div>",
        "<b><i>a</b>b</i>c",
        "<b><p><i>a</b>b</i>c",
        "<ul><li>a<li>b<ul><li>c</ul><li>d</ul></li>e",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<h2>a<h3>b</h2>c",
        "<p><ul><li>a</ul></p>",
        "<p>a<blockquote>b</p>c</blockquote>",
        "<b><b><b><b>a</b></b><p>b",
        "<em><strong>a</em>b</strong><p>c",
        "a</div>b</p>c</em>d",
        "<span><p>a</span>b</p>c",
        "<div><span>a</div>b</span>",
        "<pre>\n\na</pre><pre>\nb</pre>",
        "<table><tr><td>a<td>b<tr><td>c<tbody><tr><td>d</table>e",
        "<table><caption>a<tr><td>b</table>",
        "<table><colgroup><col><col><tr><td><table><tr><td>a</table>b</table>",
        "<table><tr><td><b>a<tr><td>b</table>c",
        "<table><tr><td></p>a</td></table></p>",
        "<tr><td>a</td></tr><caption>b",
        "<details><summary>a<p>b</summary>c</details>",
        "<a>a<table><tr><td><a>b</a></table>c</a>",
        "<sup>a<p>b</sup>c",
        "<li>a<div><li>b</div><li>c",
        "<br>a</br>b<hr>c</hr>d<img>e</img>",
        "<s><u><small><code><strike><i>a<p>b</s>c</u>d</small>e",
    ] {
        let ours = render(&body(source, Format::Html, Dialect::Gfm)).html;
        let ours = without_finish(&ours);
        assert_eq!(nodes(&ours), nodes(source), "{source}\n{ours}");
    }
}

/// The HTML without what finishing adds, none of which is in the sources above.
fn without_finish(html: &str) -> String {
    let mut html = html.replace(" tabindex=\"0\"", "").replace(" alt=\"\"", "");
    while let Some(start) = html.find("<div class=\"scroll\"") {
        let open = start + html[start..].find('>').unwrap() + 1;
        let close = matching_end(&html[open..]) + open;
        html = format!("{}{}{}", &html[..start], &html[open..close], &html[close + 6..]);
    }
    html
}

/// Where the `div` ends whose content begins here.
fn matching_end(html: &str) -> usize {
    let mut depth = 1;
    for (at, _) in html.match_indices('<') {
        depth += i32::from(html[at..].starts_with("<div")) - i32::from(html[at..].starts_with("</div"));
        if depth == 0 {
            return at;
        }
    }
    html.len()
}
