//! What stands over a post: title, date, authors, reading time.

use content::index::Item;
use leptos::prelude::*;

use super::{inline::Inline, post_date::PostDate};
use crate::i18n::use_interface;

/// Draws the head of a post. The spaces keep apart what is read aloud; the dots between are the style's.
#[component]
pub fn PostHeader(
    /// The entry of the post in the index.
    item: Item,
) -> impl IntoView {
    let interface = use_interface();
    let words = interface.words;
    let authors: Vec<&str> = item.authors.iter().map(|author| author.name.as_str()).collect();
    let by = (!authors.is_empty()).then(|| (words.by)(&authors.join(", ")));
    let minutes = (words.reading_time)(item.passerelle.reading_minutes);
    view! {
        <header class="post-header">
            <h1 class="page-title" tabindex="-1">
                <Inline text=item.title.clone() html=item.passerelle.title_html.clone() />
            </h1>
            <p class="meta">
                <PostDate item=item.clone() />
                {by.map(|by| view! { " "<span class="meta-item" lang=interface.lang>{by}</span> })}
                " "
                <span class="meta-item" lang=interface.lang>{minutes}</span>
            </p>
        </header>
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, item, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_post_says_what_when_who_and_how_long() {
        let drawn = draw(site(), "en", || view! { <PostHeader item=item("en", &[]) /> }).await;
        assert_eq!(drawn.text("h1"), "A post");
        assert_eq!(drawn.text(".meta"), "July 3, 2018 By A, B and C 4 min read");
    }

    #[wasm_bindgen_test]
    async fn a_post_without_author_says_nothing_of_one() {
        let mut item = item("fr", &[]);
        item.authors.clear();
        let drawn = draw(site(), "fr", || view! { <PostHeader item /> }).await;
        assert_eq!(drawn.all(".meta-item").len(), 2);
    }
}
