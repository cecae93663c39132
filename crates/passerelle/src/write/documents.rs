//! From a post of the library to its entry in the index and to its own JSON.

use std::{collections::BTreeMap, path::Path};

use content::{
    index::{Author, FORMAT_VERSION, Item, ItemExtension, Translation},
    post::{Body, Neighbour, OwnImage, OwnLink, PostDocument},
    render::{
        Destination, body_text, destinations, fragment_id, inline_html, plain_text, post_reference,
        references,
    },
    url::{data_path, encode_path},
};

use super::{
    references::Miss,
    targets::{Target, Targets, split_tail},
    text::{excerpt, more_than_text, reading_minutes},
    urls::Urls,
};
use crate::{
    config::Config,
    library::{Library, LibraryPost},
    prepare::prepare,
    read::Post,
};

/// What is known of a file of the content folder without reading it all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Width and height of an image in pixels, where it tells.
    pub size: Option<(u32, u32)>,
    /// How long it is.
    pub bytes: u64,
}

/// How files are measured.
pub type Measure = dyn Fn(&Path) -> Measured + Sync;

/// All that documents are made from.
pub struct Documents<'a> {
    /// The posts.
    pub library: &'a Library,
    /// Where they stand.
    pub urls: Urls<'a>,
    /// What they can lead to.
    pub targets: &'a Targets<'a>,
    /// How files are measured.
    pub measure: &'a Measure,
}

/// A post's document, and what making it found out.
#[derive(Debug)]
pub struct Made {
    /// The document.
    pub document: PostDocument,
    /// The files of the tree that the post shows or links to, as places in [`Library::files`].
    pub files: Vec<usize>,
    /// Those of them that it shows, with their bytes.
    pub pictures: BTreeMap<usize, u64>,
    /// Whether the post names a main image that the tree does not have, so that it has none.
    pub image_missing: bool,
}

/// A main image that is there.
struct MainImage {
    url: String,
    file: Option<usize>,
}

impl Documents<'_> {
    /// The document of the post at `place`.
    pub fn make(&self, place: usize) -> Made {
        let entry = &self.library.posts[place];
        let mut files = Vec::new();
        let body = self.body(place, &mut files);
        let image = self.main_image(place);
        files.extend(image.as_ref().and_then(|image| image.file));
        let shown: Vec<&str> = body.images.iter().map(|image| image.url.as_str()).collect();
        let is_shown = |file: &usize| {
            let url = self.urls.local(&self.targets.path(Target::File(*file)));
            shown.contains(&url.as_str()) || image.as_ref().is_some_and(|image| image.url == url)
        };
        let pictures = files.iter().filter(|file| is_shown(file));
        let pictures = pictures.map(|&file| (file, self.measured(file).bytes)).collect();
        let document = PostDocument {
            version: FORMAT_VERSION,
            item: self.item(entry, &body, image.as_ref()),
            body,
            previous: self.neighbour(entry, place.checked_add(1)),
            next: self.neighbour(entry, place.checked_sub(1)),
        };
        Made {
            document,
            files,
            pictures,
            image_missing: entry.post.image.is_some() && image.is_none(),
        }
    }

    fn item(&self, entry: &LibraryPost, body: &Body, image: Option<&MainImage>) -> Item {
        let post = &entry.post;
        let url = self.urls.public(&post.language, &post.path);
        let title = plain_text(&post.title);
        let description = post
            .description
            .as_deref()
            .filter(|text| !plain_text(text).is_empty());
        let text = body_text(body);
        Item {
            id: url.clone(),
            url,
            content_text: description.map_or_else(|| excerpt(&text), plain_text),
            image: image.map(|image| image.url.clone()),
            date_published: post.date.clone(),
            authors: post
                .authors
                .iter()
                .map(|name| Author { name: name.clone() })
                .collect(),
            tags: post.tags.clone(),
            language: post.language.clone(),
            passerelle: ItemExtension {
                title_html: more_than_text(inline_html(&post.title), &title),
                description_html: description
                    .and_then(|text| more_than_text(inline_html(text), &plain_text(text))),
                image_text: image
                    .and(post.image_text.as_deref())
                    .map(plain_text)
                    .unwrap_or_default(),
                image_size: image.and_then(|image| self.measured(image.file?).size),
                revision: None,
                reading_minutes: reading_minutes(&text),
                // Known when every post is.
                offline_bytes: 0,
                translations: self.translations(entry),
                data_url: data_path(&self.urls.local(&post.path)),
            },
            title,
        }
    }

    fn translations(&self, entry: &LibraryPost) -> Vec<Translation> {
        let twins = entry
            .translations
            .iter()
            .filter_map(|&place| self.library.posts.get(place));
        twins
            .map(|LibraryPost { post, .. }| Translation {
                language: post.language.clone(),
                url: self.urls.public(&post.language, &post.path),
                offline_bytes: 0,
            })
            .collect()
    }

    /// The post at `place`, if it is of the same language: posts stand by language, newest first.
    fn neighbour(&self, entry: &LibraryPost, place: Option<usize>) -> Option<Neighbour> {
        let Post {
            language,
            path,
            title,
            ..
        } = &self.library.posts.get(place?)?.post;
        (*language == entry.post.language).then(|| Neighbour {
            url: self.urls.public(language, path),
            title: plain_text(title),
        })
    }

    /// The body with its links and images resolved. The files that it wants are added to `files`.
    fn body(&self, place: usize, files: &mut Vec<usize>) -> Body {
        let (mut body, named) = named(self.library, self.targets, place);
        files.extend(named.into_iter().filter_map(|(_, target)| match target {
            Ok(Target::File(file)) => Some(file),
            _ => None,
        }));
        body.prepared = prepare(&body);
        for found in destinations(&body) {
            let Some(target) = self.targets.find(&found.destination, place) else {
                continue;
            };
            if let Target::File(file) = target {
                files.push(file);
            }
            if found.image {
                self.add_image(&mut body.images, found.destination, target);
            } else {
                self.add_link(&mut body, found.destination, target);
            }
        }
        body
    }

    fn add_image(&self, images: &mut Vec<OwnImage>, src: String, target: Target) {
        let Target::File(file) = target else { return };
        if images.iter().all(|known| known.src != src) {
            let url = self.urls.local(&self.targets.path(target));
            images.push(OwnImage {
                src,
                url,
                size: self.measured(file).size,
            });
        }
    }

    fn add_link(&self, body: &mut Body, href: String, target: Target) {
        if body.links.iter().any(|known| known.href == href) {
            return;
        }
        let tail = tail_in(target, split_tail(&href).1);
        let url = self.urls.local(&self.targets.path(target)) + &tail;
        let language = self
            .targets
            .language(target)
            .filter(|language| **language != body.language)
            .cloned();
        body.links.push(OwnLink { href, url, language });
    }

    /// The main image, unless it would be a broken one: a bare name or a path that the tree does not have.
    fn main_image(&self, place: usize) -> Option<MainImage> {
        let written = self.library.posts[place].post.image.as_ref()?.text.trim();
        if let Some(file) = self.targets.find_file(written, place) {
            let url = self.urls.local(&self.targets.path(Target::File(file)));
            return Some(MainImage {
                url,
                file: Some(file),
            });
        }
        let is_web = |scheme: &str| {
            written
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        ["https://", "http://"]
            .into_iter()
            .any(is_web)
            .then(|| MainImage {
                url: encode_written(written),
                file: None,
            })
    }

    fn measured(&self, file: usize) -> Measured {
        let known = self.library.files.get(file);
        known.map_or_else(Measured::default, |(source, _)| {
            (self.measure)(&self.library.root.join(source))
        })
    }
}

/// What a body names otherwise than by URL, and what that is.
pub type Named = (Destination, Result<Target, Miss>);

/// The body of the post at `place` with the URLs of what it names otherwise than by URL: where its links lead is not
/// looked for, and nothing in it is prepared.
pub fn named(library: &Library, targets: &Targets<'_>, place: usize) -> (Body, Vec<Named>) {
    let urls = Urls::new(&library.config);
    let post = &library.posts[place].post;
    let mut body = unresolved(post, &library.config);
    let mut named = Vec::new();
    for found in references(&body) {
        let Some(reference) = post_reference(&found.destination) else {
            continue;
        };
        let target = targets.resolve(&reference, place);
        if let Ok(target) = target
            && body.links.iter().all(|known| known.href != found.destination)
        {
            let path = targets.path(target);
            let url = if reference.absolute {
                urls.public(targets.language(target).unwrap_or(&post.language), &path)
            } else {
                urls.local(&path)
            };
            body.links.push(OwnLink {
                href: found.destination.clone(),
                url,
                language: None,
            });
        }
        named.push((found, target));
    }
    (body, named)
}

/// The body of a post as it is written.
fn unresolved(post: &Post, config: &Config) -> Body {
    // At most a few posts ask for the base path, and only in `{{ … }}` and `{% … %}`.
    let asks = || post.body.contains("{{") || post.body.contains("{%");
    let asks_for_base = config.base_path != "/" && asks();
    Body {
        source: post.body.clone(),
        format: post.format,
        dialect: post.dialect,
        language: post.language.clone(),
        base_path: if asks_for_base {
            config.base_path.clone()
        } else {
            String::new()
        },
        links: Vec::new(),
        images: Vec::new(),
        typography: config.typography && post.language.primary() == "fr",
        prepared: Vec::new(),
    }
}

/// The query and fragment of a link to `target`: the fragment names an id of the author's, and rendering prefixes ids.
fn tail_in(target: Target, tail: &str) -> String {
    match (target, tail.split_once('#')) {
        (Target::Post(_), Some((query, fragment))) if !fragment.is_empty() => {
            format!("{query}#{}", encode_path(&fragment_id(fragment)))
        }
        _ => tail.to_owned(),
    }
}

/// A URL as an author wrote it, with what no URL can hold escaped; escapes that are there stay.
fn encode_written(url: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const NEVER: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(url, NEVER).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read::Located, write::sample};

    /// The sample's first post, changed, as its document.
    fn made(change: impl FnOnce(&mut Post)) -> Made {
        let mut library = sample::library();
        change(&mut library.posts[0].post);
        let targets = Targets::new(&library, library.config.own_origins());
        let urls = Urls::new(&library.config);
        Documents {
            library: &library,
            urls,
            targets: &targets,
            measure: &|_| Measured {
                size: Some((30, 20)),
                bytes: 700,
            },
        }
        .make(0)
    }

    fn image(text: &str) -> Option<Located> {
        Some(Located {
            text: text.to_owned(),
            line: 4,
            column: 8,
        })
    }

    #[test]
    fn a_main_image_of_the_tree_has_a_size_and_is_wanted() {
        let made = made(|post| post.image = image("bridge.png"));
        assert_eq!(made.document.item.image.as_deref(), Some("/img/bridge.png"));
        assert_eq!(made.document.item.passerelle.image_size, Some((30, 20)));
        assert_eq!((made.files, made.image_missing), (vec![0], false));
        assert_eq!(made.pictures, [(0, 700)].into());
    }

    #[test]
    fn a_main_image_on_the_web_is_kept_and_can_be_a_url() {
        let made = made(|post| post.image = image("https://cdn.example/a b%20c.jpg"));
        assert_eq!(
            made.document.item.image.as_deref(),
            Some("https://cdn.example/a%20b%20c.jpg")
        );
        assert_eq!(made.document.item.passerelle.image_size, None);
    }

    #[test]
    fn a_main_image_that_leads_nowhere_is_none_at_all() {
        for text in [
            "blog.jpg",
            "/img/none.png",
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "",
        ] {
            let made = made(|post| {
                post.image = image(text);
                post.image_text = Some("A bridge".to_owned());
            });
            assert_eq!(made.document.item.image, None, "{text}");
            assert_eq!(made.document.item.passerelle.image_text, "", "{text}");
            assert!(made.image_missing, "{text}");
        }
    }

    #[test]
    fn links_and_images_of_the_body_are_resolved_once_each() {
        let body = "[a](../fr/ete.md#rive) [b](../fr/ete.md#rive) [c](#here) [d](https://other.example/) ![e](bridge.png)";
        let made = made(|post| post.body = body.to_owned());
        let french: content::language::Language = "fr".parse().unwrap();
        assert_eq!(
            made.document.body.links,
            [OwnLink {
                href: "../fr/ete.md#rive".to_owned(),
                url: format!("/fr/l-%C3%A9t%C3%A9/#{}", fragment_id("rive")),
                language: Some(french)
            }]
        );
        assert_eq!(made.document.body.images[0].url, "/img/bridge.png");
        assert_eq!(made.document.body.images.len(), 1);
    }

    #[test]
    fn neighbours_are_of_the_same_language() {
        let document = made(|_| ()).document;
        assert_eq!(
            document.previous.map(|post| post.url).as_deref(),
            Some("/en/old.html")
        );
        assert_eq!(document.next, None);
        assert_eq!(
            document.item.passerelle.translations[0].url,
            "https://fr.example/fr/l-%C3%A9t%C3%A9/"
        );
    }
}
