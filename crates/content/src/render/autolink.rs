//! Addresses in text, as GFM's extended autolinks find them (GFM specification, section 6.9).

use std::ops::Range;

use super::html::signs;

/// The addresses in a text, in its order: where each stands, and where it leads.
pub fn find(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(sign) = signs::find(text, at, signs::LINK | signs::W) {
        at = sign + 1;
        let link = match text.as_bytes()[sign] {
            b':' => web(text, sign, done),
            b'w' => www(text, sign, done),
            _ => email(text, sign, done),
        };
        if let Some((range, address)) = link {
            at = range.end;
            done = range.end;
            found.push((range, address));
        }
    }
    found
}

/// `https://…`; `colon` is where its colon stands.
fn web(text: &str, colon: usize, done: usize) -> Option<(Range<usize>, String)> {
    let before = &text[done..colon];
    let scheme = ["https", "http"].iter().find(|scheme| {
        let start = before.len().checked_sub(scheme.len());
        start
            .and_then(|start| before.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    if text[..start].ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let host = text[colon..].strip_prefix("://")?;
    let host_start = text.len() - host.len();
    is_domain(host, false).then_some(())?;
    let end = host_start + end_of_address(host);
    Some((start..end, text[start..end].to_owned()))
}

fn www(text: &str, start: usize, done: usize) -> Option<(Range<usize>, String)> {
    let rest = &text[start..];
    let free = start == 0
        || text[..start].ends_with(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('));
    if start < done || !free || !rest.starts_with("www.") || !is_domain(rest, true) {
        return None;
    }
    let end = start + end_of_address(rest);
    Some((start..end, format!("http://{}", &text[start..end])))
}

fn email(text: &str, sign: usize, done: usize) -> Option<(Range<usize>, String)> {
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let length = text.as_bytes()[done..sign]
        .iter()
        .rev()
        .take(256)
        .take_while(|b| local(b))
        .count();
    let start = sign - length;
    let host = &text[sign + 1..];
    let in_host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let length = host.as_bytes().iter().take_while(|b| in_host(b)).count();
    let domain = host[..length].trim_end_matches('.');
    let is_address =
        start < sign && domain.contains('.') && !domain.ends_with(['-', '_']) && !domain.starts_with('.');
    let end = sign + 1 + domain.len();
    is_address.then(|| (start..end, format!("mailto:{}", &text[start..end])))
}

/// Whether a text begins with a domain: segments of letters, digits, `-` and `_`, with no `_` in the last two.
fn is_domain(text: &str, needs_dot: bool) -> bool {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(text.len());
    let domain = text[..end].trim_end_matches('.');
    let last_two = domain.rsplit('.').take(2);
    let is_clean = last_two
        .into_iter()
        .all(|segment| !segment.is_empty() && !segment.contains('_'));
    is_clean && (!needs_dot || domain.contains('.'))
}

/// The length of an address: up to white space or `<`, without the punctuation that ends a sentence.
fn end_of_address(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || c == '<')
        .unwrap_or(text.len());
    let mut address = &text[..end];
    let count = |sign: u8| address.bytes().filter(|b| *b == sign).count();
    let (opening, mut closing) = (count(b'('), count(b')'));
    loop {
        address = match address.as_bytes().last() {
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'"' | b'\'') => {
                &address[..address.len() - 1]
            }
            Some(b')') if closing > opening => {
                closing -= 1;
                &address[..address.len() - 1]
            }
            Some(b';') => match entity_start(address) {
                Some(start) => &address[..start],
                None => return address.len(),
            },
            _ if address.ends_with(['»', '”', '’', '…']) => {
                address.trim_end_matches(['»', '”', '’', '…'])
            }
            _ => return address.len(),
        };
    }
}

/// Where a character reference at the end of an address begins.
fn entity_start(address: &str) -> Option<usize> {
    let name = address.strip_suffix(';')?;
    let start = name.rfind('&')?;
    let name = &name[start + 1..];
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_text() {
        for (text, expected) in [
            (
                "see www.commonmark.org/help for",
                vec!["http://www.commonmark.org/help"],
            ),
            (
                "Visit www.commonmark.org/a.b.",
                vec!["http://www.commonmark.org/a.b"],
            ),
            (
                "(www.google.com/search?q=Markup+(business)))",
                vec!["http://www.google.com/search?q=Markup+(business)"],
            ),
            (
                "www.google.com/search?q=commonmark&hl;",
                vec!["http://www.google.com/search?q=commonmark"],
            ),
            ("http://a.b https://c", vec!["http://a.b", "https://c"]),
            (
                "HTTPS://a.b/é, « https://a.b/c » et “http://d.e”",
                vec!["HTTPS://a.b/é", "https://a.b/c", "http://d.e"],
            ),
            ("a.b-c_d@a.b.", vec!["mailto:a.b-c_d@a.b"]),
            ("a.b-c_d@a.b-", vec![]),
            ("xhttp://a.b ftp://a.b www. http:// a@b @a.b", vec![]),
            ("http://a_b.c/d", vec![]),
        ] {
            let found: Vec<_> = find(text).into_iter().map(|(_, address)| address).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
