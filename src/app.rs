//! Mounts the reader, and lays a page out: header, what is shown, footer.

use std::{any::Any, sync::Arc};

use content::site::Site;
use leptos::{html::Div, mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::{
    browser::{environment, history::History, links, pictures, prerendered, worker},
    components::{
        keep::keep, loading::Loading, notices::Notices, site_footer::SiteFooter, site_header::SiteHeader,
        skip_link::SkipLink,
    },
    data::{self, Request},
    i18n::Interface,
    pages::visit_page,
    state::{Offline, Visit, Visits, choice, provide_site},
};

/// Mounts the reader into `<div id="app">` once the site is known. A page without one is none of ours, and is left as it is.
///
/// Without the site the page that came as HTML stays as it is, and its links are the browser's: nothing that the reader has
/// before them has failed, so nothing is said.
pub fn start() {
    let place = document()
        .get_element_by_id("app")
        .and_then(|element| element.dyn_into().ok());
    let Some(place) = place else {
        return;
    };
    pictures::start();
    spawn_local(async move {
        let (_request, signal) = Request::new();
        if let Ok(site) = data::site(&environment::base_path(), &signal).await {
            mount_to(place, move || view! { <Reader site=Arc::new(site) /> }).forget();
        }
    });
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
    let offline = Offline::follow(visits);
    provide_site(Arc::clone(&site));
    provide_context(visits);
    provide_context(offline);
    keep_as_it_came(site, offline);
    Effect::new(move |_| prerendered::set_busy(visits.is_busy()));
    environment::say_live();
    let frame = NodeRef::<Div>::new();
    // Each visit is drawn anew, so that focus on its heading is always a move, and is said. And nothing of it is ever changed
    // in place: views that can be are a tenth more to download.
    Effect::new(move |before: Option<Option<Drawing>>| {
        drop(before);
        let frame = frame.get()?;
        visits.shown().map(|visit| draw(&frame, visits, visit))
    });
    mark_kept(visits, offline);
    view! {
        <div class="frame" node_ref=frame></div>
        <div class="notices">
            <Loading language=Signal::derive(move || visits.late()) />
            <Notices />
        </div>
    }
}

/// What a visit looks like: its parts, each taken away when it is dropped.
type Drawing = Vec<Box<dyn Any>>;

fn draw(frame: &HtmlElement, visits: Visits, visit: Arc<Visit>) -> Drawing {
    let (above, below) = (Arc::clone(&visit), Arc::clone(&visit));
    let mut drawing: Drawing = vec![
        Box::new(mount_to(frame.clone(), move || view! { <Top visit=above /> })),
        Box::new(mount_to(frame.clone(), move || {
            let is_busy = move || visits.is_busy().then_some("true");
            view! { <main class="page" id="main" tabindex="-1" aria-busy=is_busy></main> }
        })),
    ];
    if let Some(main) = frame.last_element_child().and_then(|main| main.dyn_into().ok()) {
        drawing.push(visit_page::draw(main, visit));
    }
    drawing.push(Box::new(mount_to(
        frame.clone(),
        move || view! { <Bottom visit=below /> },
    )));
    drawing
}

/// On the post that came as HTML, the action that keeps it.
fn keep_as_it_came(site: Arc<Site>, offline: Offline) {
    let language = environment::page_language();
    let (Some((place, bytes)), Some(language)) = (prerendered::keep_place(), language) else {
        return;
    };
    let interface = Interface::of(&language);
    let mounted = mount_to(place, move || {
        keep(offline, site, interface, environment::path(), bytes)
    });
    // It goes with the page, which is there once.
    mounted.forget();
}

/// Marks the posts of the list that open without the network, while it is gone.
fn mark_kept(visits: Visits, offline: Offline) {
    Effect::new(move |was: Option<bool>| {
        let is_offline = offline.is("isOffline");
        let language = visits.language();
        if is_offline || was == Some(true) {
            let word = language
                .filter(|_| is_offline)
                .map(|language| Interface::of(&language).words.opens_offline);
            worker::act("mark", word.unwrap_or_default());
        }
        is_offline
    });
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
