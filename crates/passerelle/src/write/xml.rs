//! XML, as Atom and sitemaps want it.

use std::{borrow::Cow, io};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

/// A document that is being written.
pub type Xml = Writer<Vec<u8>>;

/// A document with `root` in it, which gets its namespaces and is filled by `fill`.
///
/// # Errors
/// None that memory does not give.
pub fn document(
    root: &str,
    namespaces: &[(&str, &str)],
    fill: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<String> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element(root)
        .with_attributes(namespaces.iter().copied())
        .write_inner_content(fill)?;
    let mut text = String::from_utf8(xml.into_inner()).map_err(io::Error::other)?;
    text.push('\n');
    Ok(text)
}

/// `<name>text</name>`.
///
/// # Errors
/// As [`document`].
pub fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(&legal(text)))?;
    Ok(())
}

/// `<name attributes/>`.
///
/// # Errors
/// As [`document`].
pub fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let legal: Vec<_> = attributes
        .iter()
        .map(|(name, value)| (*name, legal(value)))
        .collect();
    xml.create_element(name)
        .with_attributes(legal.iter().map(|(name, value)| (*name, value.as_ref())))
        .write_empty()?;
    Ok(())
}

/// `text` without the characters that XML has no way to write (XML 1.0, section 2.2).
pub fn legal(text: &str) -> Cow<'_, str> {
    let is_legal =
        |c: char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(is_legal) {
        Cow::Borrowed(text)
    } else {
        text.chars().filter(|c| is_legal(*c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_can_hold_any_text() {
        let document = document("a", &[("xmlns", "urn:x")], |xml| {
            text(xml, "b", "1 < 2 & \u{8}\"é\"")?;
            empty(xml, "c", &[("d", "\"<\u{1}")])
        })
        .unwrap();
        assert_eq!(
            document,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><a xmlns=\"urn:x\"><b>1 &lt; 2 &amp; &quot;é&quot;</b><c d=\"&quot;&lt;\"/></a>\n"
        );
    }
}
