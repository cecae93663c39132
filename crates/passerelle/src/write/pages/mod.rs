//! The HTML of every page, as it reads without a script: the same markup that the reader draws in its place.
//!
//! Made of the same documents that the reader fetches, so that the two show the same.

mod head;
mod list;
mod post;

use content::{
    index::{Feed, Item},
    language::Language,
    post::PostDocument,
    site::{Site, SiteLanguage},
    words::Words,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::head::Head;
use super::{
    alternates::{self, Alternate},
    chrome::{Chrome, Crossing},
    policy::Policy,
    shell::Page,
    urls::Urls,
};
use crate::places::{MANIFEST, atom_path, feed_path, list_path};

/// Makes what is poured into the shell.
pub struct Pages<'a> {
    /// The site that they are of.
    pub site: &'a Site,
    /// Where everything stands.
    pub urls: Urls<'a>,
    /// Elements that the head of every page has besides: `serve`'s reloading.
    pub extra_head: Markup,
}

impl Pages<'_> {
    /// The page of a post, whose body `render` made `html` of.
    pub fn post(&self, document: &PostDocument, html: &str) -> Page {
        let item = &document.item;
        let chrome = self.chrome(&item.language);
        let twins = document.translations();
        let crossings = self.crossings(&item.language, |language| {
            let twin = twins.iter().find(|twin| twin.language == *language);
            twin.map(|twin| twin.url.clone())
        });
        let alternates = alternates::of_post(self.site, item);
        let head = Head {
            description: Some(&item.content_text),
            post: Some(item),
            ..self.head(&chrome, &item.title, &item.url, &alternates)
        };
        let main = post::main(&chrome, self.urls, document, html);
        Page {
            language: item.language.clone(),
            title: format!("{} – {}", item.title, chrome.title()),
            head: self.elements(&head, &[&item.language]),
            body: prerendered(chrome.around(&crossings, main)),
        }
    }

    /// A page of a list, of the feed page that holds its posts.
    pub fn list(&self, feed: &Feed) -> Page {
        let chrome = self.chrome(&feed.language);
        let (page, pages) = (feed.passerelle.page, feed.passerelle.pages);
        let crossings: Vec<_> = self
            .others(&feed.language)
            .map(|to| Crossing {
                to,
                url: self.list_link(&feed.language, to),
                missing: false,
            })
            .collect();
        // Further pages hold other posts in each language: they are no translations.
        let alternates = if page == 1 {
            alternates::of_lists(self.site, self.urls)
        } else {
            Vec::new()
        };
        let heading = list::heading(chrome.words, page);
        let beside = |page: u32| self.urls.local(&list_path(&feed.language, page as usize));
        let head = Head {
            description: feed.description.as_deref(),
            previous: (page > 1).then(|| beside(page - 1)),
            next: (page < pages).then(|| beside(page + 1)),
            ..self.head(&chrome, &heading, &feed.home_page_url, &alternates)
        };
        Page {
            language: feed.language.clone(),
            title: format!("{heading} – {}", chrome.title()),
            head: self.elements(&head, &[&feed.language]),
            body: prerendered(chrome.around(&crossings, list::main(&chrome, self.urls, feed))),
        }
    }

    /// `404.html`: one file for every language, so it says it in each.
    pub fn not_found(&self) -> Page {
        // It stands for URLs that are not there: it has none of its own.
        let head = html! { meta name="robots" content="noindex"; (self.manifest()) (self.extra_head) };
        let page = self.for_every_language(
            |words, _| words.not_found.to_owned(),
            |words, _| Some(words.not_found_help.to_owned()),
            |_| PreEscaped(String::new()),
            head,
        );
        page.map_body(stand_in)
    }

    /// `offline.html`: what the service worker shows in the place of a page that is not saved, in each language. It fills
    /// in, between the two comments, the posts that are.
    pub fn offline(&self) -> Page {
        // The reader leaves this page as it is: nothing that it could draw says more.
        let head = html! { meta name="robots" content="noindex"; (self.manifest()) (self.extra_head) };
        let page = self.for_every_language(
            |words, _| words.offline.to_owned(),
            |words, _| Some(words.offline_help.to_owned()),
            |language| {
                let words = Words::of(language);
                html! {
                    // For the browser: the reader would say that this page is shown already.
                    p.actions { a.button href="" rel="external" { (words.try_again) } }
                    (PreEscaped(format!("<!--passerelle:kept {language}-->")))
                    h2 { (words.on_this_device) }
                    (PreEscaped("<!--/passerelle:kept-->"))
                }
            },
            head,
        );
        page.map_body(prerendered)
    }

    /// The page of what is saved: on the device, so that the reader draws it in the place of this one.
    pub fn saved(&self, language: &Language) -> Page {
        let chrome = self.chrome(language);
        let words = chrome.words;
        let crossings: Vec<_> = self
            .others(language)
            .map(|to| Crossing {
                to,
                url: to.saved_url(),
                missing: false,
            })
            .collect();
        let main = html! {
            header.page-header lang=[chrome.foreign()] {
                h1.page-title tabindex="-1" { (words.saved) }
                p.lede { (words.saved_help) }
            }
            p lang=[chrome.foreign()] { (words.saved_needs) }
        };
        Page {
            language: language.clone(),
            title: format!("{} – {}", words.saved, chrome.title()),
            head: html! { meta name="robots" content="noindex"; (self.manifest()) (self.extra_head) },
            body: stand_in(chrome.around(&crossings, main)),
        }
    }

    /// The page at the root: the way into each language for a reader without scripts.
    pub fn root(&self) -> Page {
        let default = &self.site.default_language;
        let chrome = self.chrome(default);
        let alternates = alternates::of_lists(self.site, self.urls);
        let url = self.urls.public(default, "/");
        let own = self.site.language(default);
        let head = Head {
            description: own.and_then(|entry| entry.description.as_deref()),
            ..self.head(&chrome, chrome.title(), &url, &alternates)
        };
        let languages: Vec<_> = self.site.languages.iter().map(|entry| &entry.language).collect();
        let page = self.for_every_language(
            |_, language| language.title.clone(),
            |_, language| language.description.clone(),
            |_| PreEscaped(String::new()),
            self.elements(&head, &languages),
        );
        page.map_body(stand_in)
    }

    fn for_every_language(
        &self,
        heading: impl Fn(&Words, &SiteLanguage) -> String,
        text: impl Fn(&Words, &SiteLanguage) -> Option<String>,
        more: impl Fn(&Language) -> Markup,
        head: Markup,
    ) -> Page {
        let default = &self.site.default_language;
        let chrome = self.chrome(default);
        let others = || self.others(default);
        let headings = |language: &SiteLanguage| heading(Words::of(&language.language), language);
        let own = self.site.language(default).map(headings).unwrap_or_default();
        let title = others()
            .map(headings)
            .fold(own.clone(), |title, other| format!("{title} / {other}"));
        let main = html! {
            h1.page-title tabindex="-1" {
                (own)
                @for other in others() { " " span.page-title-other lang=(other.language) { (headings(other)) } }
            }
            div.problem-languages {
                @for language in &self.site.languages {
                    @let words = Words::of(&language.language);
                    @let foreign = (language.language != *default).then_some(&language.language);
                    section.problem lang=[foreign] {
                        @if let Some(text) = text(words, language) { p { (text) } }
                        p.actions {
                            a.button.button-primary href=(self.list_link(default, language)) hreflang=[foreign] {
                                (words.all_posts)
                            }
                        }
                        (more(&language.language))
                    }
                }
            }
        };
        Page {
            language: default.clone(),
            title,
            head,
            body: chrome.around(&[], main),
        }
    }

    fn chrome<'s>(&'s self, language: &'s Language) -> Chrome<'s> {
        Chrome::new(self.site, language)
    }

    fn others<'s>(&'s self, language: &'s Language) -> impl Iterator<Item = &'s SiteLanguage> {
        self.site
            .languages
            .iter()
            .filter(move |other| other.language != *language)
    }

    /// A way to every other language: to the twin that `twin` knows, else to the list.
    fn crossings<'s>(
        &'s self,
        from: &'s Language,
        twin: impl Fn(&Language) -> Option<String>,
    ) -> Vec<Crossing<'s>> {
        self.others(from)
            .map(|to| match twin(&to.language) {
                Some(url) => Crossing {
                    to,
                    url: self.urls.link(from, &to.language, &url).to_owned(),
                    missing: false,
                },
                None => Crossing {
                    to,
                    url: self.list_link(from, to),
                    missing: true,
                },
            })
            .collect()
    }

    fn list_link(&self, from: &Language, to: &SiteLanguage) -> String {
        let url = self.urls.public(&to.language, &list_path(&to.language, 1));
        self.urls.link(from, &to.language, &url).to_owned()
    }

    /// What every page with a URL says in its head: `url` as [`Urls::public`] writes it.
    fn head<'h>(
        &'h self,
        chrome: &Chrome<'h>,
        title: &'h str,
        url: &'h str,
        alternates: &'h [Alternate<'h>],
    ) -> Head<'h> {
        let origin = self.urls.origin(chrome.language);
        Head {
            language: chrome.language,
            title,
            site_title: chrome.title(),
            description: None,
            url: origin.is_some().then_some(url),
            origin,
            alternates,
            previous: None,
            next: None,
            post: None,
        }
    }

    /// The elements of a head, with the feeds of `languages`.
    fn elements(&self, head: &Head<'_>, languages: &[&Language]) -> Markup {
        html! {
            (head::elements(head))
            @for language in languages {
                @let title = self.chrome(language).title();
                link rel="alternate" type="application/feed+json" title=(title)
                    href=(self.urls.local(&feed_path(language, 1)));
                @if self.urls.origin(language).is_some() {
                    link rel="alternate" type="application/atom+xml" title=(title)
                        href=(self.urls.local(&atom_path(language)));
                }
            }
            (self.manifest())
            (self.extra_head)
        }
    }

    fn manifest(&self) -> Markup {
        html! { link rel="manifest" href=(self.urls.local(&format!("/{MANIFEST}"))); }
    }
}

/// What is read before, or without, the app.
fn prerendered(body: Markup) -> Markup {
    html! { div #prerendered { (body) } }
}

/// The same, for a page in whose place the reader shows another: only it knows the reader's language, or what the URL
/// names.
fn stand_in(body: Markup) -> Markup {
    html! { div #prerendered data-stand-in { (body) } }
}

/// A page at an earlier URL of a post: leads to where the post stands now, with or without scripts.
///
/// It names the `icon`: a browser that has the time asks a page that names none for `/favicon.ico`, which no site of
/// ours has.
pub fn redirect(item: &Item, to: &str, icon: &str, policy: &Policy) -> String {
    // From the root it would only say again where the page leads.
    let canonical = item.url.contains("://").then_some(&item.url);
    html! {
        (DOCTYPE)
        html lang=(item.language) dir=(item.language.direction().as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                (policy.element())
                title { (item.title) }
                link rel="icon" href=(icon) type="image/png" sizes="192x192";
                @if let Some(url) = canonical { link rel="canonical" href=(url); }
                meta http-equiv="refresh" content=(format!("0; url={to}"));
            }
            body { p { a href=(to) { (item.title) } } }
        }
    }
    .into_string()
}

/// The day of a post, in the language of the words: only browsers know how every other writes it.
fn time(chrome: &Chrome<'_>, item: &Item) -> Markup {
    let day = chrome.words.day(&item.date_published);
    html! { time.meta-item datetime=(item.day()) lang=[chrome.foreign()] { (day) } }
}

/// Safe inline HTML where the build found that there is more than text, in an element of its own as the reader draws it.
fn rich(html: Option<&String>, text: &str) -> Markup {
    match html {
        Some(html) => html! { span { (PreEscaped(html)) } },
        None => html! { (text) },
    }
}

fn width(item: &Item) -> Option<u32> {
    item.passerelle.image_size.map(|(width, _)| width)
}

fn height(item: &Item) -> Option<u32> {
    item.passerelle.image_size.map(|(_, height)| height)
}
