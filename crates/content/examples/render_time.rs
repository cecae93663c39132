//! How much processor time the rendering of 1 MB takes, for input of every shape: `cargo run --release -p content --example
//! render_time`. Ends with 1 when any takes a second or more.

use std::{process::ExitCode, time::Duration};

use content::{
    post::{Body, Dialect, Format},
    render::render,
};
use rustix::time::{ClockId, clock_gettime};

/// The length of each input in bytes.
const LENGTH: usize = 1_000_000;

/// What each input repeats, half of it before and half behind.
const SHAPES: &[(&str, &str)] = &[
    (
        "A plain paragraph of *ordinary* [words](https://a.b/) with `code`.\n\n",
        "",
    ),
    (
        "<p>A <b>plain</b> paragraph &eacute; of <a href='/x'>HTML</a>.</p>\n",
        "",
    ),
    ("<div>", "</div>"),
    ("<b>", "</b>"),
    ("<b class=lead>x<p>", ""),
    ("<a href=x>", "</a>"),
    ("<table><tr><td>", "</table>"),
    ("<ul><li>", ""),
    ("<svg>", ""),
    ("<i><b><u><s><div>", "</i></b></u></s>"),
    ("</p>", ""),
    ("</b>", ""),
    ("> ", ""),
    ("> > > >\n", ""),
    ("- ", ""),
    ("- a\n", ""),
    ("*a ", "*"),
    ("_a*", ""),
    ("[", "](x)"),
    ("[a](", ""),
    ("![", "](x)"),
    ("`", ""),
    ("`a``b", ""),
    ("{", ""),
    ("{%", ""),
    ("{% raw %}", ""),
    ("{% highlight %}", ""),
    ("{% x ", "%}"),
    ("{% x %}\n", ""),
    ("{{ x ", "}}"),
    ("{{ site.url }}", ""),
    ("{{< figure src=a >}}\n\n", ""),
    ("{:", ""),
    ("{:.x}", ""),
    ("{:.x}\n\n", ""),
    ("{::comment}", ""),
    ("a] (/b", ")"),
    ("[a] (/b) ", ""),
    ("[a](b){:.c}\n\n", ""),
    ("<!--", ""),
    ("<x ", ""),
    ("<a b", ""),
    ("<script>", ""),
    ("&x;", ""),
    ("&eacute;", ""),
    ("&nbsp", ""),
    ("$", ""),
    ("$a$", ""),
    ("a$b$", ""),
    ("$$", ""),
    ("[^a]", ""),
    ("[^a]: b\n", ""),
    ("[a]: b\n", ""),
    ("# a\n", ""),
    ("# a {#a}\n", ""),
    ("www.a.b)", ""),
    ("https://", ""),
    ("a@b.", ""),
    ("a@", ""),
    ("<pre>", ""),
    ("    <p>\n\n", ""),
    ("<div>\n\n    <p>\n\n", ""),
    ("<img src=a>\n- b\n\n", ""),
    ("<img", ""),
    ("> <img", ""),
    ("] (/a)", ""),
    ("| a ", "|"),
    ("| a |\n|-|\n", ""),
    ("a\n: b\n", ""),
    ("\\", ""),
    (" : ; ! ? « » ", ""),
    ("\0", ""),
    ("\u{301}", ""),
    ("~", ""),
    ("~~a", ""),
    ("\n", ""),
    ("\t", ""),
];

fn main() -> ExitCode {
    let mut slowest = Duration::ZERO;
    for (begin, end) in SHAPES {
        for format in [Format::Markdown, Format::Html] {
            for numbered in [false, true] {
                let time = measure(begin, end, format, numbered);
                slowest = slowest.max(time);
                if time > Duration::from_millis(300) {
                    println!(
                        "{time:>10.1?} {format:?} {begin:?} {end:?} {}",
                        if numbered { "numbered" } else { "" }
                    );
                }
            }
        }
    }
    println!(
        "slowest: {slowest:.1?} for {LENGTH} bytes, of {} shapes",
        SHAPES.len() * 4
    );
    if slowest < Duration::from_secs(1) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The time that one input takes; numbered, each `a` of it is another word.
fn measure(begin: &str, end: &str, format: Format, numbered: bool) -> Duration {
    let mut source = String::with_capacity(LENGTH + 64);
    let mut count = 0;
    let limit = LENGTH * begin.len() / (begin.len() + end.len());
    while source.len() < limit {
        count += 1;
        source.push_str(&if numbered {
            begin.replace('a', &format!("a{count}"))
        } else {
            begin.to_owned()
        });
    }
    while !end.is_empty() && source.len() < LENGTH {
        source.push_str(end);
    }
    let body = Body {
        source,
        format,
        dialect: Dialect::Goldmark,
        language: match "fr".parse() {
            Ok(language) => language,
            Err(_) => return Duration::MAX,
        },
        base_path: String::new(),
        links: Vec::new(),
        images: Vec::new(),
        typography: true,
        prepared: Vec::new(),
    };
    let start = clock_gettime(ClockId::ThreadCPUTime);
    let rendered = render(&body);
    let end = clock_gettime(ClockId::ThreadCPUTime);
    let nanoseconds = (end.tv_sec - start.tv_sec) * 1_000_000_000 + (end.tv_nsec - start.tv_nsec);
    let time = Duration::from_nanos(nanoseconds.unsigned_abs());
    assert!(
        rendered.html.len() < 200 * LENGTH,
        "{begin:?} grows to {} bytes",
        rendered.html.len()
    );
    time
}
