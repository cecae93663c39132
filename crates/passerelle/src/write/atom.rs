//! The newest posts of a language as an Atom feed (RFC 4287), whole, for feed readers that know no JSON Feed.

use std::io;

use content::{index::Item, site::SiteLanguage};
use maud::{Markup, PreEscaped, html};
use quick_xml::events::BytesText;

use super::{
    urls::Urls,
    xml::{self, Xml},
};
use crate::places::{atom_path, list_path};

/// Posts in a feed: it holds them whole, and every reader fetches it again and again. The index has all of them.
pub const ENTRIES: usize = 20;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A post with its body as HTML whose addresses are absolute.
pub type Entry<'a> = (&'a Item, &'a str);

/// The feed of a language; `None` without an origin, since every id of a feed must be absolute (section 4.2.6).
///
/// # Errors
/// As [`xml::document`].
pub fn feed(urls: Urls<'_>, about: &SiteLanguage, entries: &[Entry<'_>]) -> io::Result<Option<String>> {
    let language = &about.language;
    let Some(origin) = urls.origin(language) else {
        return Ok(None);
    };
    let Some((newest, _)) = entries.first() else {
        return Ok(None);
    };
    let home = urls.public(language, &list_path(language, 1));
    let own = urls.public(language, &atom_path(language));
    xml::document(
        "feed",
        &[("xmlns", ATOM), ("xml:lang", language.as_str())],
        |xml| {
            xml::text(xml, "id", &home)?;
            xml::text(xml, "title", &about.title)?;
            if let Some(description) = &about.description {
                xml::text(xml, "subtitle", description)?;
            }
            xml::text(xml, "updated", &newest.date_published)?;
            // A feed names an author wherever an entry does not (section 4.1.1).
            author(xml, &about.title)?;
            xml::empty(
                xml,
                "link",
                &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)],
            )?;
            xml::empty(
                xml,
                "link",
                &[("rel", "alternate"), ("type", "text/html"), ("href", &home)],
            )?;
            xml::text(xml, "generator", super::GENERATOR)?;
            entries
                .iter()
                .try_for_each(|(item, body)| entry(xml, origin, item, body))
        },
    )
    .map(Some)
}

/// One post. There is no date of a change in front matter that all blogs share, so `updated` is that of publishing.
fn entry(xml: &mut Xml, origin: &str, item: &Item, body: &str) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        xml::text(xml, "id", &item.id)?;
        xml::text(xml, "title", &item.title)?;
        xml::text(xml, "published", &item.date_published)?;
        xml::text(xml, "updated", &item.date_published)?;
        for name in &item.authors {
            author(xml, &name.name)?;
        }
        for tag in &item.tags {
            xml::empty(xml, "category", &[("term", tag)])?;
        }
        let own = (&item.language, &item.url);
        let twins = item
            .passerelle
            .translations
            .iter()
            .map(|twin| (&twin.language, &twin.url));
        for (language, url) in std::iter::once(own).chain(twins) {
            let attributes = [
                ("rel", "alternate"),
                ("type", "text/html"),
                ("hreflang", language.as_str()),
                ("href", url.as_str()),
            ];
            xml::empty(xml, "link", &attributes)?;
        }
        if !item.content_text.is_empty() {
            xml::text(xml, "summary", &item.content_text)?;
        }
        let html = format!("{}{body}", figure(item, origin).0);
        xml.create_element("content")
            .with_attribute(("type", "html"))
            .write_text_content(BytesText::new(&xml::legal(&html)))?;
        Ok(())
    })?;
    Ok(())
}

fn author(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.create_element("author")
        .write_inner_content(|xml| xml::text(xml, "name", name))?;
    Ok(())
}

/// The main image, which stands before the body on the page.
fn figure(item: &Item, origin: &str) -> Markup {
    let Some(image) = &item.image else {
        return PreEscaped(String::new());
    };
    let origin = if image.starts_with('/') { origin } else { "" };
    let (width, height) = item.passerelle.image_size.unzip();
    html! {
        p { img src=(format!("{origin}{image}")) alt=(item.passerelle.image_text) width=[width] height=[height]; }
    }
}
