//! The addresses in safe HTML: made absolute for feeds, listed for the policy.
//!
//! Not a parser of HTML at large: this reads what `content::render` writes, where every `<` is a tag's and every
//! attribute stands in double quotes.

use std::collections::BTreeSet;

use super::policy;

/// Attributes that hold one address.
const ADDRESSES: [&str; 3] = ["href", "src", "cite"];

/// `html` with addresses that a feed reader can follow: those from the root at `origin` (`https://host`), fragments
/// and other relative ones from `page`, which is absolute.
pub fn absolute(html: &str, origin: &str, page: &str) -> String {
    let at = |address: &str| {
        let has_scheme = address
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|start| start.contains(':'));
        if has_scheme {
            address.to_owned()
        } else if address.starts_with("//") {
            format!("https:{address}")
        } else if address.starts_with('/') {
            format!("{origin}{address}")
        } else if address.starts_with(['#', '?']) || address.is_empty() {
            format!("{page}{address}")
        } else {
            let folder = page.rsplit_once('/').map_or(page, |(folder, _)| folder);
            format!("{folder}/{address}")
        }
    };
    let mut changed = String::with_capacity(html.len());
    let mut kept = 0;
    for Attribute { name, value, start } in attributes(html) {
        let new = match name {
            "srcset" => candidates(value)
                .map(|(address, rest)| format!("{}{rest}", at(address)))
                .collect::<Vec<_>>()
                .join(", "),
            name if ADDRESSES.contains(&name) => at(value),
            _ => continue,
        };
        changed.push_str(&html[kept..start]);
        changed.push_str(&new);
        kept = start + value.len();
    }
    changed.push_str(&html[kept..]);
    changed
}

/// Adds the origins that the images of `html` are loaded from to `origins`.
pub fn image_origins(html: &str, origins: &mut BTreeSet<String>) {
    for Attribute { name, value, .. } in attributes(html) {
        match name {
            "src" => origins.extend(policy::origin(value)),
            "srcset" => origins.extend(candidates(value).filter_map(|(address, _)| policy::origin(address))),
            _ => {}
        }
    }
}

/// An attribute as it is written, and where its value begins.
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    start: usize,
}

/// Every attribute of every tag.
fn attributes(html: &str) -> impl Iterator<Item = Attribute<'_>> {
    let mut at = 0;
    let mut in_tag = false;
    std::iter::from_fn(move || {
        loop {
            if !in_tag {
                at += html[at..].find('<')? + 1;
                in_tag = true;
            }
            let next = at + html[at..].find(['"', '>'])?;
            if html[next..].starts_with('>') {
                in_tag = false;
                at = next + 1;
                continue;
            }
            let start = next + 1;
            let end = start + html[start..].find('"')?;
            let name = html[at..next].trim_end_matches('=');
            let name = name
                .rsplit(|c: char| c.is_ascii_whitespace())
                .next()
                .unwrap_or(name);
            at = end + 1;
            return Some(Attribute {
                name,
                value: &html[start..end],
                start,
            });
        }
    })
}

/// The candidates of a `srcset` as `content::render` writes them: an address, and what stands behind it.
fn candidates(srcset: &str) -> impl Iterator<Item = (&str, &str)> {
    srcset.split(", ").map(|candidate| {
        let candidate = candidate.trim();
        candidate.split_at(candidate.find(' ').unwrap_or(candidate.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute_and_text_stays_as_it_is() {
        let html = r##"<p id="post-a"><a href="/b?c">href="/b"</a> &lt;a href="/d"&gt; <a href="#post-a">e</a><img src="/f.png" srcset="/f.png 1x, https://g.example/h.png 2x" alt="a > b"><a href="mailto:i@j.example">k</a><a href="l.pdf">m</a></p>"##;
        assert_eq!(
            absolute(html, "https://n.example", "https://n.example/o/"),
            r##"<p id="post-a"><a href="https://n.example/b?c">href="/b"</a> &lt;a href="/d"&gt; <a href="https://n.example/o/#post-a">e</a><img src="https://n.example/f.png" srcset="https://n.example/f.png 1x, https://g.example/h.png 2x" alt="a > b"><a href="mailto:i@j.example">k</a><a href="https://n.example/o/l.pdf">m</a></p>"##
        );
    }

    #[test]
    fn images_tell_where_they_are_loaded_from_and_links_do_not() {
        let html = r#"<a href="https://a.example/">x</a><img src="https://b.example/c.png"><img src="/d" srcset="//e.example/f 2x">"#;
        let mut origins = BTreeSet::new();
        image_origins(html, &mut origins);
        assert_eq!(
            origins.into_iter().collect::<Vec<_>>(),
            ["https://b.example", "https://e.example"]
        );
    }
}
