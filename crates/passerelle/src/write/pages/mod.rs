//! The HTML of every page, as it reads without a script: the same markup that the reader draws in its place.
//!
//! Made of the same documents that the reader fetches, so that the two show the same.

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

use super::{
    chrome::{Chrome, Crossing},
    shell::{Page, Shell},
    urls::{Urls, feed_path, list_path},
};

/// Pours pages into the shell.
pub struct Pages<'a> {
    /// The site that they are of.
    pub site: &'a Site,
    /// Where everything stands.
    pub urls: Urls<'a>,
    /// What they are poured into.
    pub shell: &'a Shell,
    /// Elements that the head of every page has besides: `serve`'s reloading.
    pub extra_head: Markup,
}

impl Pages<'_> {
    /// The page of a post.
    pub fn post(&self, document: &PostDocument) -> String {
        let item = &document.item;
        let chrome = self.chrome(&item.language);
        let mut alternates: Vec<(&Language, &str)> = document
            .translations()
            .iter()
            .map(|twin| (&twin.language, twin.url.as_str()))
            .collect();
        let crossings = self.crossings(&item.language, |language| {
            alternates
                .iter()
                .find(|(twin, _)| *twin == language)
                .map(|(_, url)| (*url).to_owned())
        });
        if !alternates.is_empty() {
            alternates.insert(0, (&item.language, &item.url));
        }
        let main = post::main(&chrome, self.urls, document);
        self.pour(
            &item.language,
            &format!("{} – {}", item.title, chrome.title()),
            self.head(&chrome, &item.url, Some(&item.content_text), &alternates),
            chrome.around(&crossings, main),
        )
    }

    /// A page of a list, of the feed page that holds its posts.
    pub fn list(&self, feed: &Feed) -> String {
        let chrome = self.chrome(&feed.language);
        let page = feed.passerelle.page;
        let crossings: Vec<_> = self
            .others(&feed.language)
            .map(|to| Crossing {
                to,
                url: self.list_link(&feed.language, to),
                missing: false,
            })
            .collect();
        let lists: Vec<_> = self
            .site
            .languages
            .iter()
            .map(|to| {
                (
                    &to.language,
                    self.urls.public(&to.language, &list_path(&to.language, 1)),
                )
            })
            .collect();
        let alternates: Vec<_> = lists
            .iter()
            .map(|(language, url)| (*language, url.as_str()))
            .collect();
        let is_first_of_several = page == 1 && alternates.len() > 1;
        self.pour(
            &feed.language,
            &format!("{} – {}", list::heading(chrome.words, page), chrome.title()),
            self.head(
                &chrome,
                &feed.home_page_url,
                feed.description.as_deref(),
                if is_first_of_several { &alternates } else { &[] },
            ),
            chrome.around(&crossings, list::main(&chrome, self.urls, feed)),
        )
    }

    /// `404.html`: one file for every language, so it says it in each.
    pub fn not_found(&self) -> String {
        self.for_every_language(
            |words, _| words.not_found.to_owned(),
            |words, _| Some(words.not_found_help.to_owned()),
            |_| PreEscaped(String::new()),
            PreEscaped(String::new()),
        )
    }

    /// `offline.html`: what the service worker shows in the place of a page that is not saved, in each language. It fills
    /// in, between the two comments, the posts that are.
    pub fn offline(&self) -> String {
        self.for_every_language(
            |words, _| words.offline.to_owned(),
            |words, _| Some(words.offline_help.to_owned()),
            |language| {
                let words = Words::of(language);
                html! {
                    p.actions { a.button href="" { (words.try_again) } }
                    (PreEscaped(format!("<!--passerelle:kept {language}-->")))
                    h2 { (words.on_this_device) }
                    (PreEscaped("<!--/passerelle:kept-->"))
                }
            },
            html! { meta name="robots" content="noindex"; },
        )
        // The reader leaves this one as it is: nothing that it could draw says more.
        .replacen(" data-stand-in", "", 1)
    }

    /// The page at the root: the way into each language for a reader without scripts.
    pub fn root(&self) -> String {
        let lists: Vec<_> = self
            .site
            .languages
            .iter()
            .map(|to| {
                (
                    &to.language,
                    self.urls.public(&to.language, &list_path(&to.language, 1)),
                )
            })
            .collect();
        self.for_every_language(
            |_, language| language.title.clone(),
            |_, language| language.description.clone(),
            |_| PreEscaped(String::new()),
            html! { @for (language, url) in &lists { link rel="alternate" hreflang=(language) href=(url); } },
        )
    }

    fn for_every_language(
        &self,
        heading: impl Fn(&Words, &SiteLanguage) -> String,
        text: impl Fn(&Words, &SiteLanguage) -> Option<String>,
        more: impl Fn(&Language) -> Markup,
        head: Markup,
    ) -> String {
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
        // The reader shows another page in its place: only it knows the reader's language, or what the URL names.
        let body = html! { div #prerendered data-stand-in { (chrome.around(&[], main)) } };
        self.shell.pour(&Page {
            language: default,
            title: &title,
            head: html! { (head) (self.extra_head) },
            body,
        })
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

    fn head(
        &self,
        chrome: &Chrome<'_>,
        url: &str,
        description: Option<&str>,
        alternates: &[(&Language, &str)],
    ) -> Markup {
        let language = chrome.language;
        html! {
            @if let Some(description) = description { meta name="description" content=(description); }
            @if self.urls.origin(language).is_some() { link rel="canonical" href=(url); }
            @for (language, url) in alternates { link rel="alternate" hreflang=(language) href=(url); }
            link rel="alternate" type="application/feed+json" title=(chrome.title())
                href=(self.urls.local(&feed_path(language, 1)));
            (self.extra_head)
        }
    }

    fn pour(&self, language: &Language, title: &str, head: Markup, body: Markup) -> String {
        let body = html! { div #prerendered { (body) } };
        self.shell.pour(&Page {
            language,
            title,
            head,
            body,
        })
    }
}

/// A page at an earlier URL of a post: leads to where the post stands now, with or without scripts.
pub fn redirect(item: &Item, to: &str) -> String {
    html! {
        (DOCTYPE)
        html lang=(item.language) dir=(item.language.direction().as_str()) {
            head {
                meta charset="utf-8";
                title { (item.title) }
                link rel="canonical" href=(item.url);
                meta http-equiv="refresh" content=(format!("0; url={to}"));
            }
            body { p { a href=(to) { (item.title) } } }
        }
    }
    .into_string()
}

fn time(words: &Words, item: &Item) -> Markup {
    html! { time.meta-item datetime=(item.day()) { (words.day(&item.date_published)) } }
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
