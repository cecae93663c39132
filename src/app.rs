//! Mounts the reader, and lays a page out: header, what is shown, footer.

use std::sync::Arc;

use content::site::Site;
use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

use crate::{
    browser::{environment, history::History, pictures},
    components::{
        loading::Loading, notice::Notice, site_footer::SiteFooter, site_header::SiteHeader,
        skip_link::SkipLink,
    },
    data::{self, DataError, Request},
    i18n::Interface,
    pages::{no_site::NoSite, visit_page::VisitPage},
    state::{Visit, Visits, provide_site},
};

/// Mounts the reader into `<div id="app">`. A page without one is none of ours, and is left as it is.
pub fn start() {
    let place = document()
        .get_element_by_id("app")
        .and_then(|element| element.dyn_into().ok());
    if let Some(place) = place {
        pictures::start();
        mount_to(place, App).forget();
    }
}

/// The whole reader: nothing before the site is known, then its pages.
#[component]
pub fn App() -> impl IntoView {
    let site = RwSignal::new(None::<Result<Arc<Site>, DataError>>);
    let load = move || {
        spawn_local(async move {
            let (_request, signal) = Request::new();
            let answer = data::site(&environment::base_path(), &signal).await;
            site.set(Some(answer.map(Arc::new)));
        });
    };
    load();
    move || {
        site.get().map(|answer| match answer {
            Ok(site) => view! { <Reader site /> }.into_any(),
            Err(error) => view! { <NoSite error try_again=load /> }.into_any(),
        })
    }
}

/// The pages of a site.
#[component]
fn Reader(
    /// The site.
    site: Arc<Site>,
) -> impl IntoView {
    let history = History::start(site.base_path.clone());
    let visits = Visits::follow(history, Arc::clone(&site));
    provide_site(site);
    provide_context(visits);
    let try_again = move || visits.try_again();
    view! {
        {move || visits.unread().map(|error| view! { <Notice error try_again /> })}
        {move || visits.shown().map(|visit| view! { <Top visit /> })}
        <main class="page" id="main" tabindex="-1" aria-busy=move || visits.is_busy().then_some("true")>
            <Loading language=Signal::derive(move || visits.late()) />
            // Each visit is drawn anew, so that focus on its heading is always a move, and is said.
            <For each=move || visits.shown() key=|visit| visit.number let:visit>
                <VisitPage visit />
            </For>
        </main>
        {move || visits.shown().map(|visit| view! { <Bottom visit /> })}
    }
}

/// What stands before the content of every page.
#[component]
fn Top(
    /// What the page shows.
    visit: Arc<Visit>,
) -> impl IntoView {
    Interface::provide(&visit.language);
    view! {
        <SkipLink />
        <SiteHeader visit />
    }
}

/// What stands behind it.
#[component]
fn Bottom(
    /// What the page shows.
    visit: Arc<Visit>,
) -> impl IntoView {
    Interface::provide(&visit.language);
    view! { <SiteFooter language=visit.language.clone() /> }
}
