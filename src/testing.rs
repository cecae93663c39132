//! What the tests of the reader share: a small site, and an element of its own for each component.

use std::sync::Arc;

use content::{
    index::{
        Author, FORMAT_VERSION, Feed, FeedExtension, Item, ItemExtension, JSON_FEED_VERSION, Translation,
    },
    language::{Direction, Language},
    post::{Body, Dialect, Format, PostDocument},
    site::{Site, SiteLanguage},
};

use crate::{
    data::{Content, DataError},
    routes::Route,
    state::Visit,
};

/// A language by its tag.
pub fn language(tag: &str) -> Language {
    tag.parse().unwrap()
}

fn entry(tag: &str, title: &str) -> SiteLanguage {
    SiteLanguage {
        language: language(tag),
        name: language(tag).endonym().to_owned(),
        direction: Direction::Ltr,
        title: title.to_owned(),
        description: None,
        url: format!("/blog/{tag}/"),
        feed_url: format!("/blog/{tag}/feed.json"),
        posts: 3,
        translated: 2,
        offline_bytes: 1_200_000,
    }
}

/// A site in English and French under `/blog/`, whose own origin is `https://notes.example`.
pub fn site() -> Site {
    Site {
        version: 1,
        build: "0".to_owned(),
        generator: "test".to_owned(),
        base_path: "/blog/".to_owned(),
        default_language: language("en"),
        offline_bytes: 2_000_000,
        languages: vec![entry("en", "Notes"), entry("fr", "Carnet")],
        origins: vec!["https://notes.example".to_owned()],
    }
}

/// The same site in a third language too.
pub fn site_in_three_languages() -> Site {
    let mut site = site();
    site.languages.push(entry("es", "Cuaderno"));
    site
}

/// An entry of the index.
pub fn item(tag: &str, translations: &[(&str, &str)]) -> Item {
    let translations = translations.iter().map(|(tag, url)| Translation {
        language: language(tag),
        url: (*url).to_owned(),
        offline_bytes: 2000,
    });
    Item {
        id: format!("/blog/{tag}/a-post/"),
        url: format!("/blog/{tag}/a-post/"),
        title: "A post".to_owned(),
        content_text: "What it says.".to_owned(),
        image: None,
        date_published: "2018-07-03T23:30:00-04:00".to_owned(),
        authors: vec![Author {
            name: "A, B and C".to_owned(),
        }],
        tags: Vec::new(),
        language: language(tag),
        passerelle: ItemExtension {
            title_html: None,
            description_html: None,
            image_text: String::new(),
            image_size: None,
            revision: None,
            reading_minutes: 4,
            offline_bytes: 3000,
            translations: translations.collect(),
            data_url: format!("/blog/{tag}/a-post/index.json"),
        },
    }
}

/// A post with one paragraph.
pub fn post(tag: &str, translations: &[(&str, &str)]) -> PostDocument {
    PostDocument {
        version: FORMAT_VERSION,
        item: item(tag, translations),
        body: Body {
            source: "One *paragraph*.".to_owned(),
            format: Format::Markdown,
            dialect: Dialect::Gfm,
            language: language(tag),
            base_path: String::new(),
            links: Vec::new(),
            images: Vec::new(),
            typography: false,
            prepared: Vec::new(),
        },
        previous: None,
        next: None,
    }
}

/// Page `page` of three of the index, with one post.
pub fn feed(tag: &str, page: u32) -> Feed {
    Feed {
        version: JSON_FEED_VERSION.to_owned(),
        title: "Notes".to_owned(),
        description: None,
        home_page_url: format!("/blog/{tag}/"),
        feed_url: format!("/blog/{tag}/feed.json"),
        next_url: None,
        language: language(tag),
        items: vec![item(tag, &[])],
        passerelle: FeedExtension {
            version: FORMAT_VERSION,
            page,
            pages: 3,
            posts: 3,
        },
    }
}

/// A visit to a post.
pub fn post_visit(tag: &str, translations: &[(&str, &str)]) -> Visit {
    visit(
        &format!("/blog/{tag}/a-post/"),
        tag,
        Ok(Content::Post(Arc::new(post(tag, translations)))),
    )
}

/// A visit to a page of a list.
pub fn list_visit(tag: &str, page: u32) -> Visit {
    visit(
        &format!("/blog/{tag}/page/{page}/"),
        tag,
        Ok(Content::List(Arc::new(feed(tag, page)))),
    )
}

/// A visit to a post that there is not.
pub fn missing_visit(tag: &str) -> Visit {
    visit(&format!("/blog/{tag}/nope/"), tag, Err(DataError::Missing))
}

fn visit(path: &str, tag: &str, result: Result<Content, DataError>) -> Visit {
    Visit {
        number: 1,
        is_first: true,
        route: Route::parse(path, &site()),
        language: language(tag),
        result,
    }
}

#[cfg(target_arch = "wasm32")]
pub use drawn::{Drawn, draw};

#[cfg(target_arch = "wasm32")]
mod drawn {
    use std::{any::Any, sync::Arc};

    use content::site::Site;
    use leptos::{IntoView, mount::mount_to, prelude::document, task::tick};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement};

    use crate::{i18n::Interface, state::provide_site, testing::language};

    /// A component in an element of its own; both go when this is dropped.
    pub struct Drawn {
        element: HtmlElement,
        _mounted: Box<dyn Any>,
    }

    /// Draws `view` on a page of `site` in the language `tag`, and waits until it is there.
    pub async fn draw<N: IntoView + 'static>(
        site: Site,
        tag: &str,
        view: impl FnOnce() -> N + 'static,
    ) -> Drawn {
        let element: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        document().body().unwrap().append_child(&element).unwrap();
        let language = language(tag);
        let mounted = mount_to(element.clone(), move || {
            provide_site(Arc::new(site));
            Interface::provide(&language);
            view()
        });
        tick().await;
        Drawn {
            element,
            _mounted: Box::new(mounted),
        }
    }

    impl Drawn {
        /// The elements that `selector` finds.
        pub fn all(&self, selector: &str) -> Vec<Element> {
            let found = self.element.query_selector_all(selector).unwrap();
            (0..found.length())
                .map(|n| found.item(n).unwrap().dyn_into().unwrap())
                .collect()
        }

        /// The one element that `selector` finds.
        pub fn one(&self, selector: &str) -> HtmlElement {
            let mut found = self.all(selector);
            assert_eq!(found.len(), 1, "{selector} in {}", self.element.inner_html());
            found.remove(0).dyn_into().unwrap()
        }

        /// The text of the one element that `selector` finds, white space folded.
        pub fn text(&self, selector: &str) -> String {
            let text = self.one(selector).text_content().unwrap_or_default();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        }

        /// An attribute of the one element that `selector` finds.
        pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
            self.one(selector).get_attribute(name)
        }

        /// Whether nothing was drawn.
        pub fn is_empty(&self) -> bool {
            self.element.child_element_count() == 0
        }
    }

    impl Drop for Drawn {
        fn drop(&mut self) {
            self.element.remove();
        }
    }
}
