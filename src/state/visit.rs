//! What is shown: one visit to one page, and the next one while it is on its way.
//!
//! The page that was shown stays until the next one is there (or is known not to be), as a browser does it: nothing
//! flashes, and the crossing always belongs to what is seen. Leptos' own resources wait for the request in flight
//! before they send the next; on a slow network that is the whole wait again, so requests are cancelled here.

use std::{sync::Arc, time::Duration};

use content::{language::Language, site::Site, url::path_key};
use leptos::{prelude::*, task::spawn_local};

use super::choice;
use crate::{
    browser::{environment, history::History, prerendered},
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
    /// Whether this is the page that the browser loaded, which the reader did not go to by a link of the app.
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
    unread: RwSignal<Option<DataError>>,
    attempts: RwSignal<u32>,
    data: Data,
    in_flight: StoredValue<Option<(u32, Request)>, LocalStorage>,
    sent: StoredValue<u32>,
    last_list: StoredValue<Option<(Language, u32)>>,
}

impl Visits {
    /// Follows `history` from page to page of `site`.
    pub fn follow(history: History, site: Arc<Site>) -> Visits {
        let visits = Visits {
            shown: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            is_late: RwSignal::new(false),
            unread: RwSignal::new(None),
            history,
            attempts: RwSignal::new(0),
            data: Data::default(),
            in_flight: StoredValue::new_local(None),
            sent: StoredValue::new(0),
            last_list: StoredValue::new(None),
        };
        Effect::new(move |_| {
            visits.attempts.track();
            match Route::parse(&history.path().get(), &site) {
                Route::Home => {
                    let language = choice::language(&site);
                    history.replace(&Route::List { language, page: 1 }.url(&site));
                }
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

    /// The language to say in that a page is on its way, when it has been for so long that it should be said: that
    /// of what is shown, else of the page as it came.
    pub fn late(self) -> Option<Language> {
        let shown = || {
            self.shown
                .with(|shown| shown.as_ref().map(|visit| visit.language.clone()))
        };
        self.is_late
            .get()
            .then(|| shown().or_else(environment::page_language))
            .flatten()
    }

    /// Why the page that came as HTML stays as it came: what it is made of could not be fetched, but it can be read.
    pub fn unread(self) -> Option<DataError> {
        self.unread.get()
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

    fn open(self, route: Route, site: &Arc<Site>) {
        // Drops what was in flight, and with that cancels it.
        self.in_flight.set_value(None);
        match self.data.known(&route, site) {
            Some(content) => self.show(route, Ok(content), site),
            None => self.fetch(route, Arc::clone(site)),
        }
    }

    fn fetch(self, route: Route, site: Arc<Site>) {
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
                environment::load();
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

    fn show(self, route: Route, result: Result<Content, DataError>, site: &Site) {
        self.in_flight.set_value(None);
        self.is_busy.set(false);
        self.is_late.set(false);
        let before = self.shown.get_untracked();
        let is_first = before.is_none() && !self.history.has_moved();
        let unread = result
            .as_ref()
            .err()
            .filter(|error| is_first && **error != DataError::Missing);
        if let Some(error) = unread.filter(|_| prerendered::is_there()) {
            self.unread.set(Some(error.clone()));
            return;
        }
        let visit = Visit {
            number: before.as_ref().map_or(1, |visit| visit.number + 1),
            is_first,
            language: language(&route, &result, before.as_deref(), site),
            route,
            result,
        };
        if let Route::List { language, page } = &visit.route {
            self.last_list.set_value(Some((language.clone(), *page)));
        }
        self.unread.set(None);
        self.shown.set(Some(Arc::new(visit)));
    }
}

/// The language of a page: its own where it is there; else what its path says, the one that was crossed to, the one
/// that was being read, that of the page as it came, the reader's choice.
fn language(
    route: &Route,
    result: &Result<Content, DataError>,
    before: Option<&Visit>,
    site: &Site,
) -> Language {
    match result {
        Ok(Content::Post(post)) => post.item.language.clone(),
        Ok(Content::List(feed)) => feed.language.clone(),
        Err(error) => route
            .language(site)
            .or_else(|| before.and_then(|visit| language_crossed_to(visit, route)))
            .or_else(|| before.map(|visit| visit.language.clone()))
            .or_else(|| {
                (*error != DataError::Missing)
                    .then(|| language_as_it_came(site))
                    .flatten()
            })
            .unwrap_or_else(|| choice::language(site)),
    }
}

/// The language of `route`, when it is the translation of the post that `visit` shows.
fn language_crossed_to(visit: &Visit, route: &Route) -> Option<Language> {
    let (Ok(Content::Post(post)), Route::Post { path }) = (&visit.result, route) else {
        return None;
    };
    // An origin in front makes no difference to the end of a path.
    let twin = |url: &str| path_key(url).ends_with(&path_key(path));
    post.translations()
        .iter()
        .find(|translation| twin(&translation.url))
        .map(|twin| twin.language.clone())
}

/// The language of the page that the server sent, unless that was the page for what is not found.
fn language_as_it_came(site: &Site) -> Option<Language> {
    let language = environment::page_language()?;
    site.language(&language).map(|entry| entry.language.clone())
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
        language(&route, &Err(DataError::Offline), Some(&before), &site()).to_string()
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
