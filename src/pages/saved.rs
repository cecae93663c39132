//! What is saved on the reader's device, and the way to save the whole blog.

use content::{index::Item, language::Language};
use leptos::prelude::*;

use crate::{
    browser::{focus, worker},
    components::save_blog::SaveBlog,
    i18n::{Interface, use_interface},
    routes::link,
    state::{Kept, Offline, Told, use_site},
};

/// Draws the page in `language`.
#[component]
pub fn SavedPage(
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let interface = use_interface();
    let words = interface.words;
    let offline = expect_context::<Offline>();
    let origins = use_site().origins.clone();
    let posts = move || match offline.kept() {
        None => view! { <p>{words.saved_needs}</p> }.into_any(),
        Some(kept) if kept.posts.is_empty() => view! { <p>{words.nothing_saved}</p> }.into_any(),
        Some(kept) => {
            let told = offline.told();
            let listed = kept.listed(&language, &origins);
            let total = total(&told, listed.len(), interface);
            let entry = |post: Item| entry(&kept, post, &origins, interface);
            view! {
                <ul class="saved-posts" role="list">{listed.into_iter().map(entry).collect_view()}</ul>
                <p>{total}</p>
                {told.is_at_risk.then(|| view! { <p>{words.saved_at_risk}</p> })}
                <p class="actions">
                    <button class="button" type="button" on:click=move |_| remove("forgetAll", "")>
                        {words.remove_all}
                    </button>
                </p>
            }
            .into_any()
        }
    };
    view! {
        <div class="saved" lang=interface.lang>
            <header class="page-header">
                <h1 class="page-title" tabindex="-1">{words.saved}</h1>
                <p class="lede">{words.saved_help}</p>
            </header>
            {posts}
            <SaveBlog />
        </div>
    }
}

/// A post that is kept: its title, what it takes, and the way to remove it.
fn entry(kept: &Kept, post: Item, origins: &[String], interface: Interface) -> impl IntoView + use<> {
    let words = interface.words;
    let size = (words.size)(kept.bytes(&post, origins));
    let path = link(&post.url, &use_site()).unwrap_or_default();
    let tag = post.language.to_string();
    view! {
        <li class="saved-post">
            <a href=path.clone() lang=tag.clone() hreflang=tag>{post.title.clone()}</a>
            <span class="meta">{size}</span>
            <button
                class="button"
                type="button"
                aria-label=(words.remove_post)(&post.title)
                on:click=move |_| remove("forget", &path)
            >
                {words.remove}
            </button>
        </li>
    }
}

/// How much is kept, and of how much, where the browser says so.
fn total(told: &Told, posts: usize, interface: Interface) -> String {
    let words = interface.words;
    let mut text = (words.saved_total)(posts as u32, &(words.size)(told.bytes));
    if told.quota > 0 {
        text += &(words.saved_quota)(&(words.size)(told.quota));
    }
    text.push('.');
    text
}

/// The button that was pressed goes with what it removes: focus goes to the heading.
fn remove(act: &str, path: &str) {
    focus::to_heading();
    worker::act(act, path);
}
