//! The content of a list page: cards, and the ways to newer and older pages.

use content::{
    index::{Feed, Item},
    words::Words,
};
use maud::{Markup, html};

use super::{height, rich, time, width};
use crate::{
    places::list_path,
    write::{chrome::Chrome, urls::Urls},
};

/// Cards at the top of a list whose pictures are seen at once; those of the others wait until they come near.
const SEEN_AT_ONCE: usize = 2;

/// The heading of page `page` of a list.
pub fn heading(words: &Words, page: u32) -> String {
    if page <= 1 {
        words.all_posts.to_owned()
    } else {
        (words.all_posts_page)(page)
    }
}

/// What stands in `main` of the list page that holds the posts of `feed`.
pub fn main(chrome: &Chrome<'_>, urls: Urls<'_>, feed: &Feed) -> Markup {
    let (words, page) = (chrome.words, feed.passerelle.page);
    html! {
        header.page-header {
            h1.page-title tabindex="-1" lang=[chrome.foreign()] { (heading(words, page)) }
            @if let (1, Some(description)) = (page, &feed.description) { p.lede { (description) } }
        }
        @if feed.items.is_empty() {
            p lang=[chrome.foreign()] { (words.no_posts) }
        } @else {
            ol.cards role="list" {
                @for (place, item) in feed.items.iter().enumerate() {
                    li { (card(chrome, urls.link(chrome.language, chrome.language, &item.url), item, place)) }
                }
            }
        }
        @if feed.passerelle.pages > 1 { (pager(chrome, urls, feed)) }
    }
}

fn card(chrome: &Chrome<'_>, url: &str, item: &Item, place: usize) -> Markup {
    let extension = &item.passerelle;
    html! {
        article.card {
            h2.card-title { a href=(url) { (rich(extension.title_html.as_ref(), &item.title)) } }
            p.meta { (time(chrome, item)) }
            p.card-description { (rich(extension.description_html.as_ref(), &item.content_text)) }
            @if let Some(image) = &item.image {
                div.card-image {
                    img src=(image) alt="" width=[width(item)] height=[height(item)]
                        loading=[(place >= SEEN_AT_ONCE).then_some("lazy")] decoding="async";
                }
            }
        }
    }
}

fn pager(chrome: &Chrome<'_>, urls: Urls<'_>, feed: &Feed) -> Markup {
    let words = chrome.words;
    let (page, pages) = (feed.passerelle.page, feed.passerelle.pages);
    let to = |page: u32| urls.local(&list_path(chrome.language, page as usize));
    html! {
        nav.pager aria-label=(words.pages) lang=[chrome.foreign()] {
            ul.pager-list role="list" {
                @if page > 1 { li.pager-newer { a.button rel="prev" href=(to(page - 1)) { (words.newer) } } }
                li.pager-place aria-current="page" { ((words.page_of)(page, pages)) }
                @if page < pages { li.pager-older { a.button rel="next" href=(to(page + 1)) { (words.older) } } }
            }
        }
    }
}
