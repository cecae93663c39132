//! The content of a post's page: the article, its neighbours, the way back.

use content::{index::Item, post::PostDocument};
use maud::{Markup, PreEscaped, html};

use super::{height, rich, time, width};
use crate::write::{chrome::Chrome, urls::Urls};

/// What stands in `main` of the page of `document`, whose body `render` made `html` of.
pub fn main(chrome: &Chrome<'_>, urls: Urls<'_>, document: &PostDocument, html: &str) -> Markup {
    let item = &document.item;
    html! {
        article.post {
            (header(chrome, item))
            // The reader puts in here what can be done to keep the post: only a script can.
            div.keep data-bytes=(item.offline_bytes()) {}
            @if let Some(image) = &item.image {
                figure.post-figure {
                    img src=(image) alt=(item.passerelle.image_text) width=[width(item)] height=[height(item)]
                        decoding="async";
                }
            }
            div.post-body { (PreEscaped(html)) }
        }
        (neighbours(chrome, urls, document))
        p.way-back lang=[chrome.foreign()] { a.button href=(chrome.list_url()) { (chrome.words.all_posts) } }
    }
}

fn header(chrome: &Chrome<'_>, item: &Item) -> Markup {
    let words = chrome.words;
    let authors: Vec<&str> = item.authors.iter().map(|author| author.name.as_str()).collect();
    html! {
        header.post-header {
            h1.page-title tabindex="-1" { (rich(item.passerelle.title_html.as_ref(), &item.title)) }
            p.meta {
                (time(chrome, item))
                @if !authors.is_empty() { " " span.meta-item lang=[chrome.foreign()] { ((words.by)(&authors.join(", "))) } }
                " " span.meta-item lang=[chrome.foreign()] { ((words.reading_time)(item.passerelle.reading_minutes)) }
            }
        }
    }
}

fn neighbours(chrome: &Chrome<'_>, urls: Urls<'_>, document: &PostDocument) -> Markup {
    let words = chrome.words;
    let ways = [
        (
            "neighbour-previous",
            "prev",
            words.previous_post,
            &document.previous,
        ),
        ("neighbour-next", "next", words.next_post, &document.next),
    ];
    if ways.iter().all(|(.., neighbour)| neighbour.is_none()) {
        return PreEscaped(String::new());
    }
    html! {
        nav.neighbours aria-label=(words.neighbours) {
            ul.neighbours-list role="list" {
                @for (class, rel, label, neighbour) in ways {
                    @if let Some(neighbour) = neighbour {
                        li class=(class) {
                            a.neighbour rel=(rel) href=(urls.link(chrome.language, chrome.language, &neighbour.url)) {
                                span.neighbour-label lang=[chrome.foreign()] { (label) } " "
                                span.neighbour-title { (neighbour.title) }
                            }
                        }
                    }
                }
            }
        }
    }
}
