//! Character references: `&eacute;`, `&#233;`, `&#xE9;`, and the old names that need no semicolon.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

use super::signs;

/// The names that HTML also reads without their semicolon (WHATWG HTML, section 13.5), longest first among those that
/// begin alike.
const WITHOUT_SEMICOLON: &str = "AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave \
    Euml GT Iacute Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc \
    Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg \
    divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr \
    micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg \
    sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml";

/// What the references 0x80 to 0x9F mean: Windows' code page 1252 (section 13.2.5.80). U+FFFD stands for no change.
const WINDOWS: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}',
    '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
];

/// The longest name of a reference, `CounterClockwiseContourIntegral`.
const LONGEST_NAME: usize = 31;

/// The text with its character references decoded. In an attribute's value an old name without semicolon stays as it
/// is before `=` and alphanumerics, so that the `&copy=` of a URL survives.
pub fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = signs::find(text, 0, signs::TEXT) else {
        return Cow::Borrowed(text);
    };
    let mut decoded = String::with_capacity(text.len());
    let mut done = 0;
    let mut next = Some(first);
    while let Some(at) = next {
        decoded.push_str(&text[done..at]);
        let rest = &text[at..];
        done = at
            + match rest.as_bytes()[0] {
                b'\r' => {
                    decoded.push('\n');
                    1 + usize::from(rest[1..].starts_with('\n'))
                }
                b'\0' => {
                    decoded.push('\u{FFFD}');
                    1
                }
                b'&' => reference(rest, in_attribute, &mut decoded),
                sign => {
                    decoded.push(char::from(sign));
                    1
                }
            };
        next = signs::find(text, done, signs::TEXT);
    }
    decoded.push_str(&text[done..]);
    Cow::Owned(decoded)
}

/// Decodes the reference at the beginning of `text` onto `to`, and tells its length.
fn reference(text: &str, in_attribute: bool, to: &mut String) -> usize {
    let read = match text.strip_prefix("&#") {
        Some(digits) => numeric(digits, to).map(|length| length + 2),
        None => named(text, in_attribute, to),
    };
    read.unwrap_or_else(|| {
        to.push('&');
        1
    })
}

fn numeric(text: &str, to: &mut String) -> Option<usize> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    if end == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..end], radix).unwrap_or(u32::MAX);
    to.push(match code {
        0 => '\u{FFFD}',
        0x80..=0x9F => match WINDOWS[code as usize - 0x80] {
            '\u{FFFD}' => char::from_u32(code).unwrap_or('\u{FFFD}'),
            known => known,
        },
        _ => char::from_u32(code).unwrap_or('\u{FFFD}'),
    });
    let semicolon = usize::from(digits[end..].starts_with(';'));
    Some(prefix + end + semicolon)
}

fn named(text: &str, in_attribute: bool, to: &mut String) -> Option<usize> {
    let name = &text[1..];
    let end = name
        .bytes()
        .take(LONGEST_NAME + 1)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    if name[end..].starts_with(';')
        && let Some(decoded) = lookup(&name[..end])
    {
        to.push_str(&decoded);
        return Some(end + 2);
    }
    let old = WITHOUT_SEMICOLON
        .split_ascii_whitespace()
        .filter(|old| name[..end].starts_with(old))
        .max_by_key(|old| old.len())?;
    let next = name.as_bytes().get(old.len()).copied().unwrap_or_default();
    if in_attribute && (next == b'=' || next.is_ascii_alphanumeric()) {
        return None;
    }
    to.push_str(&lookup(old)?);
    Some(1 + old.len())
}

/// What a name stands for. The Markdown parser knows all 2,125 names already: asking it costs a reader nothing to
/// download, where a second table would cost more than all of this crate's own code.
fn lookup(name: &str) -> Option<Cow<'static, str>> {
    let common = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "nbsp" => "\u{A0}",
        _ => "",
    };
    if !common.is_empty() {
        return Some(Cow::Borrowed(common));
    }
    let source = format!("&{name};");
    let mut decoded = String::new();
    for event in Parser::new(&source) {
        if let Event::Text(text) = event {
            decoded.push_str(&text);
        }
    }
    (decoded != source && !decoded.is_empty()).then_some(Cow::Owned(decoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_as_browsers_do() {
        for (text, decoded) in [
            ("&eacute;&amp;&nbsp;x", "é&\u{A0}x"),
            ("&eacute &AMP &notit; &notin;", "é & ¬it; ∉"),
            ("&#233;&#xE9;&#XE9 &#0;&#x110000;&#150;", "ééé \u{FFFD}\u{FFFD}–"),
            ("&#; &#x; & &; &unknown; &a", "&#; &#x; & &; &unknown; &a"),
            ("a\r\nb\rc\0", "a\nb\nc\u{FFFD}"),
        ] {
            assert_eq!(decode(text, false), decoded, "{text}");
        }
    }

    #[test]
    fn a_urls_parameters_are_not_references() {
        assert_eq!(decode("?a=1&copy=2&reg&lt;", true), "?a=1&copy=2®<");
    }
}
