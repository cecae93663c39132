//! Mounts the reader, and lays a page out: header, what is shown, footer.

use std::sync::Arc;

use content::site::Site;
use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

use crate::{
    browser::{environment, history::History, links, pictures, prerendered},
    components::{loading::Loading, site_footer::SiteFooter, site_header::SiteHeader, skip_link::SkipLink},
    data::{self, Request},
    i18n::Interface,
    pages::visit_page::VisitPage,
    state::{Visit, Visits, choice, provide_site},
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

/// The whole reader, once the site is known. Without it the page that came as HTML stays as it is, and its links are
/// the browser's: nothing that the reader has before them has failed, so nothing is said.
#[component]
pub fn App() -> impl IntoView {
    let site = RwSignal::new(None::<Arc<Site>>);
    spawn_local(async move {
        let (_request, signal) = Request::new();
        if let Ok(found) = data::site(&environment::base_path(), &signal).await {
            site.set(Some(Arc::new(found)));
        }
    });
    move || site.get().map(|site| view! { <Reader site /> })
}

/// The pages of a site: nothing while the page that came as HTML is the one to read.
#[component]
fn Reader(
    /// The site.
    site: Arc<Site>,
) -> impl IntoView {
    let history = History::start(site.base_path.clone());
    let visits = Visits::follow(history, Arc::clone(&site));
    choice::follow_crossings(&site);
    links::foresee(site.base_path.clone(), {
        let site = Arc::clone(&site);
        move |path: &str| visits.foresee(path, &site)
    });
    provide_site(site);
    provide_context(visits);
    Effect::new(move |_| prerendered::set_busy(visits.is_busy()));
    environment::say_live();
    view! {
        {move || visits.shown().map(|visit| view! { <Top visit /> })}
        <Show when=move || visits.shown().is_some()>
            <main
                class="page"
                id="main"
                tabindex="-1"
                aria-busy=move || visits.is_busy().then_some("true")
            >
                // Each visit is drawn anew, so that focus on its heading is always a move, and is said.
                <For each=move || visits.shown() key=|visit| visit.number let:visit>
                    <VisitPage visit />
                </For>
            </main>
        </Show>
        {move || visits.shown().map(|visit| view! { <Bottom visit /> })}
        <Loading language=Signal::derive(move || visits.late()) />
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
