//! The index: the feed pages of each language, and `site.json`.

use content::{
    index::{FORMAT_VERSION, Feed, FeedExtension, Item, JSON_FEED_VERSION},
    language::Language,
    render::plain_text,
    site::{Site, SiteLanguage},
    words::Words,
};

use super::{names::name, urls::Urls};
use crate::{
    library::Library,
    places::{feed_path, list_path},
};

/// The pages of the feed of `language`, newest first; `items` are all its posts. There is at least one page.
pub fn feeds(library: &Library, urls: Urls<'_>, language: &Language, items: &[Item]) -> Vec<Feed> {
    let size = library.config.page_size.max(1);
    let pages = items.len().div_ceil(size).max(1);
    let (title, description) = about(library, language);
    (1..=pages)
        .map(|page| Feed {
            version: JSON_FEED_VERSION.to_owned(),
            title: title.clone(),
            description: description.clone(),
            home_page_url: urls.public(language, &list_path(language, page)),
            feed_url: urls.public(language, &feed_path(language, page)),
            next_url: (page < pages).then(|| urls.public(language, &feed_path(language, page + 1))),
            language: language.clone(),
            items: items.iter().skip((page - 1) * size).take(size).cloned().collect(),
            passerelle: FeedExtension {
                version: FORMAT_VERSION,
                page: count(page),
                pages: count(pages),
                posts: count(items.len()),
            },
        })
        .collect()
}

/// A page of the feed as it is published: JSON Feed 1.1 knows no base, so a picture of the site's own is absolute where
/// the language has an origin. The page of HTML and the post's own JSON name it from the root.
pub fn published(feed: &Feed, urls: Urls<'_>) -> Feed {
    let mut feed = feed.clone();
    if let Some(origin) = urls.origin(&feed.language) {
        let images = feed.items.iter_mut().filter_map(|item| item.image.as_mut());
        for image in images.filter(|image| image.starts_with('/')) {
            image.insert_str(0, origin);
        }
    }
    feed
}

/// `site.json`, but for its `build`, which is known when every other file is.
pub fn site(library: &Library, urls: Urls<'_>) -> Site {
    let config = &library.config;
    Site {
        version: FORMAT_VERSION,
        build: String::new(),
        generator: super::GENERATOR.to_owned(),
        base_path: config.base_path.clone(),
        default_language: config.default_language.clone(),
        languages: library
            .languages
            .iter()
            .map(|language| site_language(library, urls, language))
            .collect(),
        // Known when every post is.
        offline_bytes: 0,
        origins: library.config.own_origins(),
    }
}

fn site_language(library: &Library, urls: Urls<'_>, language: &Language) -> SiteLanguage {
    let (title, description) = about(library, language);
    let posts = || {
        library
            .posts
            .iter()
            .filter(|entry| entry.post.language == *language)
    };
    SiteLanguage {
        language: language.clone(),
        name: name(language, &library.languages),
        direction: language.direction(),
        title,
        description,
        url: urls.local(&list_path(language, 1)),
        feed_url: urls.local(&feed_path(language, 1)),
        posts: count(posts().count()),
        translated: count(posts().filter(|entry| !entry.translations.is_empty()).count()),
        offline_bytes: 0,
    }
}

/// The blog's title and description in `language`. A title that is not configured is the default language's, else the
/// word for a blog.
fn about(library: &Library, language: &Language) -> (String, Option<String>) {
    let config = &library.config;
    let own = config.languages.get(language);
    let title = own
        .or_else(|| config.languages.get(&config.default_language))
        .and_then(|known| known.title.as_deref())
        .map_or_else(|| Words::of(language).blog.to_owned(), plain_text);
    (
        title,
        own.and_then(|known| known.description.as_deref()).map(plain_text),
    )
}

/// A count for JSON; nobody has four thousand million posts.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
