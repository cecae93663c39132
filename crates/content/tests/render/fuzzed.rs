//! What holds of any input: the fuzz target `markdown_to_html` checks it, and a test replays the target's inputs.

use content::{
    post::{Body, Dialect, Format},
    render::{body_text, destinations, inline_html, plain_text, preparable, render},
};

use crate::dom::{assert_round_trip, violations};

/// Renders the input, whose first byte says how it is written, in every way that there is.
pub fn check(input: &[u8]) {
    let Some((first, rest)) = input.split_first() else {
        return;
    };
    let source = String::from_utf8_lossy(rest).into_owned();
    let dialects = [Dialect::Kramdown, Dialect::Goldmark, Dialect::Gfm];
    let body = Body {
        source,
        format: if first & 1 == 0 {
            Format::Markdown
        } else {
            Format::Html
        },
        dialect: dialects[usize::from(first >> 1) % dialects.len()],
        language: "fr".parse().unwrap(),
        base_path: String::new(),
        links: Vec::new(),
        images: Vec::new(),
        typography: first & 64 == 0,
        prepared: Vec::new(),
    };
    let rendered = render(&body);
    hold(&rendered.html, &body.source);
    hold(&inline_html(&body.source), &body.source);
    for remark in &rendered.remarks {
        assert!(
            body.source.is_char_boundary(remark.offset),
            "{remark:?} points into a character"
        );
    }
    for found in destinations(&body) {
        assert!(
            body.source.is_char_boundary(found.offset),
            "{found:?} points into a character"
        );
    }
    plain_text(&body.source);
    body_text(&body);
    preparable(&body);
}

fn hold(html: &str, source: &str) {
    let violations = violations(html);
    assert!(
        violations.is_empty(),
        "{violations:?} in {html:?}, from {source:?}"
    );
    assert_round_trip(html, source);
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fuzz_targets_inputs_are_replayed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/markdown_to_html");
        let mut count = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let input = std::fs::read(entry.unwrap().path()).unwrap();
            super::check(&input);
            count += 1;
        }
        assert!(count >= 10, "{count} inputs");
    }
}
