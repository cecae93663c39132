//! What the service worker tells: whether the network is gone, what has come since, and what is kept on the device.

use content::{language::Language, site::Site};
use leptos::prelude::*;

use super::{Visits, kept::Kept};
use crate::{browser::worker, data::json};

/// What the worker told last. A handle: copies share what they hold.
#[derive(Clone, Copy)]
pub struct Offline {
    told: RwSignal<Told>,
    kept: RwSignal<Option<Kept>>,
    /// Which reading of the device `kept` is of.
    reading: StoredValue<u64>,
}

/// What changes while the reader reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The network is gone.
    pub is_offline: bool,
    /// Another version of the reader than this one is ready.
    pub has_newer: bool,
    /// The path of the feed that has posts that it had not.
    pub news: String,
    /// Bytes that are kept, and those that the browser gives; 0 where it does not say.
    pub bytes: u64,
    /// See `bytes`.
    pub quota: u64,
    /// The browser may delete what is kept when space is short.
    pub is_at_risk: bool,
    /// The path of the post that is being kept.
    pub busy: String,
    /// The path of the last post that could not be kept.
    pub failed: String,
    /// Why something could not be kept: `network`, `missing`, `full`.
    pub why: String,
    /// The languages in which the whole blog is wanted and not there yet.
    pub wish: String,
    /// It is being kept now.
    pub is_running: bool,
    /// So many posts of it are there.
    pub done: u32,
    /// So many are wanted.
    pub all: u32,
}

impl Offline {
    /// Follows what the worker tells; what was fetched in `visits` is forgotten when the index is another.
    pub fn follow(visits: Visits) -> Offline {
        let offline = Offline {
            told: RwSignal::new(Told::default()),
            kept: RwSignal::new(None),
            reading: StoredValue::new(0),
        };
        offline.read();
        worker::listen(move |news| match news {
            worker::News::State => offline.read(),
            worker::News::Index => visits.forget(),
        });
        offline
    }

    /// What was told last.
    pub fn told(self) -> Told {
        self.told.get()
    }

    /// What is kept; nothing while that is not known, and where nothing can be kept.
    pub fn kept(self) -> Option<Kept> {
        self.kept.get()
    }

    /// Whether the list of `language` has posts that it had not.
    pub fn has_news(self, language: &Language, site: &Site) -> bool {
        let feed = site.language(language).map(|entry| &entry.feed_url);
        self.told.with(|told| Some(&told.news) == feed)
    }

    fn read(self) {
        let told = Told {
            is_offline: worker::is("isOffline"),
            has_newer: worker::is("hasNewer"),
            news: worker::text("news"),
            bytes: worker::number("bytes"),
            quota: worker::number("quota"),
            is_at_risk: worker::is("isAtRisk"),
            busy: worker::text("busy"),
            failed: worker::text("failed"),
            why: worker::text("why"),
            wish: worker::text("wish"),
            is_running: worker::is("isRunning"),
            done: count("done"),
            all: count("all"),
        };
        let reading = worker::number("reading");
        if reading != self.reading.get_value() {
            self.reading.set_value(reading);
            let posts = json::parse(&worker::text("kept")).and_then(json::from_value).ok();
            self.kept.set(posts.map(|posts| Kept { posts }));
        }
        self.told.set(told);
    }
}

/// A number of posts; nobody has four thousand million.
fn count(name: &str) -> u32 {
    worker::number(name) as u32
}
