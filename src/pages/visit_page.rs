//! The page of a visit: what was found, or what is said in its place.

use std::sync::Arc;

use leptos::prelude::*;

use super::{list::ListPage, post::PostPage, problem::ProblemPage};
use crate::{
    browser::{arrival, head as browser_head, prerendered},
    data::Content,
    i18n::Interface,
    state::{Visit, head, use_site},
};

/// Draws `visit`, and once it is there, names it and moves focus to it.
#[component]
pub fn VisitPage(
    /// What was found.
    visit: Arc<Visit>,
) -> impl IntoView {
    Interface::provide(&visit.language);
    arrive(&visit);
    match &visit.result {
        Ok(Content::List(feed)) => view! { <ListPage feed=Arc::clone(feed) /> }.into_any(),
        Ok(Content::Post(post)) => view! { <PostPage post=Arc::clone(post) /> }.into_any(),
        Err(_) => view! { <ProblemPage visit /> }.into_any(),
    }
}

fn arrive(visit: &Visit) {
    let head = head::head(visit, &use_site());
    let is_first = visit.is_first;
    // An effect runs when the page is in the document.
    Effect::new(move |_| {
        browser_head::name(&head);
        browser_head::link(&head);
        prerendered::remove();
        if is_first {
            arrival::first();
        } else {
            arrival::next();
        }
    });
}
