//! What the head of a page says to search engines, link previews and feed readers.

use content::{index::Item, language::Language};
use icu_locale::{LanguageIdentifier, LocaleExpander};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use crate::write::alternates::Alternate;

/// All that a head says besides the document's title.
pub struct Head<'a> {
    /// The language of the page.
    pub language: &'a Language,
    /// The name of the page alone.
    pub title: &'a str,
    /// The blog's title in the page's language.
    pub site_title: &'a str,
    /// What the page is about.
    pub description: Option<&'a str>,
    /// The page's own URL, absolute; without an origin it has none that the world knows.
    pub url: Option<&'a str>,
    /// `https://host` that addresses from the root become absolute with.
    pub origin: Option<&'a str>,
    /// The page in each language.
    pub alternates: &'a [Alternate<'a>],
    /// The pages before and behind it in a list.
    pub previous: Option<String>,
    /// As `previous`.
    pub next: Option<String>,
    /// The post that the page shows.
    pub post: Option<&'a Item>,
}

/// The elements of a head.
pub fn elements(head: &Head<'_>) -> Markup {
    let description = head.description.filter(|text| !text.is_empty());
    html! {
        @if let Some(description) = description { meta name="description" content=(description); }
        @if let Some(url) = head.url { link rel="canonical" href=(url); }
        @for alternate in head.alternates {
            link rel="alternate" hreflang=(alternate.hreflang()) href=(alternate.url);
        }
        @if let Some(url) = &head.previous { link rel="prev" href=(url); }
        @if let Some(url) = &head.next { link rel="next" href=(url); }
        (open_graph(head, description))
        @if let Some(post) = head.post { (structured(head, post)) }
    }
}

/// The Open Graph protocol (<https://ogp.me>): its URLs are absolute or not there.
fn open_graph(head: &Head<'_>, description: Option<&str>) -> Markup {
    let twins = head
        .alternates
        .iter()
        .filter_map(|alternate| alternate.language)
        .filter(|language| *language != head.language);
    let image = head.post.and_then(|post| Some((post, image(head, post)?)));
    html! {
        meta property="og:type" content=(if head.post.is_some() { "article" } else { "website" });
        meta property="og:title" content=(head.title);
        @if let Some(description) = description { meta property="og:description" content=(description); }
        meta property="og:site_name" content=(head.site_title);
        @if let Some(url) = head.url { meta property="og:url" content=(url); }
        @if let Some(locale) = locale(head.language) { meta property="og:locale" content=(locale); }
        @for locale in twins.filter_map(locale) { meta property="og:locale:alternate" content=(locale); }
        @if let Some(post) = head.post { meta property="article:published_time" content=(post.date_published); }
        @if let Some((post, url)) = image {
            meta property="og:image" content=(url);
            @if let Some((width, height)) = post.passerelle.image_size {
                meta property="og:image:width" content=(width);
                meta property="og:image:height" content=(height);
            }
            @if !post.passerelle.image_text.is_empty() {
                meta property="og:image:alt" content=(post.passerelle.image_text);
            }
        }
    }
}

/// A language with a territory, as Open Graph wants it: where the tag names none, the one that CLDR finds likely.
fn locale(language: &Language) -> Option<String> {
    let mut tag: LanguageIdentifier = language.as_str().parse().ok()?;
    LocaleExpander::new_extended().maximize(&mut tag);
    Some(format!("{}_{}", tag.language, tag.region?))
}

/// The main image of a post, absolute.
fn image(head: &Head<'_>, post: &Item) -> Option<String> {
    let url = post.image.as_ref()?;
    if url.contains("://") {
        return Some(url.clone());
    }
    head.origin.map(|origin| format!("{origin}{url}"))
}

/// The post for machines (<https://schema.org/BlogPosting>). Addresses from the root are the document's, as JSON-LD
/// reads them (JSON-LD 1.1, section 7.1), so that nothing here needs an origin.
///
/// The element is a data block: no browser runs it, and a Content-Security-Policy has nothing to say of it (WHATWG
/// HTML, section 4.12.1).
fn structured(head: &Head<'_>, post: &Item) -> Markup {
    let json = block(&posting(head, post));
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}

fn posting(head: &Head<'_>, post: &Item) -> Value {
    let mut posting = json!({
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title,
        "inLanguage": post.language,
        "datePublished": post.date_published,
        "url": post.url,
        "mainEntityOfPage": post.url,
        "isPartOf": { "@type": "Blog", "name": head.site_title },
    });
    let twins: Vec<Value> = post
        .passerelle
        .translations
        .iter()
        .map(|twin| json!({ "@type": "BlogPosting", "inLanguage": twin.language, "url": twin.url }))
        .collect();
    // Whoever writes a post is told as free text, often several people in one name.
    let authors: Vec<Value> = post
        .authors
        .iter()
        .map(|author| json!({ "@type": "Person", "name": author.name }))
        .collect();
    let image = image(head, post).or_else(|| post.image.clone()).map(|url| {
        let mut image = json!({ "@type": "ImageObject", "url": url });
        if let Some((width, height)) = post.passerelle.image_size {
            image["width"] = width.into();
            image["height"] = height.into();
        }
        image
    });
    if !post.content_text.is_empty() {
        posting["description"] = post.content_text.clone().into();
    }
    if !post.tags.is_empty() {
        posting["keywords"] = post.tags.clone().into();
    }
    if !twins.is_empty() {
        posting["workTranslation"] = twins.into();
    }
    if !authors.is_empty() {
        posting["author"] = authors.into();
    }
    if let Some(image) = image {
        posting["image"] = image;
    }
    posting
}

/// JSON that can stand in a `script` element: without `<` nothing in it ends the element or begins a comment.
fn block(json: &Value) -> String {
    json.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_ends_the_block() {
        let title = "</script><script>alert(1)</script><!-- \u{2028}";
        let block = block(&json!({ "headline": title }));
        assert!(!block.contains('<'), "{block}");
        assert_eq!(serde_json::from_str::<Value>(&block).unwrap()["headline"], title);
    }

    #[test]
    fn a_locale_has_the_territory_of_the_tag_or_the_likely_one() {
        for (tag, expected) in [
            ("en", "en_US"),
            ("fr-CA", "fr_CA"),
            ("fr", "fr_FR"),
            ("zh-Hant", "zh_TW"),
            ("iu", "iu_CA"),
        ] {
            assert_eq!(locale(&tag.parse().unwrap()).as_deref(), Some(expected), "{tag}");
        }
    }
}
