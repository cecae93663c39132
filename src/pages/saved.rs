//! What is saved on the reader's device, and the way to save the whole blog.

use content::{index::Item, language::Language, site::Site, words::Words};
use leptos::prelude::*;

use crate::{
    browser::{focus, worker},
    components::{
        plain::{Button, group, live, paragraph},
        save_blog::save_blog,
    },
    i18n::use_interface,
    routes::link,
    state::{Kept, Offline, use_site},
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
    let site = use_site();
    // A step of the way to the whole blog draws no list anew.
    let told = Memo::new(move |_| {
        let numbers = ["bytes", "quota", "isAtRisk"].map(|name| offline.number(name));
        (offline.text("kept"), numbers)
    });
    let about = site.clone();
    let list = live(move || {
        told.with(|_| ());
        untrack(|| match offline.kept(&about.origins) {
            Some(kept) => group("saved", None, posts(offline, &kept, &language, &about, words)),
            None => paragraph("", None, words.saved_needs.to_owned()),
        })
    });
    let whole_blog = live(move || {
        if offline.text("kept").is_empty() {
            return ().into_any();
        }
        save_blog(offline, &site, words)
    });
    let parts = group("", interface.lang, vec![list, whole_blog]);
    view! {
        <header class="page-header" lang=interface.lang>
            <h1 class="page-title" tabindex="-1">{words.saved}</h1>
            <p class="lede">{words.saved_help}</p>
        </header>
        {parts}
    }
}

/// The posts that are kept, how much they are, and the way to remove them.
fn posts(
    offline: Offline,
    kept: &Kept,
    language: &Language,
    site: &Site,
    words: &'static Words,
) -> Vec<AnyView> {
    let listed = kept.listed(language);
    let remove_all = || {
        let button = Button::new(words.remove_all).doing(|| remove("forgetAll", ""));
        group("actions", None, vec![button])
    };
    if listed.is_empty() {
        let mut parts = vec![paragraph("", None, words.nothing_saved.to_owned())];
        // Of posts that did not come whole.
        if offline.number("bytes") > 0 {
            parts.push(remove_all());
        }
        return parts;
    }
    let mut total = (words.saved_total)(listed.len() as u32, &(words.size)(offline.number("bytes")));
    let quota = offline.number("quota");
    if quota > 0 {
        total += &(words.saved_quota)(&(words.size)(quota));
    }
    total.push('.');
    let entries: Vec<AnyView> = listed
        .into_iter()
        .map(|post| entry(kept, post, site, words))
        .collect();
    let mut parts = vec![
        view! { <ul class="saved-posts" role="list">{entries}</ul> }.into_any(),
        paragraph("", None, total),
    ];
    if offline.is("isAtRisk") {
        parts.push(paragraph("", None, words.saved_at_risk.to_owned()));
    }
    parts.push(remove_all());
    parts
}

/// A post that is kept: its title, what it takes, and the way to remove it.
fn entry(kept: &Kept, post: Item, site: &Site, words: &'static Words) -> AnyView {
    let size = (words.size)(kept.bytes(&post));
    let path = link(&post.url, site).unwrap_or_default();
    let tag = post.language.to_string();
    let mut button = Button::new(words.remove);
    button.name = Some((words.remove_post)(&post.title));
    let href = path.clone();
    let button = button.doing(move || remove("forget", &path));
    view! {
        <li class="saved-post">
            <a href=href lang=tag.clone() hreflang=tag>{post.title}</a>
            {paragraph("meta", None, size)}
            {button}
        </li>
    }
    .into_any()
}

/// The button that was pressed goes with what it removes: focus goes to the heading.
fn remove(act: &str, path: &str) {
    focus::to_heading();
    worker::act(act, path);
}
