//! A page of a language's list, newest first.

use std::sync::Arc;

use content::index::Feed;
use leptos::prelude::*;

use crate::{
    components::{pager::Pager, post_card::PostCard},
    i18n::use_interface,
    state::{head::list_title, use_site},
};

/// The first cards are seen at once: their pictures do not wait to be scrolled to.
const EAGER: usize = 2;

/// Draws one page of the index.
#[component]
pub fn ListPage(
    /// The page of the index.
    feed: Arc<Feed>,
) -> impl IntoView {
    let page = feed.passerelle.page;
    let language = feed.language.clone();
    let description = use_site()
        .language(&language)
        .and_then(|entry| entry.description.clone());
    let cards: Vec<_> = feed.items.iter().cloned().enumerate().collect();
    view! {
        <header class="page-header">
            <h1 class="page-title" tabindex="-1">{list_title(&language, page)}</h1>
            {description.filter(|_| page == 1).map(|text| view! { <p class="lede">{text}</p> })}
        </header>
        {cards.is_empty().then(|| view! { <p>{use_interface().words.no_posts}</p> })}
        <ol class="cards" role="list">
            {cards
                .into_iter()
                .map(|(place, item)| view! { <PostCard item is_lazy={place >= EAGER} /> })
                .collect_view()}
        </ol>
        <Pager language page pages=feed.passerelle.pages />
    }
}
