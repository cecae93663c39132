//! One file as a post: what its front matter and its place say, before language and permalink are settled.

use std::path::{Path, PathBuf};

use content::{language::Language, post::Format, render::plain_text};

use super::{
    Located, Reference, ReferenceKind,
    date::Date,
    front_matter::{self, FrontMatter},
    tree::{Generator, Place},
    yaml::{Node, Value},
};
use crate::finding::Problem;

/// A post as its file tells it.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// The file, from the content folder.
    pub source: PathBuf,
    /// What its place in the tree tells.
    pub place: Place,
    /// The language that front matter or place tell.
    pub language: Option<Language>,
    /// As `Post::title`.
    pub title: String,
    /// As `Post::description`.
    pub description: Option<String>,
    /// When it was published.
    pub date: Date,
    /// Whether it is not to be published.
    pub held_back: bool,
    /// Hugo's `publishDate`: before it, the post is one of the future.
    pub appears: Option<Date>,
    /// Hugo's `expiryDate`: after it, the post is none.
    pub expires: Option<Date>,
    /// As `Post::authors`.
    pub authors: Vec<String>,
    /// Jekyll's categories, of the front matter alone.
    pub categories: Vec<String>,
    /// As `Post::tags`.
    pub tags: Vec<String>,
    /// As `Post::image`.
    pub image: Option<Located>,
    /// As `Post::image_text`.
    pub image_text: Option<String>,
    /// Earlier URLs, as they are written.
    pub aliases: Vec<Located>,
    /// As `Post::references`.
    pub references: Vec<Reference>,
    /// `permalink` or `url`, where it is a path.
    pub permalink: Option<Located>,
    /// `slug`.
    pub slug: Option<Located>,
    /// As `Post::body`.
    pub body: String,
    /// As `Post::body_line`.
    pub body_line: u32,
    /// As `Post::format`.
    pub format: Format,
}

/// Reads the text of a file. `Ok(None)` when it is no post; what is odd but can be read goes to `problems`.
///
/// `today` is the date of a draft that has none.
///
/// # Errors
/// What makes the post unreadable: its front matter or its date.
pub fn read(
    text: &str,
    source: &Path,
    place: Place,
    generator: Generator,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Result<Option<Manuscript>, Problem> {
    let Some(front) = front_matter::parse(text)? else {
        return Ok(None);
    };
    problems.extend_from_slice(&front.problems);
    let date = date(&front, &place, today)?;
    let language = language(&front, &place, problems);
    let title = title(&front, &place, problems);
    let (image, inner_text) = image(&front);
    let categories = words(&front, &["category", "categories"], generator, &place);
    let mut tags = categories.clone();
    tags.extend(
        words(&front, &["tag", "tags"], generator, &place)
            .into_iter()
            .filter(|tag| !categories.contains(tag)),
    );
    Ok(Some(Manuscript {
        source: source.to_owned(),
        language,
        title,
        description: front
            .text(&["description", "excerpt", "summary"])
            .map(|located| located.text),
        date,
        held_back: is_held_back(&front, &place, problems),
        appears: other_date(&front, "publishDate", problems),
        expires: other_date(&front, "expiryDate", problems),
        authors: front
            .texts(&["author", "authors"])
            .into_iter()
            .map(|author| author.text)
            .collect(),
        categories,
        tags,
        image,
        image_text: image_text(&front).or(inner_text),
        aliases: front.texts(&["aliases", "alias", "redirect_from"]),
        references: references(&front),
        permalink: permalink(&front, generator),
        slug: front.text(&["slug"]),
        body: text[front.body..].to_owned(),
        body_line: front.body_line,
        format: format(source),
        place,
    }))
}

fn format(source: &Path) -> Format {
    let is_html = source
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
    if is_html { Format::Html } else { Format::Markdown }
}

/// Whether the post says that it is not to be published: `draft`, `published: false`, and Hugo's `build: {render: never}`. A
/// value that says neither yes nor no is taken for the careful one: what is online cannot be taken back.
fn is_held_back(front: &FrontMatter, place: &Place, problems: &mut Vec<Problem>) -> bool {
    let mut truth = |key: &str, careful: bool| {
        let Some(node) = front.get(&[key]) else {
            return !careful;
        };
        // Hugo has `published` for the date, too.
        let is_date = || node.text().is_some_and(|text| Date::parse(text).is_some());
        node.truth().unwrap_or_else(|| {
            if key == "published" && is_date() {
                return !careful;
            }
            problems.push(not_a_truth(key, node));
            careful
        })
    };
    let is_draft = truth("draft", true);
    let is_published = truth("published", false);
    let render = ["build", "_build"]
        .iter()
        .find_map(|key| front.get(&[key])?.get("render")?.text());
    place.draft || is_draft || !is_published || matches!(render, Some("never" | "false"))
}

fn not_a_truth(key: &str, node: &Node) -> Problem {
    let written = node.text().unwrap_or("a list");
    Problem::warning(
        "front-matter-truth",
        format!("`{key}: {written}` is neither true nor false, so the post is held back"),
        format!("write `{key}: true` or `{key}: false`"),
    )
    .at(node.line, node.column)
}

/// A date that is not the post's own; one that cannot be read is told and passed over.
fn other_date(front: &FrontMatter, key: &str, problems: &mut Vec<Problem>) -> Option<Date> {
    let written = front.text(&[key])?;
    let date = Date::parse(&written.text);
    if date.is_none() {
        let message = format!("the {key} \"{}\" is no date that Passerelle reads", written.text);
        let cure = format!("write it as `{key}: 2021-02-04 10:00:00 -0500`");
        problems.push(Problem::error("date-invalid", message, cure).at(written.line, written.column));
    }
    date
}

const DATE_CURE: &str = "write it as `date: 2021-02-04 10:00:00 -0500`";

fn date(front: &FrontMatter, place: &Place, today: Date) -> Result<Date, Problem> {
    if let Some(written) = front.text(&["date"]) {
        return Date::parse(&written.text).ok_or_else(|| {
            let message = format!("the date \"{}\" is no date that Passerelle reads", written.text);
            Problem::error("date-invalid", message, DATE_CURE).at(written.line, written.column)
        });
    }
    match &place.day {
        Some(day) => Date::parse(day).ok_or_else(|| {
            let message = format!("the file's name begins with {day}, which no calendar has");
            Problem::error(
                "date-invalid",
                message,
                "rename the file, or add a `date` to its front matter",
            )
        }),
        None if place.draft => Ok(today),
        None => Err(Problem::error("date-missing", "the post has no date", DATE_CURE).at(1, 1)),
    }
}

/// `lang`, else the folder, else the suffix.
fn language(front: &FrontMatter, place: &Place, problems: &mut Vec<Problem>) -> Option<Language> {
    let by_place = place
        .folder_language
        .clone()
        .or_else(|| place.suffix_language.clone());
    let Some(written) = front.text(&["lang", "language", "locale"]) else {
        return by_place;
    };
    let language: Language = match written.text.trim().parse() {
        Ok(language) => language,
        Err(_) => {
            problems.push(bad_language(&written, by_place.as_ref()));
            return by_place;
        }
    };
    if let Some(other) = by_place.filter(|other| other.primary() != language.primary()) {
        let message = format!("the post says that its language is {language}, and its place says {other}");
        let cure = format!("write `lang: {other}`, or move the file; {language} is taken");
        problems.push(Problem::warning("language-differs", message, cure).at(written.line, written.column));
    }
    Some(language)
}

fn bad_language(written: &Located, by_place: Option<&Language>) -> Problem {
    let message = format!("\"{}\" is no language tag", written.text);
    let problem = match by_place {
        Some(language) => Problem::warning(
            "language-invalid",
            message,
            format!("write `lang: {language}`, as the file's place says, which is taken"),
        ),
        None => Problem::error(
            "language-invalid",
            message,
            "write a tag such as `lang: en`, `lang: fr` or `lang: pt-BR`",
        ),
    };
    problem.at(written.line, written.column)
}

fn title(front: &FrontMatter, place: &Place, problems: &mut Vec<Problem>) -> String {
    // A title of nothing but tags is as good as none: nobody could read it, nor follow a link that it names.
    let said = front
        .text(&["title"])
        .filter(|title| !plain_text(&title.text).trim().is_empty());
    if let Some(title) = said {
        return title.text;
    }
    let words = place
        .name
        .split(['-', '_', ' '])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut letters = words.chars();
    let title: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    let message = format!("the post has no title; \"{title}\" is taken from the file's name");
    problems.push(Problem::warning("title-missing", message, "add a `title` to its front matter").at(1, 1));
    title
}

/// Jekyll splits a text under the plural keys at white space; a list, and Hugo's texts, are taken whole. The folder's
/// domain is no category.
fn words(front: &FrontMatter, [one, many]: &[&str; 2], generator: Generator, place: &Place) -> Vec<String> {
    let is_list = front
        .get(&[many])
        .is_some_and(|node| matches!(node.value, Value::Sequence(_)));
    let many = front.texts(&[many]);
    let split = generator == Generator::Jekyll && !is_list;
    let many = many.iter().flat_map(|located| {
        if split {
            located.text.split_whitespace().collect()
        } else {
            vec![located.text.trim()]
        }
    });
    let mut words: Vec<String> = Vec::new();
    let one = front.texts(&[one]);
    for word in one.iter().map(|located| located.text.trim()).chain(many) {
        if place.host.as_deref() != Some(word) && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

const IMAGE_KEYS: &[&str] = &[
    "image",
    "postimage",
    "featured_image",
    "cover",
    "images",
    "thumb",
    "thumbnail",
];

/// The main image, and the text that an image written as a mapping has.
fn image(front: &FrontMatter) -> (Option<Located>, Option<String>) {
    let written = |node: &Node| node.located().filter(|located| !located.text.trim().is_empty());
    for key in IMAGE_KEYS {
        let Some(node) = front.get(&[key]).and_then(|node| node.items().first()) else {
            continue;
        };
        if let Some(image) = written(node) {
            return (Some(image), None);
        }
        if let Some(image) = ["path", "src", "url", "image", "file"]
            .iter()
            .find_map(|key| written(node.get(key)?))
        {
            let text = ["alt", "text"].iter().find_map(|key| node.get(key)?.text());
            return (Some(image), text.map(str::to_owned));
        }
    }
    (None, None)
}

/// The image's text; empty where the key has no value.
fn image_text(front: &FrontMatter) -> Option<String> {
    front
        .key(&["image-alt", "postimage-alt", "alt"])
        .map(|node| node.text().unwrap_or_default().to_owned())
}

fn references(front: &FrontMatter) -> Vec<Reference> {
    [
        (ReferenceKind::TranslationKey, "translationKey"),
        (ReferenceKind::Ref, "ref"),
        (ReferenceKind::TransUrl, "trans_url"),
    ]
    .into_iter()
    .flat_map(|(kind, key)| {
        let node = front.get(&[key]);
        let values = node.into_iter().flat_map(|node| match &node.value {
            Value::Mapping(entries) => entries.iter().map(|(_, value)| value).collect(),
            _ => node.items().iter().collect::<Vec<_>>(),
        });
        let values: Vec<_> = values
            .filter_map(Node::located)
            .filter(|value| !value.text.trim().is_empty())
            .collect();
        values.into_iter().map(move |value| Reference { kind, value })
    })
    .collect()
}

/// Jekyll's `permalink`, Hugo's `url`. A `url` that leads elsewhere is what a post is about, not where it stands.
fn permalink(front: &FrontMatter, generator: Generator) -> Option<Located> {
    let keys: &[&str] = if generator == Generator::Jekyll {
        &["permalink"]
    } else {
        &["permalink", "url"]
    };
    front.text(keys).filter(|located| !located.text.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads front matter at a place, in a tree.
    fn read_at(front: &str, place: Place, generator: Generator) -> (Manuscript, Vec<String>) {
        let text = format!("---\n{front}\n---\nBody\n");
        let mut problems = Vec::new();
        let today = Date::default();
        let found = read(&text, Path::new("a.md"), place, generator, today, &mut problems)
            .unwrap()
            .unwrap();
        let told = problems
            .iter()
            .map(|problem| format!("{:?} {}", problem.place.unwrap(), problem.rule));
        (found, told.collect())
    }

    #[test]
    fn a_title_that_nobody_could_read_is_as_good_as_none() {
        for title in ["", "title:", "title: '<b></b>'", "title: '&nbsp; '"] {
            let place = Place {
                name: "a-quiet-day".to_owned(),
                ..Place::default()
            };
            let front = format!("date: 2021-02-04\nlang: en\n{title}");
            let (found, told) = read_at(&front, place, Generator::Plain);
            assert_eq!(found.title, "A quiet day", "{title}");
            assert_eq!(told, ["(1, 1) title-missing"], "{title}");
        }
    }

    fn good(front: &str) -> Manuscript {
        let place = Place {
            name: "a".to_owned(),
            ..Place::default()
        };
        let (found, told) = read_at(
            &format!("title: T\ndate: 2021-02-04\nlang: en\n{front}"),
            place,
            Generator::Plain,
        );
        assert_eq!(told, [""; 0]);
        found
    }

    #[test]
    fn descriptions_fall_back_to_excerpt_and_summary() {
        let description = |front: &str| good(front).description;
        assert_eq!(description("excerpt: e\ndescription: d\n"), Some("d".to_owned()));
        assert_eq!(description("summary: s\nexcerpt: e"), Some("e".to_owned()));
        assert_eq!(
            description("description: >-\n  one\n  two"),
            Some("one two".to_owned())
        );
        assert_eq!(description("description: \"\"\nsummary: s"), Some("s".to_owned()));
        assert_eq!(description("description:"), None);
    }

    #[test]
    fn an_author_is_one_text_or_a_list() {
        assert_eq!(good("author: A, B et C").authors, ["A, B et C"]);
        assert_eq!(good("authors: [A, B]").authors, ["A", "B"]);
        assert_eq!(good("author:\n  name: A\n  email: a@example.ca").authors, ["A"]);
        assert_eq!(good("author: ''").authors, [""; 0]);
    }

    #[test]
    fn an_image_may_be_written_in_many_ways() {
        for (front, image, text) in [
            ("image: a.png\nimage-alt: A", Some("a.png"), Some("A")),
            ("postimage: a.png", Some("a.png"), None),
            ("image: ''\nthumb: t.png\nimageAlt:", Some("t.png"), Some("")),
            ("image:\n  path: a.png\n  alt: A", Some("a.png"), Some("A")),
            ("cover: {image: c.png}", Some("c.png"), None),
            ("images: [a.png, b.png]", Some("a.png"), None),
            ("image: {width: 3}", None, None),
        ] {
            let found = good(front);
            assert_eq!(
                found.image.as_ref().map(|image| image.text.as_str()),
                image,
                "{front}"
            );
            assert_eq!(found.image_text.as_deref(), text, "{front}");
        }
    }

    #[test]
    fn jekyll_splits_plural_keys_and_hugo_does_not() {
        let place = || Place {
            name: "a".to_owned(),
            host: Some("blog.ca".to_owned()),
            ..Place::default()
        };
        let tags = |generator| {
            let front = "title: T\ndate: 2021-02-04\nlang: en\ncategory: Open data\ncategories: blog.ca news\ntags: [a b, c, c]";
            read_at(front, place(), generator).0.tags
        };
        assert_eq!(tags(Generator::Jekyll), ["Open data", "news", "a b", "c"]);
        assert_eq!(tags(Generator::Hugo), ["Open data", "blog.ca news", "a b", "c"]);
    }

    #[test]
    fn references_come_in_the_order_of_trust_with_their_places() {
        let found = good("trans_url: [/a/, /b/]\nref: r\ntranslation_key: k");
        let references: Vec<_> = found
            .references
            .iter()
            .map(|reference| {
                (
                    reference.kind.key(),
                    reference.value.text.as_str(),
                    reference.value.line,
                    reference.value.column,
                )
            })
            .collect();
        assert_eq!(
            references,
            [
                ("translationKey", "k", 7, 18),
                ("ref", "r", 6, 6),
                ("trans_url", "/a/", 5, 13),
                ("trans_url", "/b/", 5, 18)
            ]
        );
        assert_eq!(
            good("trans_url: {fr: /a/, de: /b/}\nref:\ntranslationKey: ''")
                .references
                .len(),
            2
        );
    }

    #[test]
    fn aliases_have_the_places_where_they_are_written() {
        let aliases = |front: &str| -> Vec<(String, u32, u32)> {
            let found = good(front).aliases.into_iter();
            found
                .map(|alias| (alias.text, alias.line, alias.column))
                .collect()
        };
        assert_eq!(
            aliases("aliases: [/old/, older]"),
            [("/old/".to_owned(), 5, 11), ("older".to_owned(), 5, 18)]
        );
        assert_eq!(aliases("redirect_from: /x/"), [("/x/".to_owned(), 5, 16)]);
    }

    #[test]
    fn a_url_that_leads_elsewhere_is_no_permalink() {
        assert_eq!(good("url: https://example.com/a").permalink, None);
        assert_eq!(good("url: /a/").permalink.unwrap().text, "/a/");
    }

    #[test]
    fn the_place_tells_a_language_that_the_post_does_not() {
        let place = || Place {
            name: "a".to_owned(),
            folder_language: "fr".parse().ok(),
            ..Place::default()
        };
        let language = |front: &str| {
            let (found, told) = read_at(
                &format!("title: T\ndate: 2021-02-04\n{front}"),
                place(),
                Generator::Plain,
            );
            (found.language.map(|language| language.to_string()), told)
        };
        let told = |place: &str, rule: &str| vec![format!("{place} {rule}")];
        assert_eq!(language(""), (Some("fr".to_owned()), vec![]));
        assert_eq!(language("locale: fr_CA"), (Some("fr-CA".to_owned()), vec![]));
        assert_eq!(
            language("lang: en"),
            (Some("en".to_owned()), told("(4, 7)", "language-differs"))
        );
        assert_eq!(
            language("lang: french"),
            (Some("fr".to_owned()), told("(4, 7)", "language-invalid"))
        );
    }

    #[test]
    fn the_body_is_the_rest_of_the_file() {
        let found = good("draft: true");
        assert_eq!(
            (found.body.as_str(), found.body_line, found.held_back),
            ("Body\n", 7, true)
        );
        assert!(good("published: false").held_back);
        assert!(!good("published: true\ndraft: no").held_back);
    }
}
