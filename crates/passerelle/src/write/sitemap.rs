//! `sitemap.xml`: every page of the site for search engines, each with its translations.
//!
//! Source of the limits: <https://www.sitemaps.org/protocol.html>.

use std::io;

use super::{alternates::Alternate, xml};
use crate::places::{SITEMAP, sitemap_part};

const SITEMAP_SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// URLs that one file may hold.
const MOST_URLS: usize = 50_000;

/// Bytes that one file may hold, less what stands round its URLs.
const MOST_BYTES: usize = 50 * 1024 * 1024 - 1024;

/// A page: its absolute URL, and the page in each language.
pub struct Entry<'a> {
    /// Absolute.
    pub url: String,
    /// Its own language included; empty where it has one language.
    pub alternates: Vec<Alternate<'a>>,
}

/// The files of the sitemap, by their names: `sitemap.xml` alone, or as an index of `sitemap-1.xml` and on, which
/// `url` gives the URLs of. No file without a page.
///
/// # Errors
/// As [`xml::document`].
pub fn files<'a>(
    entries: impl Iterator<Item = Entry<'a>>,
    url: impl Fn(&str) -> String,
) -> io::Result<Vec<(String, String)>> {
    split(entries, url, MOST_URLS, MOST_BYTES)
}

fn split<'a>(
    entries: impl Iterator<Item = Entry<'a>>,
    url: impl Fn(&str) -> String,
    most_urls: usize,
    most_bytes: usize,
) -> io::Result<Vec<(String, String)>> {
    let mut parts: Vec<(usize, Vec<u8>)> = Vec::new();
    for entry in entries {
        let written = element(&entry)?;
        match parts.last_mut() {
            Some((urls, bytes)) if *urls < most_urls && bytes.len() + written.len() <= most_bytes => {
                *urls += 1;
                bytes.extend(written);
            }
            _ => parts.push((1, written)),
        }
    }
    let namespaces = [("xmlns", SITEMAP_SCHEMA), ("xmlns:xhtml", XHTML)];
    let whole = |bytes: Vec<u8>| {
        xml::document("urlset", &namespaces, |xml| {
            xml.get_mut().extend(bytes);
            Ok(())
        })
    };
    if parts.len() <= 1 {
        let only = parts
            .pop()
            .map(|(_, bytes)| Ok((SITEMAP.to_owned(), whole(bytes)?)));
        return only.into_iter().collect();
    }
    let mut files = Vec::new();
    for ((_, bytes), number) in parts.into_iter().zip(1..) {
        files.push((sitemap_part(number), whole(bytes)?));
    }
    let index = xml::document("sitemapindex", &namespaces[..1], |xml| {
        files.iter().try_for_each(|(name, _)| {
            xml.create_element("sitemap")
                .write_inner_content(|xml| xml::text(xml, "loc", &url(name)))?;
            Ok(())
        })
    })?;
    files.push((SITEMAP.to_owned(), index));
    Ok(files)
}

fn element(entry: &Entry<'_>) -> io::Result<Vec<u8>> {
    let mut xml = xml::Xml::new(Vec::new());
    xml.create_element("url").write_inner_content(|xml| {
        xml::text(xml, "loc", &entry.url)?;
        // A sitemap has absolute URLs alone: a twin whose language has no origin is told in the page only.
        for alternate in entry
            .alternates
            .iter()
            .filter(|alternate| alternate.url.contains("://"))
        {
            let attributes = [
                ("rel", "alternate"),
                ("hreflang", alternate.hreflang()),
                ("href", alternate.url.as_str()),
            ];
            xml::empty(xml, "xhtml:link", &attributes)?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(count: usize) -> impl Iterator<Item = Entry<'static>> {
        (0..count).map(|number| Entry {
            url: format!("https://a.example/{number}/"),
            alternates: Vec::new(),
        })
    }

    fn shape(files: &[(String, String)]) -> Vec<(&str, usize)> {
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.matches("<loc>").count()))
            .collect()
    }

    #[test]
    fn a_sitemap_is_one_file_while_it_may_be() {
        let url = |name: &str| format!("https://a.example/{name}");
        assert_eq!(
            shape(&split(entries(3), url, 3, 1000).unwrap()),
            [("sitemap.xml", 3)]
        );
        assert_eq!(shape(&split(entries(0), url, 3, 1000).unwrap()), []);
    }

    #[test]
    fn a_sitemap_of_more_urls_or_bytes_than_may_be_is_an_index_of_several() {
        let url = |name: &str| format!("https://a.example/{name}");
        let parts = [("sitemap-1.xml", 3), ("sitemap-2.xml", 1), ("sitemap.xml", 2)];
        let by_urls = split(entries(4), url, 3, 1000).unwrap();
        assert_eq!(shape(&by_urls), parts);
        assert!(
            by_urls[2]
                .1
                .contains("<loc>https://a.example/sitemap-2.xml</loc>")
        );
        let one = element(&entries(1).next().unwrap()).unwrap().len();
        assert_eq!(shape(&split(entries(4), url, 100, 3 * one).unwrap()), parts);
    }
}
