//! A trial: pages opened in a browser, everything in them hovered over, focused and clicked.

use std::time::Duration;

use anyhow::{Context, Result};
use passerelle_tests::browser::Session;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The driver that runs in the page; it says what it does.
const TRIAL: &str = include_str!("trial.js");

/// Pages at one call: an answer comes within the patience of WebDriver's client.
const BATCH: usize = 40;

/// A page to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
    /// The entry's name.
    pub id: String,
    /// The path of the page.
    pub url: String,
    /// What a script pours into the page's article.
    pub html: Option<String>,
    /// Whether the reader shows it, reached by a link from the page before.
    pub in_reader: bool,
    /// The days of the posts on the page, as the reader shows them.
    pub days: Vec<String>,
}

impl Job {
    /// The page as the reader shows it, with the posts of these days on it.
    pub fn in_reader(self, days: Vec<String>) -> Self {
        Job {
            in_reader: true,
            days,
            ..self
        }
    }

    /// The page as it came, which the reader leaves as it is.
    pub fn prerendered(self) -> Self {
        Job {
            in_reader: false,
            ..self
        }
    }

    /// A page as it comes from the server.
    pub fn loaded(id: &str, url: String) -> Self {
        Job {
            id: id.to_owned(),
            url,
            html: None,
            in_reader: false,
            days: Vec::new(),
        }
    }
}

/// What one page gave.
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    /// The entry's name.
    pub id: String,
    /// When something ran or took over a name: at `load` or to `interact`.
    pub ran: Option<String>,
    /// Whether the page went elsewhere.
    pub left: bool,
    /// How many elements the article has.
    pub elements: usize,
    /// Nodes and attributes that may not be there.
    pub strangers: Vec<String>,
    /// Why the page could not be looked at.
    pub failed: Option<String>,
}

/// What the pages of a trial gave.
#[derive(Debug, Default)]
pub struct Report {
    outcomes: Vec<Outcome>,
}

impl Report {
    /// Looks at the pages of `jobs`, from the page at `host`, which is of the same origin.
    pub async fn of(session: &Session, host: String, jobs: &[Job]) -> Result<Self> {
        let mut allowed = content::render::allowed();
        // The reader's own: a post has no h1, and this one takes the focus.
        allowed.elements.entry("h1").or_default().push("tabindex");
        // And this one holds the action that keeps the post; no post may have an attribute of this kind.
        allowed.elements.entry("div").or_default().push("data-bytes");
        session.set_script_timeout(Duration::from_secs(110)).await?;
        let mut report = Report::default();
        for batch in jobs.chunks(BATCH) {
            session.goto(&host).await?;
            let arguments: Vec<Value> = vec![json!(batch), json!(allowed)];
            let outcomes: Vec<Outcome> = session
                .execute_async(TRIAL, arguments)
                .await
                .with_context(|| format!("from {} on", batch[0].id))?
                .convert()?;
            report.outcomes.extend(outcomes);
        }
        Ok(report)
    }

    /// How many pages were looked at.
    pub fn pages(&self) -> usize {
        self.outcomes.len()
    }

    /// The names of the entries that ran.
    pub fn ran(&self) -> Vec<&str> {
        self.outcomes
            .iter()
            .filter(|it| it.ran.is_some())
            .map(|it| it.id.as_str())
            .collect()
    }

    /// How many elements were looked at.
    pub fn elements(&self) -> usize {
        self.outcomes.iter().map(|it| it.elements).sum()
    }

    /// How many nodes and attributes are outside the allow-list.
    pub fn strangers(&self) -> usize {
        self.outcomes.iter().map(|it| it.strangers.len()).sum()
    }

    /// What is wrong, a line each.
    pub fn complaints(&self) -> Vec<String> {
        let complaints = self.outcomes.iter().flat_map(|it| {
            let ran = it.ran.iter().map(|when| format!("it ran ({when})"));
            let failed = it.failed.iter().map(|why| format!("it was not looked at: {why}"));
            let left = it.left.then(|| "it led away from its page".to_owned());
            ran.chain(left)
                .chain(failed)
                .chain(it.strangers.iter().cloned())
                .map(|what| format!("{}: {what}", it.id))
        });
        complaints.collect()
    }
}
