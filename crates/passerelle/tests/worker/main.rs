//! The helpers of the service worker, run by an engine of their own, without a browser: the very files of
//! `public/worker` that are published.

#![expect(
    clippy::unwrap_used,
    reason = "an engine that does not start is a test that fails"
)]

use rquickjs::{Context, Ctx, Runtime};

const HELPERS: [&str; 5] = [
    include_str!("../../../../public/worker/addresses.js"),
    include_str!("../../../../public/worker/checks.js"),
    include_str!("../../../../public/worker/pages.js"),
    include_str!("../../../../public/worker/kept.js"),
    include_str!("../../../../public/worker/news.js"),
];

/// A blog under a base path.
const SITE: &str = r#"const SITE = { base: "/blog/", format: 1, languages: ["en", "fr"],
    offline: [{ language: "en", heading: "You are <offline>", text: "Not saved" }] };"#;

/// What the expressions give, as JSON; they see the helpers and `SITE`.
fn given(expressions: &[&str]) -> Vec<String> {
    let context = Context::full(&Runtime::new().unwrap()).unwrap();
    context.with(|ctx: Ctx| {
        for script in HELPERS.into_iter().chain([SITE]) {
            ctx.eval::<(), _>(script).unwrap();
        }
        expressions
            .iter()
            .map(|expression| {
                let script = format!("JSON.stringify({expression}) ?? 'undefined'");
                ctx.eval::<String, _>(script)
                    .unwrap_or_else(|error| panic!("{expression}: {error}"))
            })
            .collect()
    })
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let expressions: Vec<_> = cases.iter().map(|(expression, _)| *expression).collect();
    for ((expression, expected), found) in cases.iter().zip(given(&expressions)) {
        assert_eq!(&found, expected, "{expression}");
    }
}

#[test]
fn a_page_has_one_key_however_it_is_written() {
    check(&[
        ("keyOf('/blog/l-%C3%A9t%C3%A9/')", r#""/blog/l-%C3%A9t%C3%A9""#),
        ("keyOf('/blog/l-e%CC%81te%CC%81')", r#""/blog/l-%C3%A9t%C3%A9""#),
        ("keyOf('/blog/a/index.html')", r#""/blog/a""#),
        ("keyOf('/')", r#""/""#),
        ("keyOf('/%FF/')", r#""/%25FF""#),
        ("dataKeyOf('/blog/a')", r#""/blog/a/index.json""#),
        ("dataKeyOf('/blog/a.html')", r#""/blog/a.json""#),
        ("pageKeyOf('/blog/a/index.json')", r#""/blog/a""#),
        ("pageKeyOf('/blog/a.json')", r#""/blog/a.html""#),
    ]);
}

#[test]
fn lists_and_the_home_page_are_made_of_the_index_and_posts_are_not() {
    check(&[
        ("indexKeyOf('/blog', SITE)", r#""/blog/site.json""#),
        ("indexKeyOf('/blog/fr', SITE)", r#""/blog/fr/feed.json""#),
        ("indexKeyOf('/blog/fr/page/2', SITE)", r#""/blog/fr/feed-2.json""#),
        ("indexKeyOf('/blog/fr/saved', SITE)", r#""/blog/fr/feed.json""#),
        ("indexKeyOf('/blog/fr/saved/x', SITE)", "null"),
        ("indexKeyOf('/blog/fr/page/x', SITE)", "null"),
        ("indexKeyOf('/blog/de', SITE)", "null"),
        ("indexKeyOf('/blog/fr/a/b', SITE)", "null"),
        ("indexKeyOf('/', { base: '/', languages: [] })", r#""/site.json""#),
    ]);
}

#[test]
fn each_request_has_its_kind_and_what_is_not_the_readers_is_let_through() {
    let asked = |more: &str| {
        format!(
            "kindOf({{ method: 'GET', isOwn: true, hasRange: false, isNavigation: false, {more} }}, SITE)"
        )
    };
    for (more, kind) in [
        ("path: '/blog/assets/a-1.js'", "shell"),
        ("path: '/blog/a/', isNavigation: true", "page"),
        ("path: '/blog', isNavigation: true", "page"),
        ("path: '/blog/a/v1.2/', isNavigation: true", "page"),
        ("path: '/blog/a.html', isNavigation: true", "page"),
        ("path: '/blog/feed.xml', isNavigation: true", "other"),
        ("path: '/blog/x.PDF', isNavigation: true", "other"),
        ("path: '/blog/en/feed.json', isNavigation: true", "other"),
        ("path: '/blog/site.json'", "index"),
        ("path: '/blog/fr/feed-2.json'", "index"),
        ("path: '/blog/a/index.json'", "post"),
        ("path: '/blog/a.png', destination: 'image'", "picture"),
        ("path: '/blog/a.mp4', destination: 'video'", "other"),
        (
            "path: '/blog/a.png', destination: 'image', hasRange: true",
            "other",
        ),
        ("path: '/blog/a.png', destination: 'image', isOwn: false", "other"),
        ("path: '/blog/a/index.json', method: 'POST'", "other"),
        ("path: '/blogue/a/index.json'", "other"),
        ("path: '/blog/sw.js'", "other"),
    ] {
        check(&[(&asked(more), &format!("\"{kind}\""))]);
    }
}

#[test]
fn only_a_whole_200_of_our_own_is_kept() {
    let facts = |more: &str| {
        format!(
            "isWhole({{ status: 200, type: 'basic', redirected: false, length: '5', isEncoded: false, {more} }}, 5)"
        )
    };
    for (more, is_kept) in [
        ("", true),
        ("length: null", true),
        ("length: '3', isEncoded: true", true),
        ("length: '9'", false),
        ("status: 206", false),
        ("status: 404", false),
        ("status: 500", false),
        ("type: 'opaque', status: 0", false),
        ("type: 'cors'", false),
        ("redirected: true", false),
    ] {
        check(&[(&facts(more), if is_kept { "true" } else { "false" })]);
    }
    check(&[
        (
            "isWhole({ status: 200, type: 'basic', redirected: false, length: null }, 0)",
            "false",
        ),
        (
            "isWhole({ status: 200, type: 'basic', redirected: false, length: null }, 5e7)",
            "false",
        ),
    ]);
}

#[test]
fn a_page_in_the_place_of_a_file_is_seen_by_its_type() {
    check(&[
        ("isTypeOf('/a.js', 'text/javascript; charset=utf-8')", "true"),
        ("isTypeOf('/a.js', 'text/html')", "false"),
        ("isTypeOf('/a.css', 'text/html')", "false"),
        ("isTypeOf('/a.wasm', 'application/wasm')", "true"),
        ("isTypeOf('/a.wasm', 'text/html')", "false"),
        ("isTypeOf('/feed.json', 'application/feed+json')", "true"),
        ("isTypeOf('/feed.json', 'text/html')", "false"),
        ("isTypeOf('/a.png', 'image/png')", "true"),
        ("isTypeOf('/a.png', 'text/html')", "false"),
    ]);
}

#[test]
fn a_strangers_page_is_none_of_ours() {
    check(&[
        (
            r#"pageIn('<html lang="fr" data-base="/blog/">x</html>\n', SITE)"#,
            r#""page""#,
        ),
        (
            r#"pageIn('<html lang="fr" data-base="/">x</html>', SITE)"#,
            "null",
        ),
        (
            r#"pageIn('<html>log in: data-base="/blog/"</html>', SITE)"#,
            "null",
        ),
        (
            r#"pageIn('<html lang="fr" data-base="/blog/">half', SITE)"#,
            "null",
        ),
        (
            r#"pageIn('<html><meta http-equiv="refresh" content="0; url=/blog/a/"></html>', SITE)"#,
            r#""redirect""#,
        ),
    ]);
}

#[test]
fn a_document_is_kept_where_it_belongs_and_in_a_format_that_is_known() {
    let post = |url: &str, version: u32| {
        format!(
            r#"documentIn('{{"version":{version},"item":{{"url":"{url}"}}}}', '/blog/a/index.json', 'post', SITE) !== null"#
        )
    };
    let index = |json: &str, key: &str| format!("documentIn('{json}', '{key}', 'index', SITE) !== null");
    let feed = r#"{"_passerelle":{"version":1},"items":[]}"#;
    check(&[
        (&post("/blog/a/", 1), "true"),
        (&post("https://notes.example/blog/a/", 1), "true"),
        (&post("/blog/b/", 1), "false"),
        (&post("/blog/a/", 2), "false"),
        (&index(feed, "/blog/en/feed.json"), "true"),
        (&index(&feed.replace(":1", ":2"), "/blog/en/feed.json"), "false"),
        (&index(&feed[..20], "/blog/en/feed.json"), "false"),
        (&index("", "/blog/en/feed.json"), "false"),
        (&index("null", "/blog/en/feed.json"), "false"),
        (&index(r#"{"login":true}"#, "/blog/en/feed.json"), "false"),
        (
            &index(
                r#"{"version":1,"languages":[],"base_path":"/blog/"}"#,
                "/blog/site.json",
            ),
            "true",
        ),
        (
            &index(
                r#"{"version":1,"languages":[],"base_path":"/"}"#,
                "/blog/site.json",
            ),
            "false",
        ),
    ]);
}

#[test]
fn the_index_says_which_digest_a_post_has() {
    let known = r#"revisionsIn([{ items: [
        { url: "https://notes.example/blog/e%CC%81/", _passerelle: { revision: "ab12" } }, { url: "/blog/b/" }
    ] }]).get("/blog/%C3%A9/index.json")"#;
    check(&[
        (known, r#""ab12""#),
        ("isRevision('ab12ff', 'ab12')", "true"),
        ("isRevision('ab13ff', 'ab12')", "false"),
        ("isRevision('ab13ff', '')", "false"),
        ("isRevision('ab13ff', undefined)", "true"),
    ]);
}

#[test]
fn what_was_read_longest_ago_goes_first_and_the_index_never() {
    check(&[(
        "tooMany(['/a', '/site.json', '/en/feed.json', '/b', '/en/feed-2.json', '/c'], 1)",
        r#"["/a","/b"]"#,
    )]);
}

const FRAME: &str = r#"'<html lang="en" data-base="/blog/"><title>Offline</title><link href="new.css"><div id="prerendered">not saved<!--passerelle:kept fr--><h2>Ici</h2><!--/passerelle:kept--></div><div id="app"></div></html>'"#;

#[test]
fn a_kept_page_is_poured_into_the_frame_of_this_version() {
    let page = r#"'<html lang="fr" data-base="/blog/"><title>$& Été</title><link href="old.css"><div id="prerendered"><p>$1 Corps</p></div><div id="app"></div></html>'"#;
    let expected = r#"<html lang="fr" data-base="/blog/"><title>$& Été</title><link href="new.css"><div id="prerendered"><p>$1 Corps</p></div><div id="app"></div></html>"#;
    let poured = format!("pour({FRAME}, {page}) === '{expected}'");
    let bare = format!("bare({FRAME})");
    check(&[
        (&poured, "true"),
        (
            &format!("pour({FRAME}, '<html><title>Log in</title></html>')"),
            "null",
        ),
        (
            &bare,
            r#""<html lang=\"en\" data-base=\"/blog/\"><title>Offline</title><link href=\"new.css\"><div id=\"app\"></div></html>""#,
        ),
    ]);
}

#[test]
fn what_is_kept_is_listed_in_its_language_as_text() {
    let listed = format!(r#"unsaved({FRAME}, [{{ url: "/a", title: "<b> & \"c\"", language: "fr" }}])"#);
    let found = &given(&[&listed])[0];
    assert!(
        found.contains(
            "<h2>Ici</h2><ul><li><a href=\\\"/a\\\">&#60;b&#62; &#38; &#34;c&#34;</a></li></ul></div>"
        ),
        "{found}"
    );
    let none = format!("unsaved({FRAME}, []).includes('<h2>')");
    check(&[
        (&none, "false"),
        (
            "bareUnsaved(SITE).includes('<h1>You are &#60;offline&#62;</h1>')",
            "true",
        ),
    ]);
}

#[test]
fn only_posts_that_were_not_there_as_they_are_now_are_news() {
    let feeds = |before: &str, after: &str| {
        let item = |name: &str, revision: &str| {
            format!("{{ url: '/blog/{name}/', _passerelle: {{ revision: '{revision}' }} }}")
        };
        let feed = |posts: &str| {
            let items: Vec<String> = posts
                .split(' ')
                .map(|post| item(&post[..1], &post[1..]))
                .collect();
            format!("{{ items: [{}] }}", items.join(", "))
        };
        format!("hasNew({}, {})", feed(before), feed(after))
    };
    check(&[
        (&feeds("a1", "b1 a1"), "true"),
        (&feeds("a1 b1", "b1"), "false"),
        (&feeds("a1 b1", "a1 b2"), "true"),
        ("hasNew({ base_path: '/' }, { base_path: '/' })", "false"),
    ]);
}

/// A post of two pictures, one of which is twice in it, and one elsewhere.
const POST: &str = "{ item: { url: 'https://a.example/blog/a/', image: '/blog/b.png', _passerelle: { translations: \
    [{ url: '/blog/fr/%C3%A0/' }] } }, body: { images: [{ url: '/blog/b.png' }, { url: '/blog/c%20d.png' }] } }";

/// Another with one of these pictures.
const OTHER: &str = "{ item: { url: '/blog/x/', image: 'https://b.example/x.png', _passerelle: {} }, body: { images: [{ url: '/blog/b.png' }] } }";

#[test]
fn a_post_is_made_of_its_own_pictures_and_its_json() {
    check(&[
        (
            &format!("partsOf({POST}, '/blog/a/index.json', SITE)"),
            r#"["/blog/b.png","/blog/c%20d.png","/blog/a/index.json"]"#,
        ),
        (
            &format!("partsOf({OTHER}, '/blog/x/index.json', SITE)"),
            r#"["/blog/b.png","/blog/x/index.json"]"#,
        ),
        (
            "partsOf({ item: { image: '//b.example/x.png' }, body: {} }, '/k', { base: '/' })",
            r#"["/k"]"#,
        ),
        (
            &format!("twinsOf({POST})"),
            r#"["/blog/a/index.json","/blog/fr/%C3%A0/index.json"]"#,
        ),
    ]);
}

#[test]
fn a_post_is_there_when_all_of_it_is() {
    let documents = format!("[['/blog/a/index.json', {POST}], ['/blog/x/index.json', {OTHER}]]");
    let whole = |keys: &str| format!("wholePosts({documents}, {keys}, SITE).map(([key]) => key)");
    check(&[
        (
            &whole("['/blog/a/index.json', '/blog/b.png', '/blog/x/index.json']"),
            r#"["/blog/x/index.json"]"#,
        ),
        (&whole("[]"), "[]"),
    ]);
}

#[test]
fn a_picture_goes_with_the_last_post_that_shows_it() {
    let documents = format!("[['/blog/a/index.json', {POST}], ['/blog/x/index.json', {OTHER}]]");
    let keys = "['/blog/a/index.json', '/blog/b.png', '/blog/c%20d.png', '/blog/x/index.json']";
    check(&[
        (
            &format!("leftOver({documents}, {keys}, ['/blog/a/index.json'], SITE)"),
            r#"["/blog/a/index.json","/blog/c%20d.png"]"#,
        ),
        (
            &format!(
                "leftOver({documents}, {keys}, ['/blog/a/index.json', '/blog/x/index.json'], SITE).length"
            ),
            "4",
        ),
    ]);
}
