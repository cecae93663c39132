//! What is shown: one visit to one page, and the next one while it is on its way.
//!
//! The first visit is to the page that came as HTML: it is there already, so nothing is fetched or drawn for it.
//!
//! The page that was shown stays until the next one is there (or is known not to be), as a browser does it: nothing
//! flashes, and the crossing always belongs to what is seen. Leptos' own resources wait for the request in flight
//! before they send the next; on a slow network that is the whole wait again, so requests are cancelled here.

use std::{sync::Arc, time::Duration};

use content::{language::Language, site::Site, url::path_key};
use leptos::{prelude::*, task::spawn_local};

use super::choice;
use crate::{
    browser::{arrival, environment, history::History, prerendered, worker},
    data::{self, Content, Data, DataError, Request, Signal},
    routes::Route,
};

/// How long a page may take before the reader is told that it is on its way.
const QUIET: Duration = Duration::from_millis(200);

/// A page as it came, or why it did not.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Counts the visits since the page was loaded, from 1.
    pub number: u32,
    /// Whether this is the page that the browser loaded, in place of what stood in for it.
    pub is_first: bool,
    /// What the URL names.
    pub route: Route,
    /// The language of the page, or of what is said in its place.
    pub language: Language,
    /// What there is to show.
    pub result: Result<Content, DataError>,
}

/// The visit that is shown and the one that is on its way. A handle: copies share what they hold.
#[derive(Clone, Copy)]
pub struct Visits {
    history: History,
    shown: RwSignal<Option<Arc<Visit>>>,
    is_busy: RwSignal<bool>,
    is_late: RwSignal<bool>,
    attempts: RwSignal<u32>,
    data: Data,
    in_flight: StoredValue<Option<(u32, Request)>, LocalStorage>,
    sent: StoredValue<u32>,
    last_list: StoredValue<Option<(Language, u32)>>,
    came: StoredValue<Option<Came>>,
}

/// The page that came as HTML.
#[derive(Clone)]
struct Came {
    path: String,
    origin: Origin,
}

/// What a visit is told in that finds nothing: it comes from the page before.
#[derive(Clone)]
struct Origin {
    language: Language,
    /// The pages that are the one before in another language.
    twins: Vec<(Language, String)>,
}

impl Visits {
    /// Follows `history` from page to page of `site`.
    pub fn follow(history: History, site: Arc<Site>) -> Visits {
        let visits = Visits {
            shown: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            is_late: RwSignal::new(false),
            history,
            attempts: RwSignal::new(0),
            data: Data::default(),
            in_flight: StoredValue::new_local(None),
            sent: StoredValue::new(0),
            last_list: StoredValue::new(None),
            came: StoredValue::new(Came::read(&history.path().get_untracked(), &site)),
        };
        Effect::new(move |_| {
            visits.attempts.track();
            match Route::parse(&history.path().get(), &site) {
                Route::Home => {
                    let language = choice::language(&site);
                    history.replace(&Route::List { language, page: 1 }.url(&site));
                }
                route if visits.is_as_it_came(&route, &site) => visits.stay(&route),
                route => visits.open(route, &site),
            }
        });
        visits
    }

    /// What is shown; nothing before the first page is there.
    pub fn shown(self) -> Option<Arc<Visit>> {
        self.shown.get()
    }

    /// Whether a page is on its way.
    pub fn is_busy(self) -> bool {
        self.is_busy.get()
    }

    /// The language of what is shown, else of the page as it came.
    pub fn language(self) -> Option<Language> {
        self.shown
            .with(|shown| shown.as_ref().map(|visit| visit.language.clone()))
            .or_else(environment::page_language)
    }

    /// The language to say in that a page is on its way, when it has been for so long that it should be said.
    pub fn late(self) -> Option<Language> {
        self.is_late.get().then(|| self.language()).flatten()
    }

    /// What was fetched is no longer what is published: what is gone to from now on is fetched again.
    pub fn forget(self) {
        self.data.forget();
    }

    /// Goes to the first page of `language`'s list as it is published now, from wherever the reader is.
    pub fn renew_list(self, language: &Language, site: &Site) {
        let Some(entry) = site.language(language) else {
            return;
        };
        self.forget();
        self.came.set_value(None);
        if Route::parse(&self.history.path().get_untracked(), site).url(site) == entry.url {
            self.try_again();
        } else {
            self.history.go(&entry.url);
        }
    }

    /// Asks again for the page of the URL.
    pub fn try_again(self) {
        self.attempts.update(|attempts| *attempts += 1);
    }

    /// The page of `language`'s list that the reader was last on, else the first.
    pub fn page_of_list(self, language: &Language) -> u32 {
        let last = self.last_list.get_value();
        last.filter(|(seen, _)| seen == language)
            .map_or(1, |(_, page)| page)
    }

    /// Fetches the page at `path`, in case that the reader goes there, unless they are to spend little data.
    pub fn foresee(self, path: &str, site: &Site) {
        if !environment::saves_data() {
            self.data.open_ahead(Route::parse(path, site), site);
        }
    }

    /// Whether `route` is the page that came as HTML, and that still stands.
    fn is_as_it_came(self, route: &Route, site: &Site) -> bool {
        let is_shown = |came: &Option<Came>| {
            came.as_ref()
                .is_some_and(|came| path_key(&came.path) == path_key(&route.url(site)))
        };
        self.shown.with_untracked(Option::is_none) && self.came.with_value(is_shown)
    }

    /// The page that came as HTML is the one to show: at the start, or since the reader came back to it before another
    /// was there.
    fn stay(self, route: &Route) {
        self.end_request();
        self.remember_list(route);
        if self.history.has_moved() {
            arrival::next();
        } else {
            arrival::first();
        }
    }

    fn open(self, route: Route, site: &Arc<Site>) {
        // Drops what was in flight, and with that cancels it.
        self.in_flight.set_value(None);
        match self.data.known(&route, site) {
            Some(content) => self.show(route, Ok(content), site),
            None => self.fetch(route, Arc::clone(site)),
        }
    }

    fn fetch(self, route: Route, site: Arc<Site>) {
        // What is new is in the list that is fetched from now on.
        if matches!(route, Route::List { page: 1, .. }) {
            worker::act("dismiss", "news");
        }
        let (request, signal) = Request::new();
        let number = self.sent.with_value(|sent| sent + 1);
        self.sent.set_value(number);
        self.in_flight.set_value(Some((number, request)));
        self.is_busy.set(true);
        set_timeout(move || self.be_late(number), QUIET);
        spawn_local(async move {
            let result = self.data.open(&route, &site, &signal).await;
            let is_elsewhere = result == Err(DataError::Missing) && self.is_other_page(&route, &signal).await;
            if !self.is_in_flight(number) {
                return;
            }
            if is_elsewhere {
                environment::reload();
            } else {
                self.show(route, result, &site);
            }
        });
    }

    /// Whether a link of the app leads to a page that is there, but is none of the reader's. The page that the browser
    /// loaded itself is not asked for again.
    async fn is_other_page(self, route: &Route, signal: &Signal) -> bool {
        match route {
            Route::Post { path } if self.history.has_moved() => data::has_other_page(path, signal).await,
            _ => false,
        }
    }

    fn is_in_flight(self, number: u32) -> bool {
        self.in_flight
            .try_with_value(|in_flight| in_flight.as_ref().is_some_and(|(sent, _)| *sent == number))
            .unwrap_or(false)
    }

    fn be_late(self, number: u32) {
        if self.is_in_flight(number) {
            self.is_late.set(true);
        }
    }

    fn end_request(self) {
        self.in_flight.set_value(None);
        self.is_busy.set(false);
        self.is_late.set(false);
    }

    fn remember_list(self, route: &Route) {
        if let Route::List { language, page } = route {
            self.last_list.set_value(Some((language.clone(), *page)));
        }
    }

    fn show(self, route: Route, result: Result<Content, DataError>, site: &Site) {
        self.end_request();
        let before = self.shown.get_untracked();
        let is_first = before.is_none() && !self.history.has_moved();
        let came = || {
            self.came
                .with_value(|came| came.as_ref().map(|came| came.origin.clone()))
        };
        let origin = before.as_deref().map(Origin::of).or_else(came);
        let visit = Visit {
            number: before.as_ref().map_or(1, |visit| visit.number + 1),
            is_first,
            language: language(&route, &result, origin, site),
            route,
            result,
        };
        self.remember_list(&visit.route);
        self.history.say_come(visit.result.is_ok());
        self.shown.set(Some(Arc::new(visit)));
        worker::act("arrive", "");
    }
}

impl Came {
    /// What came as HTML at `path`; nothing when it only stands in for another page.
    fn read(path: &str, site: &Site) -> Option<Came> {
        let is_home = Route::parse(path, site) == Route::Home;
        if is_home || !prerendered::is_whole() {
            return None;
        }
        Some(Came {
            path: path.to_owned(),
            origin: Origin {
                language: environment::page_language()?,
                twins: prerendered::crossings(),
            },
        })
    }
}

impl Origin {
    /// What `visit` shows, as what the next visit comes from.
    fn of(visit: &Visit) -> Origin {
        let twins = match &visit.result {
            Ok(Content::Post(post)) => post
                .translations()
                .iter()
                .map(|twin| (twin.language.clone(), twin.url.clone()))
                .collect(),
            _ => Vec::new(),
        };
        Origin {
            language: visit.language.clone(),
            twins,
        }
    }

    /// The language of `route`, when it is this page in another language.
    fn language_crossed_to(&self, route: &Route) -> Option<Language> {
        let Route::Post { path } = route else { return None };
        self.twins
            .iter()
            // An origin in front makes no difference to the end of a path.
            .find(|(_, url)| path_key(url).ends_with(&path_key(path)))
            .map(|(language, _)| language.clone())
    }
}

/// The language of a page: its own where it is there; else what its path says, the one that was crossed to, the one of
/// the page before, the reader's choice.
fn language(
    route: &Route,
    result: &Result<Content, DataError>,
    origin: Option<Origin>,
    site: &Site,
) -> Language {
    match result {
        Ok(Content::Post(post)) => post.item.language.clone(),
        Ok(Content::List(feed)) => feed.language.clone(),
        Ok(Content::Saved) | Err(_) => route
            .language(site)
            .or_else(|| {
                origin
                    .as_ref()
                    .and_then(|origin| origin.language_crossed_to(route))
            })
            .or_else(|| origin.map(|origin| origin.language))
            .unwrap_or_else(|| choice::language(site)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{post_visit, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// What is said of a post that could not be fetched, after the English post that crosses to `/blog/2018/pont/`.
    fn language_after_a_failure(path: &str) -> String {
        let before = post_visit("en", &[("fr", "https://notes.example/blog/2018/pont/")]);
        let route = Route::parse(path, &site());
        language(
            &route,
            &Err(DataError::Offline),
            Some(Origin::of(&before)),
            &site(),
        )
        .to_string()
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_failure_is_told_in_the_language_that_was_asked_for() {
        for (path, tag) in [
            ("/blog/2018/pont/", "fr"),
            ("/blog/2018/pont", "fr"),
            ("/blog/fr/anything/", "fr"),
            ("/blog/en/anything/", "en"),
            ("/blog/2018/bridge/", "en"),
        ] {
            assert_eq!(language_after_a_failure(path), tag, "{path}");
        }
    }
}
