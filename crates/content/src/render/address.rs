//! Addresses in a post: which may stay, and which lead to another site.

use percent_encoding::percent_decode_str;

/// What stands before every id and name of a post, so that none is a name of the page.
pub const ID_PREFIX: &str = "post-";

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Within the post.
    Fragment,
    /// Relative to the post's page or from the site's root.
    Relative,
    /// An absolute address on the web, `//host` included.
    Web,
    /// `mailto:`, `tel:`.
    Contact,
}

/// The address as a browser would read it, and where it leads; `None` when its scheme is none of http, https, mailto
/// and tel.
///
/// White space and controls are taken off as WHATWG's URL parser does (URL standard, section 4.4): at both ends all
/// up to U+0020, within it tabs and newlines.
pub fn read(address: &str) -> Option<(String, Target)> {
    let mut stripped = address.trim_matches(|c| c <= ' ').to_owned();
    if stripped.bytes().any(|byte| byte < b' ') {
        stripped.retain(|c| !matches!(c, '\t' | '\n' | '\r'));
    }
    let is = |scheme: &str, known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let target = match scheme(&stripped) {
        Some(scheme) if is(scheme, &["http", "https"]) => Target::Web,
        Some(scheme) if is(scheme, &["mailto", "tel"]) => Target::Contact,
        Some(_) => return None,
        None if stripped.starts_with('#') => Target::Fragment,
        None if begins_with_host(&stripped) => Target::Web,
        None => Target::Relative,
    };
    Some((stripped, target))
}

/// The scheme as it is written.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// Browsers read a backslash as a slash.
fn begins_with_host(address: &str) -> bool {
    let mut bytes = address.bytes();
    let slash = |byte| matches!(byte, Some(b'/' | b'\\'));
    slash(bytes.next()) && slash(bytes.next())
}

/// The id of the element that a URL's fragment names, percent-encoded or not, with or without `#`.
///
/// Ids of posts are prefixed, so that none takes over a name of the page; this is how `#les-détails` of an old link
/// finds its heading. It gives an id that is prefixed already as it is.
pub fn fragment_id(fragment: &str) -> String {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    prefixed(&percent_decode_str(fragment).decode_utf8_lossy())
}

/// How a body names a post otherwise than by its URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `{% post_url 2018-01-02-name %}`: the name of a file in `_posts`, without extension, perhaps with its folder.
    PostUrl,
    /// `{% link _posts/2018-01-02-name.md %}`: a file, from the root of the folder.
    Link,
    /// `{{< ref "name.md" >}}`, `{{< relref … >}}`: a file, from the post's own folder or from `content`.
    Ref,
}

/// A post that a body names otherwise than by its URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostReference<'a> {
    /// Which tag or shortcode named it.
    pub kind: ReferenceKind,
    /// Whether its URL is wanted with the origin: by Hugo's `ref`, and behind `{{ site.url }}`.
    pub absolute: bool,
    /// What it said, decoded and without fragment.
    pub name: String,
    /// The language that Hugo's was told to look in (`lang="fr"`), as it is written.
    pub language: Option<&'a str>,
}

/// How such names are told from URLs in [`crate::post::OwnLink::href`]. They stand in no page: rendering puts the URL in
/// their place, or nothing.
const REFERENCES: [(&str, ReferenceKind); 3] = [
    ("post_url:", ReferenceKind::PostUrl),
    ("link:", ReferenceKind::Link),
    ("ref:", ReferenceKind::Ref),
];

/// What stands before such a name when the origin is wanted.
pub const WITH_ORIGIN: &str = "absolute:";

/// What stands in such a name before the language.
pub const REFERENCE_LANGUAGE: &str = "?lang=";

/// What a name that leads nowhere leaves in a source, so that a destination which begins with it is taken out. It is no
/// character (Unicode, section 23.7), and is taken out of all that is rendered.
pub const NOWHERE: char = '\u{FFFF}';

/// The post that a name means which [`super::references`] gives; `None` for URLs. The build finds the post and resolves
/// it with an [`crate::post::OwnLink`].
pub fn post_reference(name: &str) -> Option<PostReference<'_>> {
    let relative = name.strip_prefix(WITH_ORIGIN);
    let (kind, rest) = REFERENCES
        .iter()
        .find_map(|(scheme, kind)| Some((*kind, relative.unwrap_or(name).strip_prefix(scheme)?)))?;
    let (name, language) = match rest.split_once(REFERENCE_LANGUAGE) {
        Some((name, language)) => (name, Some(language)),
        None => (rest, None),
    };
    Some(PostReference {
        kind,
        absolute: relative.is_some(),
        name: percent_decode_str(name).decode_utf8_lossy().into_owned(),
        language,
    })
}

/// The id with its prefix.
pub fn prefixed(id: &str) -> String {
    if id.starts_with(ID_PREFIX) {
        id.to_owned()
    } else {
        format!("{ID_PREFIX}{id}")
    }
}

/// The candidates of a `srcset` whose addresses may stay, each address given to `change` (WHATWG HTML, section
/// 4.8.4.2.1, without the nested parentheses that no browser knows).
pub fn srcset(value: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut candidates = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return candidates.join(", ");
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, behind) = rest.split_at(end);
        let bare = address.trim_end_matches(',');
        let (descriptor, behind) = if bare.len() < address.len() {
            ("", behind)
        } else {
            behind.split_at(behind.find(',').unwrap_or(behind.len()))
        };
        let descriptor = descriptor.trim();
        let is_known = descriptor
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'w' | b'x'));
        if let Some(address) = change(bare).filter(|_| is_known) {
            candidates.push(format!("{address} {descriptor}").trim_end().to_owned());
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_checked_as_a_browser_reads_them() {
        for address in [
            "javascript:x",
            " \u{1}JavaScript:x",
            "java\tscript:x",
            "java\nscript\r:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "file:///x",
            "view-source:x",
            "intent:x",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
        for (address, target) in [
            ("HTTPS://x", Target::Web),
            ("//x", Target::Web),
            ("/\\x", Target::Web),
            ("\t\\/x", Target::Web),
            ("/x", Target::Relative),
            ("", Target::Relative),
            ("a b:c", Target::Relative),
            ("./javascript:x", Target::Relative),
            ("?a:b", Target::Relative),
            ("#javascript:x", Target::Fragment),
            ("mailto:x", Target::Contact),
            ("tel:+1", Target::Contact),
        ] {
            assert_eq!(read(address).map(|read| read.1), Some(target), "{address}");
        }
    }

    #[test]
    fn a_fragment_finds_its_element() {
        for fragment in [
            "les-détails",
            "#les-détails",
            "les-d%C3%A9tails",
            "post-les-détails",
        ] {
            assert_eq!(fragment_id(fragment), "post-les-détails");
        }
    }

    #[test]
    fn a_reference_is_told_from_a_url() {
        for (written, kind, absolute, name, language) in [
            ("ref:a%20b.md", ReferenceKind::Ref, false, "a b.md", None),
            (
                "absolute:ref:a?lang=fr",
                ReferenceKind::Ref,
                true,
                "a",
                Some("fr"),
            ),
            ("ref:", ReferenceKind::Ref, false, "", None),
            ("link:a%3Fb.pdf", ReferenceKind::Link, false, "a?b.pdf", None),
            (
                "post_url:2018-01-02-a",
                ReferenceKind::PostUrl,
                false,
                "2018-01-02-a",
                None,
            ),
        ] {
            let expected = PostReference {
                kind,
                absolute,
                name: name.to_owned(),
                language,
            };
            assert_eq!(post_reference(written), Some(expected));
        }
        assert_eq!(post_reference("https://link:ref"), None);
    }

    #[test]
    fn a_srcset_keeps_what_may_stay() {
        let check = |address: &str| read(address).map(|read| read.0);
        assert_eq!(
            srcset("a.png, b.png 2x,javascript:x 3x, /c.png 100w", check),
            "a.png, b.png 2x, /c.png 100w"
        );
        assert_eq!(srcset(" , ,", check), "");
        assert_eq!(srcset("a.png 2x onerror=x", check), "");
    }
}
