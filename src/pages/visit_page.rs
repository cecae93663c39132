//! The page of a visit: what was found, or what is said in its place.

use std::{any::Any, sync::Arc};

use leptos::{mount::mount_to, prelude::*};
use web_sys::HtmlElement;

use super::{list::ListPage, post::PostPage, problem::ProblemPage, saved::SavedPage};
use crate::{
    browser::{arrival, head as browser_head, prerendered},
    data::Content,
    i18n::Interface,
    state::{Visit, head, use_site},
};

/// Draws `visit` into `place`, and once it is there, names it and moves focus to it. It is taken away when what this gives
/// is dropped.
pub fn draw(place: HtmlElement, visit: Arc<Visit>) -> Box<dyn Any> {
    match &visit.result {
        Ok(Content::List(feed)) => {
            let feed = Arc::clone(feed);
            mount(place, &visit, move || view! { <ListPage feed /> })
        }
        Ok(Content::Post(post)) => {
            let post = Arc::clone(post);
            mount(place, &visit, move || view! { <PostPage post /> })
        }
        Ok(Content::Saved) => {
            let language = visit.language.clone();
            mount(place, &visit, move || view! { <SavedPage language /> })
        }
        Err(_) => mount(
            place,
            &Arc::clone(&visit),
            move || view! { <ProblemPage visit /> },
        ),
    }
}

fn mount<V: IntoView + 'static>(
    place: HtmlElement,
    visit: &Arc<Visit>,
    page: impl FnOnce() -> V + 'static,
) -> Box<dyn Any> {
    let visit = Arc::clone(visit);
    Box::new(mount_to(place, move || {
        Interface::provide(&visit.language);
        arrive(&visit);
        page()
    }))
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
