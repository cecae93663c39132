//! What the service worker tells: whether the network is gone, what has come since, and what is kept on the device.

use content::{language::Language, site::Site};
use leptos::prelude::*;

use super::{Visits, kept::Kept};
use crate::{browser::worker, data::json};

/// What the worker told last, by the names of `public/offline.js`. A handle: copies share what they hold.
///
/// The state itself stays with the page's end of the worker, which the reader's views ask when it has changed: a signal
/// for each part of it would be so much code to download.
#[derive(Clone, Copy)]
pub struct Offline {
    changes: RwSignal<u32>,
}

impl Offline {
    /// Follows what the worker tells; what was fetched in `visits` is forgotten when the index is another.
    pub fn follow(visits: Visits) -> Offline {
        let changes = RwSignal::new(0);
        worker::listen(move |news| match news {
            worker::News::State => changes.update(|changes| *changes += 1),
            worker::News::Index => visits.forget(),
        });
        Offline { changes }
    }

    /// A number of the state; 0 where there is none.
    pub fn number(self, name: &str) -> u64 {
        self.changes.track();
        worker::number(name)
    }

    /// Whether something of the state is so.
    pub fn is(self, name: &str) -> bool {
        self.number(name) != 0
    }

    /// A text of the state; empty where there is none.
    pub fn text(self, name: &str) -> String {
        self.changes.track();
        worker::text(name)
    }

    /// What is kept of the site at `origins`; nothing while that is not known, and where nothing can be kept.
    pub fn kept(self, origins: &[String]) -> Option<Kept> {
        let posts = json::parse(&self.text("kept")).and_then(json::from_value).ok()?;
        Some(Kept::new(posts, origins))
    }

    /// Whether the list of `language` has posts that it had not.
    pub fn has_news(self, language: &Language, site: &Site) -> bool {
        let feed = site.language(language).map(|entry| &entry.feed_url);
        feed == Some(&self.text("news"))
    }
}
