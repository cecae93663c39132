//! What the service worker tells: whether the network is gone, and what has come since.

use content::{language::Language, site::Site};
use leptos::prelude::*;

use super::Visits;
use crate::browser::worker;

/// What the worker told last. A handle: copies share what they hold.
#[derive(Clone, Copy)]
pub struct Offline {
    is_offline: RwSignal<bool>,
    has_newer: RwSignal<bool>,
    news: RwSignal<String>,
}

impl Offline {
    /// Follows what the worker tells; what was fetched in `visits` is forgotten when the index is another.
    pub fn follow(visits: Visits) -> Offline {
        let offline = Offline {
            is_offline: RwSignal::new(false),
            has_newer: RwSignal::new(false),
            news: RwSignal::new(String::new()),
        };
        offline.read();
        worker::listen(move |news| match news {
            worker::News::State => offline.read(),
            worker::News::Index => visits.forget(),
        });
        offline
    }

    /// Whether the network is gone.
    pub fn is_offline(self) -> bool {
        self.is_offline.get()
    }

    /// Whether another version of the reader than this one is ready.
    pub fn has_newer(self) -> bool {
        self.has_newer.get()
    }

    /// Whether the list of `language` has posts that it had not.
    pub fn has_news(self, language: &Language, site: &Site) -> bool {
        let is_of = |feed: &String| {
            site.language(language)
                .is_some_and(|entry| entry.feed_url == *feed)
        };
        self.news.with(is_of)
    }

    fn read(self) {
        self.is_offline.set(worker::is_offline());
        self.has_newer.set(worker::has_newer());
        self.news.set(worker::news());
    }
}
