//! What was written for Jekyll and Hugo and is no CommonMark: what becomes of each, and that it is told.

use content::{
    post::{Dialect, Format, OwnLink},
    render::{Destination, Remark, RemarkKind, body_text, destinations, references, render},
};

use crate::shared::{body, html, markdown};

use Dialect::{Gfm, Goldmark, Kramdown};

/// Each source gives the HTML.
fn check(dialect: Dialect, cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(markdown(source, dialect).trim(), *expected, "of {source:?}");
    }
}

#[test]
fn a_space_between_the_text_and_the_address_of_a_link_is_passed_over() {
    check(
        Gfm,
        &[
            ("[a] (/b)", "<p><a href=\"/b\">a</a></p>"),
            ("![a] (/b.png)", "<p><img src=\"/b.png\" alt=\"a\"></p>"),
            ("[a [b] c] (mailto:d)", "<p><a href=\"mailto:d\">a [b] c</a></p>"),
            // No address, no brackets, links already, code.
            ("[1] (see below)", "<p>[1] (see below)</p>"),
            ("a] (/b)", "<p>a] (/b)</p>"),
            ("[a]: /x\n\n[a] (/b)", "<p><a href=\"/x\">a</a> (/b)</p>"),
            ("[a]\n\n] (/b)", "<p>[a]</p>\n<p>] (/b)</p>"),
            ("`[a] (/b)`", "<p><code>[a] (/b)</code></p>"),
        ],
    );
}

#[test]
fn attribute_lists_are_applied_as_far_as_a_post_may_hold_them() {
    check(
        Kramdown,
        &[
            (
                "[a](/b){:.button}",
                "<p><a class=\"button\" href=\"/b\">a</a></p>",
            ),
            ("[a](/b){:target=\"_blank\"} c", "<p><a href=\"/b\">a</a> c</p>"),
            (
                "![a](/b){: width=\"20\" .right}",
                "<p><img width=\"20\" class=\"right\" src=\"/b\" alt=\"a\"></p>",
            ),
            (
                "*a*{:.lead} `b`{:.language-c}",
                "<p><em class=\"lead\">a</em> <code class=\"language-c\">b</code></p>",
            ),
            ("{:.text-center}\na", "<p class=\"text-center\">a</p>"),
            (
                "a\n{:.lead #b}\n\nc",
                "<p id=\"post-b\" class=\"lead\">a</p>\n<p>c</p>",
            ),
            ("a\n\n{:.lead}\nb", "<p>a</p>\n<p class=\"lead\">b</p>"),
            (
                "- a\n- b\n{:.lead}",
                "<ul class=\"lead\"><li>a</li>\n<li>b</li>\n</ul>",
            ),
            (
                "> a\n{:.note}",
                "<blockquote class=\"note\"><p>a</p>\n</blockquote>",
            ),
            ("# a\n{:#b}", "<h2 id=\"post-b\">a</h2>"),
            ("# a {#b}", "<h2 id=\"post-b\">a</h2>"),
            ("a {:.none-of-ours} b", "<p>a  b</p>"),
            ("* TOC\n{:toc}\n", "<ul><li>TOC</li>\n</ul>"),
            ("{::comment}\na\n{:/comment}\nb", "<p>b</p>"),
            ("a {::nomarkdown}b{:/}", "<p>a b</p>"),
            ("{:x: .lead}\na", "<p>a</p>"),
            ("`{:.x}` and \\{:.x}", "<p><code>{:.x}</code> and {:.x}</p>"),
            ("    {:.x}\n", "<pre tabindex=\"0\"><code>{:.x}\n</code></pre>"),
            ("{:) {: no end", "<p>{:) {: no end</p>"),
        ],
    );
}

#[test]
fn html_that_is_indented_behind_a_blank_line_is_html() {
    check(
        Goldmark,
        &[
            (
                "<div>\n  <p>a</p>\n\n      <h2>b</h2>\n      <p>c</p>\n</div>",
                "<div>\n  <p>a</p>\n<h2>b</h2>\n<p>c</p>\n</div>",
            ),
            // In no open element it is code.
            (
                "a\n\n    <h2>b</h2>",
                "<p>a</p>\n<pre tabindex=\"0\"><code>&lt;h2&gt;b&lt;/h2&gt;</code></pre>",
            ),
            (
                "<div>\n</div>\n\n    <h2>b</h2>",
                "<div>\n</div>\n<pre tabindex=\"0\"><code>&lt;h2&gt;b&lt;/h2&gt;</code></pre>",
            ),
        ],
    );
}

#[test]
fn markdown_directly_under_an_image_is_markdown() {
    check(
        Kramdown,
        &[
            (
                "<img src=\"a\" alt=\"\">\n* b\n",
                "<img src=\"a\" alt=\"\">\n<ul><li>b</li>\n</ul>",
            ),
            (
                "<img src=\"a\" alt=\"\">\n*b*\n",
                "<img src=\"a\" alt=\"\">\n<p><em>b</em></p>",
            ),
            (
                "<img src=\"a\" alt=\"\">\n<b>c</b>\n",
                "<img src=\"a\" alt=\"\">\n<b>c</b>",
            ),
        ],
    );
}

#[test]
fn an_address_in_angle_brackets_is_shown_without_its_scheme() {
    check(
        Gfm,
        &[("<mailto:a@b.ca>", "<p><a href=\"mailto:a@b.ca\">a@b.ca</a></p>")],
    );
    assert_eq!(
        html("<p><mailto:a@b.ca></p>"),
        "<p><a href=\"mailto:a@b.ca\">a@b.ca</a></p>"
    );
}

#[test]
fn liquid_is_replaced_or_left_out() {
    check(
        Kramdown,
        &[
            ("a {% raw %}{{ b }}{% endraw %} c", "<p>a {{ b }} c</p>"),
            ("{% raw %}\n{% b %}\n{% endraw %}", "<p>{% b %}</p>"),
            ("`{% raw %}{{ b }}{% endraw %}`", "<p><code>{{ b }}</code></p>"),
            ("`{{ b }}`", "<p><code>{{ b }}</code></p>"),
            ("<code>{{ b }}</code>", "<p><code>{{ b }}</code></p>"),
            ("a{% comment %} b {% endcomment %} c", "<p>a c</p>"),
            (
                "{% highlight rust linenos %}\nfn a() {}\n\n`b`\n{% endhighlight %}\n\nc",
                "<pre tabindex=\"0\"><code class=\"language-rust\">fn a() {}\n\n`b`\n</code></pre>\n<p>c</p>",
            ),
            (
                "{% highlight %}{{ a }}{% endhighlight %}",
                "<pre tabindex=\"0\"><code>{{ a }}\n</code></pre>",
            ),
            ("[a]({{ site.baseurl }}/b)", "<p><a href=\"/b\">a</a></p>"),
            (
                "[a]({{ site.url }}{{ site.baseurl }}/b)",
                "<p><a href=\"/b\">a</a></p>",
            ),
            ("[a]({{site.url}})", "<p><a href=\"/\">a</a></p>"),
            ("[a]({{ '/b' | relative_url }})", "<p><a href=\"/b\">a</a></p>"),
            (
                "[a]({{ \"/b\" | prepend: site.baseurl }})",
                "<p><a href=\"/b\">a</a></p>",
            ),
            ("a {{ page.title }} b", "<p>a  b</p>"),
            ("{% if a %}\nb\n{% else %}\nc\n{% endif %}", "<p>b\nc</p>"),
            ("<div>\n{% if a %}\n*b*\n</div>", "<div>\n*b*\n</div>"),
            (
                "{% include figure.html src=\"/a.png\" alt=\"b\" %}",
                "<figure><img src=\"/a.png\" alt=\"b\"></figure>",
            ),
            (
                "{% figure caption:\"*a*\" %}\n![b](/c)\n{% endfigure %}",
                "<figure>\n<p><img src=\"/c\" alt=\"b\"></p>\n<figcaption><em>a</em></figcaption></figure>",
            ),
            ("a {% b", "<p>a {% b</p>"),
        ],
    );
}

#[test]
fn what_jekyll_makes_of_its_base_path_stands_below_it() {
    for (source, root, below) in [
        ("{{ site.baseurl }}/b", "/b", "/c/b"),
        ("{{ site.url }}{{ site.baseurl }}/b", "/b", "/c/b"),
        ("{{ site.baseurl }}", "/", "/c/"),
        ("{{ site.baseurl }}{{ '/b' }}", "/b", "/c/b"),
        ("{{ site.url }}", "/", "/"),
        ("{{ site.url }}/b", "/b", "/b"),
        ("{{ '/b' | relative_url }}", "/b", "/c/b"),
        ("{{ 'b' | relative_url }}", "/b", "/c/b"),
        ("{{ \"b\" | absolute_url }}", "/b", "/c/b"),
        (
            "{{ 'https://d.ca/' | relative_url }}",
            "https://d.ca/",
            "https://d.ca/",
        ),
        (
            "{{ '/b' | prepend: site.baseurl | prepend: site.url }}",
            "/b",
            "/c/b",
        ),
        ("{{ '/b' | prepend: site.url }}", "/b", "/b"),
        ("{{ '/b' }}", "/b", "/b"),
        ("/b", "/b", "/b"),
    ] {
        let mut post = body(&format!("[a]({source})"), Format::Markdown, Kramdown);
        for (base_path, expected) in [("", root), ("/c/", below)] {
            post.base_path = base_path.to_owned();
            assert_eq!(
                destinations(&post)[0].destination,
                expected,
                "{source} {base_path}"
            );
        }
    }
}

#[test]
fn hugos_shortcodes_are_replaced_or_left_out() {
    check(
        Goldmark,
        &[
            (
                "{{< figure src=\"/a.png\" alt=\"b \\\"c\\\"\" caption=\"d [e](/f)\" width=\"20\" >}}\ng",
                "<figure><img src=\"/a.png\" alt=\"b &quot;c&quot;\" width=\"20\"><figcaption>\n\
                 <p>d <a href=\"/f\">e</a></p>\n</figcaption></figure>\n<p>g</p>",
            ),
            (
                "{{< figure src=\"/a.png\" link=\"/b\" >}}",
                "<figure><a href=\"/b\"><img src=\"/a.png\" alt=\"\"></a></figure>",
            ),
            (
                "- {{< figure src=\"/a.png\" title=\"b\" >}}",
                "<ul><li><figure><img src=\"/a.png\" alt=\"\"><figcaption><strong>b</strong></figcaption></figure></li>\n</ul>",
            ),
            (
                "{{< youtube a_b_c >}}",
                "<p><a href=\"https://www.youtube.com/watch?v=a_b_c\" rel=\"noopener noreferrer\">YouTube: \
                 https://www.youtube.com/watch?v=a_b_c</a></p>",
            ),
            (
                "{{< youtube id=\"a\" title=\"B\" >}}",
                "<p><a href=\"https://www.youtube.com/watch?v=a\" rel=\"noopener noreferrer\">B</a></p>",
            ),
            ("{{< note >}}a{{< /note >}}", "<p>a</p>"),
            ("{{% note %}}\n*a*\n{{% /note %}}", "<p><em>a</em></p>"),
            ("{{</* figure */>}}", "<p>{{&lt; figure &gt;}}</p>"),
            ("`{{</* figure */>}}`", "<p><code>{{&lt; figure &gt;}}</code></p>"),
            ("`{{< figure >}}`", "<p><code>{{&lt; figure &gt;}}</code></p>"),
            (
                "{{< highlight go \"linenos=table\" >}}\na\n{{< /highlight >}}",
                "<pre tabindex=\"0\"><code class=\"language-go\">a\n</code></pre>",
            ),
            ("a {{ b }} c", "<p>a {{ b }} c</p>"),
        ],
    );
}

#[test]
fn an_html_post_knows_liquid_and_no_markdown() {
    for (source, expected) in [
        (
            "<p>*a* {{ site.title }}<a href=\"{{ site.baseurl }}/b\">c</a></p>",
            "<p>*a* <a href=\"/b\">c</a></p>",
        ),
        ("<p>[a] (/b) {:.c}</p>", "<p>[a] (/b) {:.c}</p>"),
        (
            "{% highlight html %}<b>{% endhighlight %}",
            "<pre tabindex=\"0\"><code class=\"language-html\">&lt;b&gt;</code></pre>",
        ),
        (
            "{% youtube a %}",
            "<a href=\"https://www.youtube.com/watch?v=a\" rel=\"noopener noreferrer\">YouTube: \
             https://www.youtube.com/watch?v=a</a>",
        ),
    ] {
        assert_eq!(html(source), expected, "of {source:?}");
    }
}

#[test]
fn posts_are_named_to_the_build() {
    for (source, name) in [
        ("[a]({% post_url 2018-01-02-b %})", "post_url:2018-01-02-b"),
        (
            "[a]({{ site.baseurl }}{% post_url 2018-01-02-b %}#c)",
            "post_url:2018-01-02-b",
        ),
        (
            "{{ site.url }}{{ site.baseurl }}{% post_url 2018-01-02-b %}",
            "absolute:post_url:2018-01-02-b",
        ),
        (
            "[a]({% link _posts/2018-01-02-b.md %})",
            "link:_posts/2018-01-02-b.md",
        ),
        ("![a]({% link b.png %})", "link:b.png"),
        ("b {{< ref \"b c.md#d\" >}}", "absolute:ref:b%20c.md"),
        ("[a]({{< relref path=\"b.md\" >}})", "ref:b.md"),
        ("<a href='{{< relref \"b.md\" >}}'>a</a>", "ref:b.md"),
        (
            "[a]({{< ref path=\"b.md#c\" lang=\"fr\" >}})",
            "absolute:ref:b.md?lang=fr",
        ),
        (
            "[a]({% post_url 2018-01-02-b, c %})",
            "post_url:2018-01-02-b,%20c",
        ),
    ] {
        let found = references(&body(source, Format::Markdown, Kramdown));
        let named: Vec<_> = found
            .iter()
            .map(|found| {
                (
                    found.destination.as_str(),
                    &source[found.offset..found.offset + 2],
                )
            })
            .collect();
        let sign = if source.contains("{%") { "{%" } else { "{{" };
        assert_eq!(named, [(name, sign)], "{source}");
    }
}

/// What Jekyll and Hugo write: the URL, wherever the name stands.
#[test]
fn the_url_of_a_post_stands_where_it_is_named() {
    for (source, expected) in [
        ("see {% post_url b %}#c", "<p>see /x/b/#c</p>"),
        (
            "{{ site.url }}{% post_url b %} c",
            "<p><a href=\"https://a.example/x/b/\" rel=\"noopener noreferrer\">https://a.example/x/b/</a> c</p>",
        ),
        ("[a]({% post_url b %}#c)", "<p><a href=\"/x/b/#c\">a</a></p>"),
        (
            "[a]({{ site.baseurl }}{% post_url b %})",
            "<p><a href=\"/x/b/\">a</a></p>",
        ),
        ("[a](/x{% post_url b %})", "<p><a href=\"/x/b/\">a</a></p>"),
        (
            "[a](//c.example/?u={{ site.url }}{{ site.baseurl }}{% post_url b %}&d)",
            "<p><a href=\"//c.example/?u=https://a.example/x/b/&amp;d\" rel=\"noopener noreferrer\">a</a></p>",
        ),
        (
            "<a href={% post_url b %} title='{% post_url b %}'>a</a>",
            "<p><a href=\"/x/b/\" title=\"/x/b/\">a</a></p>",
        ),
        (
            "[a]\n\n[a]: {% post_url b %} 'c'",
            "<p><a href=\"/x/b/\" title=\"c\">a</a></p>",
        ),
        (
            "![a]({% link b.png %})",
            "<p><img src=\"/x/b.png\" alt=\"a\"></p>",
        ),
        (
            "[a]({{< ref \"q (1).md#c d\" >}})",
            "<p><a href=\"/x/q%20%281%29/#c%20d\">a</a></p>",
        ),
        ("`{% post_url b %}`", "<p><code>{% post_url b %}</code></p>"),
    ] {
        let mut post = body(source, Format::Markdown, Kramdown);
        post.base_path = "/x/".to_owned();
        post.links = [
            ("post_url:b", "/x/b/"),
            ("absolute:post_url:b", "https://a.example/x/b/"),
            ("link:b.png", "/x/b.png"),
            ("absolute:ref:q%20%281%29.md", "/x/q%20(1)/"),
        ]
        .map(|(href, url)| OwnLink {
            href: href.to_owned(),
            url: url.to_owned(),
            language: None,
        })
        .to_vec();
        assert_eq!(render(&post).html.trim(), expected, "{source}");
    }
}

#[test]
fn a_name_that_leads_nowhere_leaves_nothing() {
    for (source, expected) in [
        ("see {% post_url b %}, c", "<p>see , c</p>"),
        ("a\n\n{% post_url b %}\n\nc", "<p>a</p>\n<p>c</p>"),
        ("[a]({% post_url b %}#c)", "<p><a>a</a></p>"),
        ("[a]({{ site.url }}{% link b.md %})", "<p><a>a</a></p>"),
        ("<a href='{{< ref \"b.md\" >}}'>a</a>", "<p><a>a</a></p>"),
        ("[a](/b?c={% post_url b %})", "<p><a href=\"/b?c=\">a</a></p>"),
        ("![a {% link b %}]({% link b.png %})", "<p><img alt=\"a \"></p>"),
        ("<img srcset='{% link b.png %} 2x'>", "<img alt=\"\">"),
        ("# a {% post_url b %}c", "<h2 id=\"post-a-c\">a c</h2>"),
    ] {
        let post = body(source, Format::Markdown, Kramdown);
        let rendered = render(&post);
        assert_eq!(rendered.html.trim(), expected, "{source}");
        let dropped = |remark: &Remark| remark.kind == RemarkKind::Dropped;
        // The build knows the posts: it tells which of these lead nowhere.
        assert!(!rendered.remarks.iter().any(dropped), "{:?}", rendered.remarks);
        let leads = |found: &Destination| found.destination.starts_with("/b?c=");
        assert!(destinations(&post).iter().all(leads), "{source}");
        assert!(!body_text(&post).contains('\u{FFFF}'));
    }
}

/// These names are our own: nobody's URL begins so.
#[test]
fn what_an_author_writes_like_a_name_is_text() {
    assert_eq!(
        markdown("[a](ref:b) post_url:c link:d", Gfm).trim(),
        "<p><a>a</a> post_url:c link:d</p>"
    );
}

#[test]
fn every_conversion_is_told_with_its_place_and_weight() {
    use RemarkKind::{Converted, Unknown};
    for (source, offset, kind) in [
        ("é [a] (/b)", 6, Converted),
        ("é [a](/b){:.c}", 10, Converted),
        ("é {% raw %}b{% endraw %}", 3, Converted),
        ("é {% b %}", 3, Unknown),
        ("é {{< b >}}", 3, Unknown),
        ("é {{ site.title }}", 3, Unknown),
        ("é {{ site.url }}", 3, Converted),
        ("{:toc}", 0, Unknown),
        ("<img src=a>\n- b", 12, Converted),
    ] {
        let remarks = render(&body(source, Format::Markdown, Kramdown)).remarks;
        let told = remarks
            .iter()
            .any(|remark| remark.offset == offset && remark.kind == kind);
        assert!(told, "{source:?}: {remarks:?}");
        assert!(
            remarks
                .iter()
                .all(|remark| !remark.message.contains('\n') && !remark.message.ends_with('.'))
        );
    }
}

#[test]
fn places_are_right_behind_what_was_converted() {
    let source = "{% comment %}a{% endcomment %} [b] (/c) {{ site.url }}/d\n\na <script></script> [e](/f)";
    let post = body(source, Format::Markdown, Kramdown);
    let places: Vec<_> = destinations(&post)
        .iter()
        .map(|found| &source[found.offset..found.offset + 2])
        .collect();
    assert_eq!(places, ["[b", "[e"]);
    let script = render(&post)
        .remarks
        .into_iter()
        .find(|remark| remark.message.contains("script"));
    assert_eq!(script.map(|remark| remark.offset), source.find("<script>"));
}

#[test]
fn a_remark_on_converted_html_points_into_no_character() {
    let source = "<div><IN<h1 id=a>PUT\u{A0}TYPE=\"IMA{% raw %}GE\"\u{A0}SRC=\"jav<iframe>";
    let remarks = render(&body(source, Format::Markdown, Gfm)).remarks;
    let mut offsets = remarks.iter().map(|remark| remark.offset);
    assert!(
        offsets.all(|offset| source.is_char_boundary(offset)),
        "{remarks:?}"
    );
}
