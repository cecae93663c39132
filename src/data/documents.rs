//! The documents of a site, member by member. `docs/index-format.md` describes each; the command writes them with serde,
//! and the test below holds that both know the same names.

use content::{
    index::{Author, Feed, FeedExtension, Item, ItemExtension, Translation},
    language::{Direction, Language},
    post::{Body, Dialect, Format, Neighbour, OwnImage, OwnLink, PostDocument, Prepared, PreparedKind},
    site::{Site, SiteLanguage},
};

use super::json::{Read, Value};

impl Read for Language {
    fn read(value: &Value<'_>) -> Self {
        String::read(value).parse().unwrap_or_else(|_| {
            value.is_not("a language");
            Language::english()
        })
    }
}

impl Read for Direction {
    fn read(value: &Value<'_>) -> Self {
        [Direction::Ltr, Direction::Rtl][value.place_among(&["ltr", "rtl"])]
    }
}

impl Read for Format {
    fn read(value: &Value<'_>) -> Self {
        [Format::Markdown, Format::Html][value.place_among(&["markdown", "html"])]
    }
}

impl Read for Dialect {
    fn read(value: &Value<'_>) -> Self {
        let known = [Dialect::Kramdown, Dialect::Goldmark, Dialect::Gfm];
        known[value.place_among(&["kramdown", "goldmark", "gfm"])]
    }
}

impl Read for Site {
    fn read(value: &Value<'_>) -> Self {
        Site {
            version: value.get("version"),
            build: value.get("build"),
            generator: value.get("generator"),
            base_path: value.get("base_path"),
            default_language: value.get("default_language"),
            offline_bytes: value.get_or_default("offline_bytes"),
            languages: value.get("languages"),
            origins: value.get_or_default("origins"),
        }
    }
}

impl Read for SiteLanguage {
    fn read(value: &Value<'_>) -> Self {
        SiteLanguage {
            language: value.get("language"),
            name: value.get("name"),
            direction: value.get("direction"),
            title: value.get("title"),
            description: value.get("description"),
            url: value.get("url"),
            feed_url: value.get("feed_url"),
            posts: value.get("posts"),
            translated: value.get("translated"),
            offline_bytes: value.get_or_default("offline_bytes"),
        }
    }
}

impl Read for Feed {
    fn read(value: &Value<'_>) -> Self {
        Feed {
            version: value.get("version"),
            title: value.get("title"),
            description: value.get("description"),
            home_page_url: value.get("home_page_url"),
            feed_url: value.get("feed_url"),
            next_url: value.get("next_url"),
            language: value.get("language"),
            items: value.get("items"),
            passerelle: value.get("_passerelle"),
        }
    }
}

impl Read for FeedExtension {
    fn read(value: &Value<'_>) -> Self {
        FeedExtension {
            version: value.get("version"),
            page: value.get("page"),
            pages: value.get("pages"),
            posts: value.get("posts"),
        }
    }
}

impl Read for Item {
    fn read(value: &Value<'_>) -> Self {
        Item {
            id: value.get("id"),
            url: value.get("url"),
            title: value.get("title"),
            content_text: value.get("content_text"),
            image: value.get("image"),
            date_published: value.get("date_published"),
            authors: value.get_or_default("authors"),
            tags: value.get_or_default("tags"),
            language: value.get("language"),
            passerelle: value.get("_passerelle"),
        }
    }
}

impl Read for Author {
    fn read(value: &Value<'_>) -> Self {
        Author {
            name: value.get("name"),
        }
    }
}

impl Read for ItemExtension {
    fn read(value: &Value<'_>) -> Self {
        ItemExtension {
            title_html: value.get("title_html"),
            description_html: value.get("description_html"),
            image_text: value.get_or_default("image_text"),
            image_size: value.get("image_size"),
            revision: value.get("revision"),
            reading_minutes: value.get("reading_minutes"),
            offline_bytes: value.get_or_default("offline_bytes"),
            translations: value.get_or_default("translations"),
            data_url: value.get("data_url"),
        }
    }
}

impl Read for Translation {
    fn read(value: &Value<'_>) -> Self {
        Translation {
            language: value.get("language"),
            url: value.get("url"),
            offline_bytes: value.get_or_default("offline_bytes"),
        }
    }
}

impl Read for PostDocument {
    fn read(value: &Value<'_>) -> Self {
        PostDocument {
            version: value.get("version"),
            item: value.get("item"),
            body: value.get("body"),
            previous: value.get("previous"),
            next: value.get("next"),
        }
    }
}

impl Read for Neighbour {
    fn read(value: &Value<'_>) -> Self {
        Neighbour {
            url: value.get("url"),
            title: value.get("title"),
        }
    }
}

impl Read for Body {
    fn read(value: &Value<'_>) -> Self {
        Body {
            source: value.get("source"),
            format: value.get("format"),
            dialect: value.get("dialect"),
            language: value.get("language"),
            base_path: value.get_or_default("base_path"),
            links: value.get_or_default("links"),
            images: value.get_or_default("images"),
            typography: value.get_or_default("typography"),
            prepared: value.get_or_default("prepared"),
        }
    }
}

impl Read for OwnLink {
    fn read(value: &Value<'_>) -> Self {
        OwnLink {
            href: value.get("href"),
            url: value.get("url"),
            language: value.get("language"),
        }
    }
}

impl Read for OwnImage {
    fn read(value: &Value<'_>) -> Self {
        OwnImage {
            src: value.get("src"),
            url: value.get("url"),
            size: value.get("size"),
        }
    }
}

impl Read for Prepared {
    fn read(value: &Value<'_>) -> Self {
        Prepared {
            source: value.get("source"),
            kind: value.get("kind"),
            html: value.get("html"),
        }
    }
}

struct TypeOfPrepared(usize);

impl Read for TypeOfPrepared {
    fn read(value: &Value<'_>) -> Self {
        TypeOfPrepared(value.place_among(&["code", "inline", "display"]))
    }
}

impl Read for PreparedKind {
    fn read(value: &Value<'_>) -> Self {
        match value.get("type") {
            TypeOfPrepared(0) => PreparedKind::Code(value.get("language")),
            TypeOfPrepared(1) => PreparedKind::Inline,
            TypeOfPrepared(_) => PreparedKind::Display,
        }
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::{
        data::json::{Wrong, from_value, parse},
        testing::{feed, post, site},
    };
    use serde::Serialize;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn written_and_read<T: Read + Serialize>(document: &T) -> Result<T, Wrong> {
        from_value(parse(&serde_json::to_string(document).unwrap())?)
    }

    /// Every member has a value that it has not when it is left out, and every name in it is written once at least.
    #[wasm_bindgen_test]
    fn every_document_is_read_as_the_command_writes_it() {
        let text = |text: &str| text.to_owned();
        let mut site = site();
        site.offline_bytes = 7;
        site.languages[0].description = Some(text("of"));
        site.languages[0].offline_bytes = 5;
        site.languages[1].direction = Direction::Rtl;
        assert_eq!(written_and_read(&site), Ok(site));

        let mut post = post("en", &[("fr", "/blog/2018/pont/")]);
        let item = &mut post.item;
        item.image = Some(text("/i.png"));
        item.authors = vec![Author { name: text("A") }];
        item.tags = vec![text("t")];
        let extension = &mut item.passerelle;
        extension.title_html = Some(text("<em>T</em>"));
        extension.description_html = Some(text("<em>D</em>"));
        extension.image_text = text("I");
        extension.image_size = Some((3, 4));
        extension.revision = Some(text("0a"));
        extension.offline_bytes = 9;
        extension.translations[0].offline_bytes = 8;
        let neighbour = |url: &str| {
            Some(Neighbour {
                url: text(url),
                title: text("N"),
            })
        };
        (post.previous, post.next) = (neighbour("/p/"), neighbour("/n/"));
        let prepared = |kind| Prepared {
            source: text("x"),
            kind,
            html: text("<b>x</b>"),
        };
        post.body = Body {
            source: text("# x"),
            format: Format::Html,
            dialect: Dialect::Kramdown,
            language: Language::english(),
            base_path: text("/x/"),
            links: vec![OwnLink {
                href: text("x"),
                url: text("/x/"),
                language: Some(Language::english()),
            }],
            images: vec![OwnImage {
                src: text("x.png"),
                url: text("/x.png"),
                size: Some((1, 2)),
            }],
            typography: true,
            prepared: vec![
                prepared(PreparedKind::Code(text("rust"))),
                prepared(PreparedKind::Inline),
                prepared(PreparedKind::Display),
            ],
        };
        assert_eq!(written_and_read(&post), Ok(post.clone()));
        for (format, dialect) in [
            (Format::Markdown, Dialect::Goldmark),
            (Format::Html, Dialect::Gfm),
        ] {
            (post.body.format, post.body.dialect) = (format, dialect);
            assert_eq!(written_and_read(&post), Ok(post.clone()));
        }

        let mut feed = feed("en", 2);
        feed.description = Some(text("of"));
        feed.next_url = Some(text("/feed-3.json"));
        feed.items = vec![post.item];
        assert_eq!(written_and_read(&feed), Ok(feed));
    }
}
