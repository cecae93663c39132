//! What rendering makes of a post beside CommonMark: headings, links, images, tables, footnotes, code, formulas.

use content::{
    post::{Body, Dialect, Format, OwnImage, OwnLink, Prepared, PreparedKind},
    render::{body_text, destinations, fragment_id, inline_html, plain_text, preparable, render},
};

use crate::shared::{body, html, markdown};

use Dialect::{Gfm, Goldmark, Kramdown};

fn post(source: &str) -> Body {
    body(source, Format::Markdown, Gfm)
}

#[test]
fn headings_begin_at_h2_and_skip_no_level() {
    for (source, levels) in [
        ("# a\n## b\n### c\n# d", "2342"),
        ("### a\n##### b\n# c\n## d", "2323"),
        ("#### a\n## b\n### c", "223"),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", "234566"),
        ("<h1>a</h1>\n\n# b\n<h4>c</h4>", "223"),
    ] {
        let html = markdown(source, Gfm);
        let found: String = html
            .match_indices("<h")
            .filter_map(|(at, _)| html[at + 2..].chars().next())
            .collect();
        assert_eq!(found, levels, "{source:?}");
    }
}

#[test]
fn headings_have_the_ids_of_their_generator() {
    for (dialect, source, ids) in [
        (
            Kramdown,
            "# Les détails\n# Les détails\n# Les détails",
            "les-détails les-détails-1 les-détails-2",
        ),
        (Kramdown, "## 1. A & B -- *c* d\u{a0}e", "1-a--b----c-de"),
        (Kramdown, "## [A](http://b.c)\n\nD\n---\n", "ahttpbc d"),
        (
            Goldmark,
            "# Les détails\n# Les détails\n# Les détails-1",
            "les-détails les-détails-1 les-détails-1-1",
        ),
        (Goldmark, "# A & B -- c! ##\n# ?", "a--b----c heading"),
        (Gfm, "# **A** `b` [c](d)\n# a b c", "a-b-c a-b-c-1"),
        (Kramdown, "# a {#b}\n# b", "b b-1"),
        (Goldmark, "# a {#b}\n# b", "b b-1"),
    ] {
        let html = markdown(source, dialect);
        let found: Vec<_> = html
            .split(" id=\"post-")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .collect();
        assert_eq!(found.join(" "), ids, "{source:?}");
    }
}

#[test]
fn a_fragment_leads_to_its_heading_from_within_and_from_without() {
    let html = markdown("[a](#les-d%C3%A9tails)\n\n# Les détails", Kramdown);
    let id = fragment_id("#les-d%C3%A9tails");
    assert!(
        html.contains(&format!("href=\"#{id}\"")) && html.contains(&format!("id=\"{id}\"")),
        "{html}"
    );
}

#[test]
fn ids_of_a_post_are_prefixed_and_each_is_there_once() {
    assert_eq!(
        html("<p id=a>b</p><p id=a>c</p><a name=d>e</a><p id='f g'>h</p><p id=app>i</p><p id=post-a>j</p>"),
        "<p id=\"post-a\">b</p><p>c</p><a id=\"post-d\">e</a><p>h</p><p id=\"post-app\">i</p><p>j</p>"
    );
}

#[test]
fn own_links_lead_where_the_build_says_and_name_another_language() {
    let mut post = post(
        "[a](/b) [c](https://own.ca/d) [English](/b) [e](https://f.ca) [g](//h.ca) [i](mailto:j) [k](l)",
    );
    post.language = "fr".parse().unwrap();
    let english = Some("en".parse().unwrap());
    let own = |href: &str, url: &str, language| OwnLink {
        href: href.into(),
        url: url.into(),
        language,
    };
    post.links = vec![
        own("/b", "/blog/en/b/", english),
        own("https://own.ca/d", "/blog/d/", None),
    ];
    assert_eq!(
        render(&post).html.trim(),
        "<p><a href=\"/blog/en/b/\" hreflang=\"en\">a <span class=\"link-language\" lang=\"en\">(English)</span></a> \
         <a href=\"/blog/d/\">c</a> <a href=\"/blog/en/b/\" hreflang=\"en\">English</a> \
         <a href=\"https://f.ca\" rel=\"noopener noreferrer\">e</a> <a href=\"//h.ca\" rel=\"noopener noreferrer\">g</a> \
         <a href=\"mailto:j\">i</a> <a href=\"l\">k</a></p>"
    );
}

#[test]
fn what_was_fetched_with_a_post_is_checked_like_the_post() {
    let mut post = post("[a](b) ![c](d)\n\n```x\ne\n```\n\n$f$");
    let bad = "java\tscript:x".to_owned();
    post.links = vec![OwnLink {
        href: "b".into(),
        url: bad.clone(),
        language: None,
    }];
    post.images = vec![OwnImage {
        src: "d".into(),
        url: bad,
        size: None,
    }];
    let fragment = |source: &str, kind, html: &str| Prepared {
        source: source.into(),
        kind,
        html: html.into(),
    };
    post.prepared = vec![
        fragment("e\n", PreparedKind::Code("x".into()), "<img src=x onerror=x>"),
        fragment(
            "f",
            PreparedKind::Inline,
            "<math><mi>f</mi><mtext><a href=x>y</a></mtext></math>",
        ),
    ];
    assert_eq!(
        render(&post).html.trim(),
        "<p><a>a</a> <img alt=\"c\"></p>\n<pre tabindex=\"0\"><code class=\"language-x\">e\n</code></pre>\n\
         <p><code class=\"math\">f</code></p>"
    );
}

#[test]
fn code_and_formulas_are_shown_as_the_build_prepared_them() {
    let mut post = post("```rust\nfn\n```\n\n$a<b$ $$c$$");
    assert_eq!(
        preparable(&post),
        [
            ("fn\n".to_owned(), PreparedKind::Code("rust".into())),
            ("a<b".to_owned(), PreparedKind::Inline),
            ("c".to_owned(), PreparedKind::Display),
        ]
    );
    let htmls = [
        "<span class=\"hl-keyword\">fn</span>\n",
        "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>",
        "<math display=\"block\"><mi>c</mi><mspace width=\"1em\"/></math>",
    ];
    post.prepared = preparable(&post)
        .into_iter()
        .zip(htmls)
        .map(|((source, kind), html)| Prepared {
            source,
            kind,
            html: html.into(),
        })
        .collect();
    assert_eq!(
        render(&post).html.trim(),
        "<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-keyword\">fn</span>\n</code></pre>\n\
         <p><math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math> \
         <span class=\"scroll\" tabindex=\"0\"><math display=\"block\"><mi>c</mi><mspace width=\"1em\"></mspace></math></span></p>"
    );
}

#[test]
fn a_fragment_that_is_not_what_it_stands_for_is_not_used() {
    for html in [
        "<span class=\"hl-keyword\">other</span>\n",
        "<span class=\"hl-keyword\">fn\n",
        "fn\n</span>",
        "<span class=\"evil\">fn</span>\n",
        "<span onclick=\"x\">fn</span>\n",
        "<b>fn</b>\n",
        "<script>fn\n</script>",
    ] {
        let mut post = post("```rust\nfn\n```");
        let kind = PreparedKind::Code("rust".into());
        post.prepared = vec![Prepared {
            source: "fn\n".into(),
            kind,
            html: html.into(),
        }];
        assert!(
            render(&post).html.contains(">fn\n</code>"),
            "{html}: {}",
            render(&post).html
        );
    }
}

#[test]
fn amounts_of_money_are_no_formulas() {
    for source in [
        "$5 or $6",
        "5$ à 6$",
        "US$5/US$6",
        "$5/$6",
        "it is 5$/h et 10$/h",
        "a $ b $ c",
    ] {
        let html = markdown(source, Gfm);
        assert_eq!(html.trim(), format!("<p>{source}</p>"), "{source}");
    }
}

#[test]
fn images_have_a_size_a_text_and_come_late_below_the_first() {
    let mut post =
        post("![a](b.png)\n\n![c](b.png)\n\n<img src=b.png width=50><img src=d srcset='b.png 2x'>");
    post.images = vec![OwnImage {
        src: "b.png".into(),
        url: "/x/b.png".into(),
        size: Some((100, 41)),
    }];
    assert_eq!(
        render(&post).html.trim(),
        "<p><img src=\"/x/b.png\" alt=\"a\" width=\"100\" height=\"41\"></p>\n\
         <p><img src=\"/x/b.png\" alt=\"c\" width=\"100\" height=\"41\" loading=\"lazy\" decoding=\"async\"></p>\n\
         <p><img src=\"/x/b.png\" width=\"50\" height=\"21\" alt=\"\" loading=\"lazy\" decoding=\"async\">\
         <img src=\"d\" srcset=\"/x/b.png 2x\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>"
    );
}

#[test]
fn columns_are_aligned_by_a_class_since_the_attribute_is_obsolete() {
    let columns = render(&post("| a | b | c | d |\n|:-|:-:|-:|-|")).html;
    for cell in [
        "<th class=\"text-left\">a</th>",
        "<th class=\"text-center\">b</th>",
        "<th class=\"text-right\">c</th>",
        "<th>d</th>",
    ] {
        assert!(columns.contains(cell), "{columns}");
    }
    assert!(
        html("<table><tr><td align=\"RIGHT\">a<td class=note align=left>b<td align=justify>c</table>")
            .contains("<td class=\"text-right\">a</td><td class=\"note\">b</td><td>c</td>")
    );
}

#[test]
fn a_table_scrolls_in_a_box_with_a_name() {
    assert_eq!(
        html("<table><caption>A <b>b</b></caption><tr><td>c</table>"),
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"A b\"><table><caption>A <b>b</b></caption>\
         <tbody><tr><td>c</td></tr></tbody></table></div>"
    );
    let mut post = post("| a |\n|:-:|\n| b |");
    for (language, label) in [
        ("en", "aria-label=\"Table\""),
        ("fr-CA", "aria-label=\"Tableau\""),
        ("de", "tabindex=\"0\">"),
    ] {
        post.language = language.parse().unwrap();
        assert!(render(&post).html.contains(label), "{}", render(&post).html);
    }
}

#[test]
fn footnotes_are_numbered_by_their_references_and_lead_back() {
    let source = "a[^x] b[^y] c[^x]\n\n[^y]: Why\n[^x]: Ex[^z]\n[^z]: Zed\n[^w]: Unused";
    let html = markdown(source, Kramdown);
    for part in [
        "<sup id=\"post-fnref:x\"><a class=\"footnote-ref\" href=\"#post-fn:x\">1</a></sup>",
        "<sup id=\"post-fnref:x:1\"><a class=\"footnote-ref\" href=\"#post-fn:x\">1</a></sup>",
        "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">",
        "<a class=\"footnote-back\" href=\"#post-fnref:x:1\" role=\"doc-backlink\" aria-label=\"Back to the text\">",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let order: Vec<_> = html
        .split("<li id=\"post-fn:")
        .skip(1)
        .filter_map(|part| part.chars().next())
        .collect();
    assert_eq!(order, ['x', 'y', 'z', 'w']);
}

#[test]
fn french_spaces_do_not_break_but_in_code() {
    let mut post = post("Oui : « *non* » `a : b` [c ?](/d%20:e) ![f !](g)");
    post.language = "fr".parse().unwrap();
    assert!(render(&post).html.contains("Oui : « <em>non</em> »"));
    post.typography = true;
    assert_eq!(
        render(&post).html.trim(),
        "<p>Oui\u{a0}: «\u{a0}<em>non</em>\u{a0}» <code>a : b</code> <a href=\"/d%20:e\">c\u{202f}?</a> \
         <img src=\"g\" alt=\"f\u{202f}!\"></p>"
    );
    post.language = "en".parse().unwrap();
    assert!(render(&post).html.contains("Oui : « "));
}

#[test]
fn a_title_is_rendered_and_read() {
    for (source, html, text) in [
        (
            "A <strong>b</strong> & **c**",
            "A <strong>b</strong> &amp; <strong>c</strong>",
            "A b & c",
        ),
        ("1. a", "1. a", "1. a"),
        ("# a - b", "# a - b", "# a - b"),
        ("> a", "&gt; a", "> a"),
        ("  a\n  b&nbsp;: c", "a b\u{a0}: c", "a b\u{a0}: c"),
        ("“**a**” _b_", "“<strong>a</strong>” <em>b</em>", "“a” b"),
        ("[a](b) ![c](d) <a href=e>f</a>", "a c f", "a c f"),
        (
            "<b onclick=x>a<br>b</b><strike>c</strike>",
            "<strong>a<br>b</strong><s>c</s>",
            "a bc",
        ),
        (
            "<span lang=fr class=x>a</span>",
            "<span lang=\"fr\">a</span>",
            "a",
        ),
        ("a <script>b</script>", "a ", "a"),
        ("<em>a", "<em>a</em>", "a"),
        ("a < b > c", "a &lt; b &gt; c", "a < b > c"),
        ("", "", ""),
    ] {
        assert_eq!(
            (inline_html(source), plain_text(source)),
            (html.to_owned(), text.to_owned()),
            "{source:?}"
        );
    }
}

#[test]
fn the_text_of_a_body_has_a_line_for_each_block_and_no_marks() {
    let source = "# A *b*\n\nc<br>d[^1] &amp; e\n\n- [x] f\n- g\n\n| h |\n|---|\n| i |\n\n[^1]: J";
    assert_eq!(body_text(&post(source)), "A b\nc\nd & e\nf\ng\nh\ni\nJ");
}

#[test]
fn destinations_are_given_in_order_as_they_are_written() {
    let source = "é [a](/b?c&d \"e\") ![f *g*](<h i>) <a href='/j&amp;k'>l</a> <m@n.ca> https://o.ca/p [q][r][^1]\n\n[r]: /s\n[^1]: [t](u)";
    let found: Vec<_> = destinations(&post(source))
        .into_iter()
        .map(|found| {
            (
                found.destination,
                found.image,
                found.text,
                source[found.offset..].chars().next().unwrap(),
            )
        })
        .collect();
    let link = |destination: &str, first| (destination.to_owned(), false, String::new(), first);
    assert_eq!(
        found,
        [
            link("/b?c&d", '['),
            ("h i".to_owned(), true, "f g".to_owned(), '!'),
            link("/j&k", '<'),
            link("mailto:m@n.ca", '<'),
            link("https://o.ca/p", 'h'),
            link("/s", '['),
            link("u", '['),
        ]
    );
}

#[test]
fn the_language_of_a_part_is_kept() {
    assert_eq!(
        html("<p lang=fr dir=rtl>a <q lang='x\"y'>b</q></p>"),
        "<p lang=\"fr\" dir=\"rtl\">a <q>b</q></p>"
    );
}
