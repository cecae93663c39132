//! Liquid's tags and outputs (`{% … %}`, `{{ … }}`) and Hugo's shortcodes (`{{< … >}}`, `{{% … %}}`).

use super::{Edits, Span, arguments::Arguments, end_of_range, line_of, quoted, shortcode};
use crate::{
    post::{Dialect, Format},
    render::{
        RemarkKind,
        address::{NOWHERE, REFERENCE_LANGUAGE, WITH_ORIGIN},
    },
};

/// A tag as it stands in the source.
struct Found<'a> {
    start: usize,
    end: usize,
    /// Whether it is Hugo's.
    hugo: bool,
    /// Between its signs, without white-space control.
    inner: &'a str,
}

/// Converts all that stands outside code.
pub fn convert(dialect: Dialect, code: &[Span], edits: &mut Edits) {
    let mut scan = Scan {
        source: edits.source,
        absent: Vec::new(),
        ends: Vec::new(),
    };
    let mut at = 0;
    while let Some(found) = scan.source[at..].find('{') {
        let start = at + found;
        at = start + 1;
        if !scan.source[at..].starts_with(['{', '%']) {
            continue;
        }
        if end_of_range(code, start).is_some() {
            at = in_code(dialect, start, &mut scan, edits).unwrap_or(at);
        } else if let Some(tag) = scan.tag(start) {
            at = one(dialect, &tag, &mut scan, edits);
        }
    }
}

/// Where a tag begins and ends.
type Ends = (usize, usize);

/// Where the source is read, and what is known of its rest, so that nothing is searched for twice.
struct Scan<'a> {
    source: &'a str,
    /// From where on there is no such sign.
    absent: Vec<(&'static str, usize)>,
    /// For the word of an end tag, from where it was searched for and what was found.
    ends: Vec<(&'static str, usize, Option<Ends>)>,
}

impl<'a> Scan<'a> {
    fn find(&mut self, sign: &'static str, from: usize) -> Option<usize> {
        let is_absent = |known: &(&str, usize)| known.0 == sign && known.1 <= from;
        if self.absent.iter().any(is_absent) {
            return None;
        }
        let found = self.source[from..].find(sign).map(|at| from + at);
        if found.is_none() {
            self.absent.retain(|known| known.0 != sign);
            self.absent.push((sign, from));
        }
        found
    }

    /// The tag at `start`.
    fn tag(&mut self, start: usize) -> Option<Found<'a>> {
        let rest = &self.source[start..];
        let (open, close, hugo) = match rest.as_bytes().get(..3)? {
            b"{{<" => (3, ">}}", true),
            b"{{%" => (3, "%}}", true),
            [b'{', b'{', _] => (2, "}}", false),
            _ => (2, "%}", false),
        };
        let end = self.find(close, start + open)?;
        let inner = self.source[start + open..end].trim_matches('-').trim();
        Some(Found {
            start,
            end: end + close.len(),
            hugo,
            inner,
        })
    }

    /// Where `{% end… %}` or `{{< /… >}}` of a name stands behind `from`.
    fn end_tag(&mut self, name: &'static str, hugo: bool, from: usize) -> Option<Ends> {
        let word: &'static str = match (hugo, name) {
            (false, "raw") => "endraw",
            (false, "comment") => "endcomment",
            (false, "highlight") => "endhighlight",
            (false, _) => "endfigure",
            (true, _) => "/highlight",
        };
        if let Some((_, searched, found)) = self.ends.iter().find(|known| known.0 == word).copied()
            && searched <= from
            && found.is_none_or(|(start, _)| from <= start)
        {
            return found;
        }
        let found = self.search_end(word, from);
        self.ends.retain(|known| known.0 != word);
        self.ends.push((word, from, found));
        found
    }

    fn search_end(&mut self, word: &'static str, mut from: usize) -> Option<Ends> {
        loop {
            let at = self.find(word, from)?;
            let before = self.source[..at].trim_end_matches(['-', ' ', '\t', '\n', '<', '%']);
            let start = before
                .trim_end_matches('{')
                .len()
                .max(before.len().saturating_sub(2));
            // The signs that were passed over belong to the tag: `{%`, `{{<`, `{{%`.
            match self.tag(start).filter(|_| before.ends_with('{')) {
                Some(tag) if tag.inner.replace(' ', "") == word && tag.end > at => {
                    return Some((tag.start, tag.end));
                }
                _ => from = at + word.len(),
            }
        }
    }
}

/// What Jekyll and Hugo take out of code too.
fn in_code(dialect: Dialect, start: usize, scan: &mut Scan, edits: &mut Edits) -> Option<usize> {
    let rest = scan.source[start + 2..].trim_start_matches(['<', '%', '-', ' ']);
    if !["raw", "endraw", "/*"].iter().any(|word| rest.starts_with(word)) {
        return None;
    }
    let tag = scan.tag(start)?;
    if dialect == Dialect::Kramdown && !tag.hugo && matches!(tag.inner, "raw" | "endraw") {
        edits.remove(tag.start, tag.end);
        return Some(tag.end);
    }
    if dialect == Dialect::Goldmark && tag.hugo && tag.inner.starts_with("/*") && tag.inner.ends_with("*/") {
        let inner_start = tag.start + 3;
        edits.replace(inner_start, inner_start + 2, "");
        edits.replace(tag.end - 5, tag.end - 3, "");
        return Some(tag.end);
    }
    None
}

/// Converts one tag outside code, and tells how far the source is done.
fn one(dialect: Dialect, tag: &Found, scan: &mut Scan, edits: &mut Edits) -> usize {
    if tag.hugo {
        return hugo(tag, scan, edits);
    }
    if scan.source[tag.start..].starts_with("{{") {
        return output(dialect, tag, edits);
    }
    let (name, rest) = tag
        .inner
        .split_once(char::is_whitespace)
        .unwrap_or((tag.inner, ""));
    let paired: Option<&'static str> = match name {
        "raw" => Some("raw"),
        "comment" => Some("comment"),
        "highlight" => Some("highlight"),
        "figure" => Some("figure"),
        _ => None,
    };
    let end = paired.and_then(|name| Some((name, scan.end_tag(name, false, tag.end)?)));
    match (name, end) {
        (_, Some(("raw", (end_start, end)))) => {
            edits.remove(tag.start, tag.end);
            edits.remove(end_start, end);
            converted(tag, "its content stays as it is", edits);
            end
        }
        (_, Some(("comment", (_, end)))) => {
            edits.remove(tag.start, end);
            end
        }
        (_, Some(("highlight", ends))) => highlight(tag, rest, ends, edits),
        (_, Some((_, (end_start, end)))) => {
            let figure = shortcode::figure_open_and_close(&Arguments::read(rest), edits.format);
            edits.replace(tag.start, tag.end, figure.0);
            edits.replace(end_start, end, figure.1);
            converted(tag, "it was read as a figure", edits);
            tag.end
        }
        ("post_url" | "link", None) => address(tag, name, rest, edits),
        ("include" | "include_relative" | "include_cached", None) => {
            let (file, rest) = rest
                .trim()
                .split_once(char::is_whitespace)
                .unwrap_or((rest.trim(), ""));
            let name = file
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches(".html");
            known_or_not(tag, name, rest, edits)
        }
        _ => known_or_not(tag, name, rest, edits),
    }
}

fn hugo(tag: &Found, scan: &mut Scan, edits: &mut Edits) -> usize {
    if let Some(shown) = tag
        .inner
        .strip_prefix("/*")
        .and_then(|inner| inner.strip_suffix("*/"))
    {
        let signs = &scan.source[tag.start..tag.start + 3];
        let (open, close) = if signs == "{{<" {
            ("{{&lt;", "&gt;}}")
        } else {
            ("{{%", "%}}")
        };
        edits.replace(tag.start, tag.end, format!("{open}{shown}{close}"));
        return tag.end;
    }
    let inner = tag.inner.trim_end_matches('/').trim();
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    match name {
        "ref" | "relref" => address(tag, name, rest, edits),
        "highlight" => match scan.end_tag("highlight", true, tag.end) {
            Some(ends) => highlight(tag, rest, ends, edits),
            None => known_or_not(tag, name, rest, edits),
        },
        _ => known_or_not(tag, name, rest, edits),
    }
}

/// `{% highlight ruby linenos %}` as a fenced code block.
fn highlight(tag: &Found, rest: &str, (end_start, end): Ends, edits: &mut Edits) -> usize {
    let code = &edits.source[tag.end..end_start];
    let arguments = Arguments::read(rest);
    let language = arguments.positional.first().map_or("", String::as_str);
    let language: String = language
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '+' | '#'))
        .collect();
    let code = code.strip_prefix('\n').unwrap_or(code).trim_end();
    let text = if edits.format == Format::Html {
        let mut html = format!("<pre><code class=\"language-{language}\">");
        crate::render::html::serialize::escape_text(code, &mut html);
        html + "</code></pre>"
    } else {
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        let alone = line_of(edits.source, tag.start, tag.end);
        let indentation = alone.map_or("", |(before, ..)| before);
        let begin = if alone.is_some() { "" } else { "\n\n" };
        format!("{begin}{fence}{language}\n{code}\n{indentation}{fence}\n")
    };
    edits.replace(tag.start, end, text);
    converted(tag, "it was read as a code block", edits);
    end
}

/// The URL of a post, which the build has resolved by its name: `post_url:…`, `link:…`, `ref:…`. Jekyll takes all that
/// stands in its tags for the name (lib/jekyll/tags/post_url.rb, link.rb); the language that Hugo is told stands behind
/// it. As there, the URL may stand in a destination, in the middle of one, or in running text.
fn address(tag: &Found, name: &str, rest: &str, edits: &mut Edits) -> usize {
    let arguments = Arguments::read(rest);
    let path = match name {
        "ref" | "relref" => arguments.get_or(&["path"], 0).unwrap_or_default(),
        _ => rest.trim().trim_matches(['"', '\'']),
    };
    let (path, fragment) = path.split_at(path.find('#').unwrap_or(path.len()));
    let mut key = String::new();
    if name == "ref" || edits.origin_end == Some(tag.start) {
        key.push_str(WITH_ORIGIN);
    }
    key.push_str(name.trim_start_matches("rel"));
    key.push(':');
    write_address(path, &mut key);
    if let Some(language) = arguments.get(&["lang"]).filter(|_| tag.hugo) {
        key.push_str(REFERENCE_LANGUAGE);
        write_address(language, &mut key);
    }
    let Some(url) = (edits.resolve)(&key, tag.start) else {
        if line_of(edits.source, tag.start, tag.end).is_some() {
            edits.remove(tag.start, tag.end);
        } else {
            edits.replace(tag.start, tag.end, NOWHERE);
        }
        return tag.end;
    };
    // Jekyll 3 left the base path to the author, who has written it.
    let has_base = edits.source[..tag.start].ends_with(edits.base_path);
    let behind_base = url.strip_prefix(edits.base_path).filter(|_| has_base);
    let mut text = String::new();
    write_address(behind_base.unwrap_or(&url), &mut text);
    write_address(fragment, &mut text);
    edits.replace(tag.start, tag.end, text);
    converted(tag, "it was read as the address of a post", edits);
    tag.end
}

/// What no destination of Markdown's and no attribute can hold as it is, escaped.
fn write_address(text: &str, to: &mut String) {
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '(' | ')' | '<' | '>' | '"' | '\'' | '&' | '?' | '\\' => {
                to.push_str(&format!("%{:02X}", c as u32));
            }
            _ => to.push(c),
        }
    }
}

/// `{{ site.baseurl }}`, `{{ "/x" | relative_url }}`; every other output is left out.
fn output(dialect: Dialect, tag: &Found, edits: &mut Edits) -> usize {
    let behind = &edits.source[tag.end..];
    let (value, filters) = tag.inner.split_once('|').unwrap_or((tag.inner, ""));
    let value = value.trim();
    let literal = ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    let root = match value {
        "site.baseurl" | "site.BaseURL" | ".Site.BaseURL" => Some(edits.base_path),
        "site.url" => Some(""),
        _ => None,
    };
    if let Some(root) = root {
        if value == "site.url" || edits.origin_end == Some(tag.start) {
            edits.origin_end = Some(tag.end);
        }
        // The URL of a post behind it leads from the root already.
        let mut text = if behind.starts_with("{%") { "" } else { root }.to_owned();
        if !["/", "{{", "{%"].iter().any(|next| behind.starts_with(next)) {
            text.push('/');
        }
        edits.replace(tag.start, tag.end, text);
        converted(tag, "it was read as the root of the site", edits);
    } else if let Some(literal) = literal {
        let text = filtered(literal, filters, edits.base_path);
        edits.replace(tag.start, tag.end, text);
        converted(tag, "it was read as the text in it", edits);
    } else if dialect == Dialect::Kramdown
        || ["site.", "page.", "include."]
            .iter()
            .any(|own| value.starts_with(own))
    {
        edits.remove(tag.start, tag.end);
        unknown(tag, edits);
    }
    tag.end
}

/// A text behind the filters that put the base path before it (lib/jekyll/filters/url_filters.rb). The origin is left
/// out: links within the blog need none.
fn filtered(literal: &str, filters: &str, base_path: &str) -> String {
    let mut text = String::new();
    for filter in filters.split('|').map(str::trim) {
        if matches!(filter, "relative_url" | "absolute_url") && !literal.contains("://") {
            text.push_str(base_path);
            if !literal.starts_with('/') {
                text.push('/');
            }
        } else if filter.starts_with("prepend:") && filter.ends_with("site.baseurl") {
            text.push_str(base_path);
        }
    }
    text + literal
}

fn known_or_not(tag: &Found, name: &str, rest: &str, edits: &mut Edits) -> usize {
    let line = line_of(edits.source, tag.start, tag.end);
    match shortcode::html(
        name,
        &Arguments::read(rest),
        edits.format,
        line.map(|(before, ..)| before),
    ) {
        Some(html) => {
            edits.replace(tag.start, tag.end, html);
            converted(tag, "it was read as what it shows", edits);
        }
        None => {
            edits.remove(tag.start, tag.end);
            // The end of what was reported at its beginning.
            if !name.starts_with("end") && !name.starts_with('/') {
                unknown(tag, edits);
            }
        }
    }
    tag.end
}

fn converted(tag: &Found, how: &str, edits: &mut Edits) {
    let source = edits.source;
    let message = || format!("{}: {how}", quoted(&source[tag.start..tag.end]));
    edits.remark(tag.start, RemarkKind::Converted, message);
}

fn unknown(tag: &Found, edits: &mut Edits) {
    let source = edits.source;
    let message = || {
        format!(
            "{} is not known and was left out; write it as Markdown or HTML",
            quoted(&source[tag.start..tag.end])
        )
    };
    edits.remark(tag.start, RemarkKind::Unknown, message);
}
