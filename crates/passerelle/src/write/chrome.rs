//! What stands round the content of every page: skip link, header with the crossing, footer.

use content::{
    language::Language,
    site::{Site, SiteLanguage},
    words::Words,
};
use maud::{Markup, html};

/// The surroundings of a page in one language.
pub struct Chrome<'a> {
    /// The page's language.
    pub language: &'a Language,
    /// The interface's words in it.
    pub words: &'static Words,
    entry: Option<&'a SiteLanguage>,
}

/// A way to another language.
pub struct Crossing<'a> {
    /// The other language.
    pub to: &'a SiteLanguage,
    /// Where it leads.
    pub url: String,
    /// Whether it leads to the list since the post has no translation.
    pub missing: bool,
}

impl<'a> Chrome<'a> {
    /// The surroundings of the pages of `site` in `language`.
    pub fn new(site: &'a Site, language: &'a Language) -> Self {
        Chrome {
            language,
            words: Words::of(language),
            entry: site.language(language),
        }
    }

    /// The blog's title in the page's language.
    pub fn title(&self) -> &'a str {
        self.entry.map_or("", |entry| &entry.title)
    }

    /// The list in the page's language.
    pub fn list_url(&self) -> &'a str {
        self.entry.map_or("", |entry| &entry.url)
    }

    /// The language of the words, where it is not the page's.
    pub fn foreign(&self) -> Option<&'static str> {
        (self.words.tag != self.language.primary()).then_some(self.words.tag)
    }

    /// `main` with all that stands round it.
    pub fn around(&self, crossings: &[Crossing<'_>], main: Markup) -> Markup {
        html! {
            a.skip-link href="#main" lang=[self.foreign()] { (self.words.skip_link) }
            header.site-header {
                a.site-title href=(self.list_url()) { (self.title()) }
                (self.crossing(crossings))
            }
            main.page #main tabindex="-1" { (main) }
            (self.footer())
            (self.newer())
        }
    }

    /// What `public/boot.js` shows when the files that the page starts are gone from the server.
    fn newer(&self) -> Markup {
        html! {
            template #newer {
                div.notices role="status" {
                    div.notice lang=[self.foreign()] {
                        p { (self.words.newer_version) }
                        button.button type="button" { (self.words.reload) }
                    }
                }
            }
        }
    }

    fn crossing(&self, crossings: &[Crossing<'_>]) -> Markup {
        html! {
            @if !crossings.is_empty() {
                nav.crossing aria-labelledby="crossing-heading" {
                    h2.visually-hidden #crossing-heading lang=[self.foreign()] { (self.words.languages) }
                    @if let [only] = crossings {
                        (crossing_link(only))
                    } @else {
                        ul.crossing-list role="list" {
                            @for crossing in crossings { li { (crossing_link(crossing)) } }
                        }
                    }
                }
            }
            @for Crossing { to, .. } in crossings.iter().filter(|crossing| crossing.missing) {
                p.crossing-note id=(note_id(to)) lang=[self.foreign()] {
                    (self.words.no_translation.before)
                    span lang=(to.language) { (to.name) }
                    (self.words.no_translation.after)
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer.site-footer {
                @if let Some(entry) = self.entry {
                    @if let Some(description) = &entry.description { p.site-description { (description) } }
                    ul.site-links role="list" lang=[self.foreign()] {
                        li { a href=(entry.url) { (self.words.all_posts) } }
                        li { a href=(entry.saved_url()) { (self.words.saved) } }
                        li { a href=(entry.feed_url) type="application/feed+json" rel="external" { (self.words.feed) } }
                    }
                }
            }
        }
    }
}

fn crossing_link(Crossing { to, url, missing }: &Crossing<'_>) -> Markup {
    html! {
        a.crossing-link href=(url) lang=(to.language) hreflang=(to.language)
            aria-describedby=[missing.then(|| note_id(to))] { (to.name) }
    }
}

/// The note that belongs to one crossing: there is one for each language that a post lacks.
fn note_id(to: &SiteLanguage) -> String {
    format!("crossing-note-{}", to.language)
}
