//! `passerelle.toml`: what detection cannot know. Every key is optional; docs/configuration.md describes each.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    num::NonZeroU16,
    ops::Range,
    path::{Path, PathBuf},
};

use content::{language::Language, permalink};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Problem};

/// The name of the configuration file, in the content folder.
pub const FILE_NAME: &str = "passerelle.toml";

/// Posts on one page of a list, unless configured.
pub const PAGE_SIZE: usize = 10;

/// The configuration of a site, complete: what `passerelle.toml` says, then the command line, then what the tree
/// tells, then defaults.
#[derive(Clone, Debug)]
pub struct Config {
    /// The path that the site stands under, with a slash at both ends.
    pub base_path: String,
    /// Where a reader goes whose languages the site does not have; the language of a post that tells none.
    pub default_language: Language,
    /// Posts on one page of a list.
    pub page_size: usize,
    /// The permalink pattern, where the tree is not to tell.
    pub permalink: Option<String>,
    /// Whether French typography is mended.
    pub typography: bool,
    /// What is known of each language, whether or not a post has it.
    pub languages: BTreeMap<Language, LanguageConfig>,
    /// Origins besides those of the languages whose URLs are the site's own (`https://host`).
    pub origins: Vec<String>,
}

/// What is configured for one language.
#[derive(Clone, Debug, Default)]
pub struct LanguageConfig {
    /// The blog's title.
    pub title: Option<String>,
    /// The blog's description.
    pub description: Option<String>,
    /// Where this language is served: `https://host`, no path.
    pub origin: Option<String>,
}

impl Config {
    /// Every origin that is the site's own, those of the languages first.
    pub fn own_origins(&self) -> Vec<String> {
        let mut origins: Vec<String> = Vec::new();
        let of_languages = self
            .languages
            .values()
            .filter_map(|language| language.origin.as_ref());
        for origin in of_languages.chain(&self.origins) {
            if !origins.contains(origin) {
                origins.push(origin.clone());
            }
        }
        origins
    }
}

/// The configuration of a Passerelle site. Every key is optional.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(title = "passerelle.toml", deny_unknown_fields)]
pub struct ConfigFile {
    /// The path that the site stands under, with a slash at both ends: `/` or `/blog/`. Default: what Jekyll's
    /// `baseurl` or Hugo's `baseURL` says, else `/`.
    #[schemars(example = &"/blog/")]
    pub base_path: Option<String>,
    /// Where a reader goes whose languages the site does not have, and the language of a post that tells none.
    /// Default: what the generator's configuration says, else English if a post has it, else the language of most
    /// posts.
    #[schemars(with = "Option<String>", example = &"fr")]
    pub default_language: Option<Language>,
    /// Posts on one page of a list. Default: 10.
    pub page_size: Option<NonZeroU16>,
    /// The permalink of every post, with the placeholders of the tree's generator and `:lang`. Default: what the
    /// generator's configuration says, else `/:year/:month/:day/:title/` in a tree of Jekyll's or Hugo's, else
    /// `/:lang/:slug/`.
    #[schemars(example = &"/:year/:month/:title/")]
    pub permalink: Option<String>,
    /// Whether the no-break spaces that French typography asks for are put in. Default: true.
    pub typography: Option<bool>,
    /// Where the site is served, scheme and host alone. Search engines, link previews, feed readers and sitemaps want
    /// absolute URLs. Default: what the generator's configuration says.
    #[schemars(example = &"https://blog.example.ca")]
    pub origin: Option<String>,
    /// Origins besides those of the languages whose URLs are the site's own, so that links to them stay in the
    /// reader.
    #[serde(default)]
    pub origins: Vec<String>,
    /// What is said for one language, by its tag.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, LanguageTable>")]
    pub languages: BTreeMap<Language, LanguageTable>,
    /// Every language that it names, with its place: whether a post is in it is known when all are read.
    #[serde(skip)]
    pub named: Vec<NamedLanguage>,
    /// The file that it was read from.
    #[serde(skip)]
    pub path: PathBuf,
}

/// A language that the configuration names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLanguage {
    /// The language.
    pub language: Language,
    /// Whether it is named as the default, else as a table.
    pub is_default: bool,
    /// Line and column, from 1.
    pub place: Option<(u32, u32)>,
}

/// What is configured for one language.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LanguageTable {
    /// The blog's title in this language.
    pub title: Option<String>,
    /// The blog's description in this language.
    pub description: Option<String>,
    /// Where this language is served, where that is not where the site is. With an origin, permalinks in the index are
    /// absolute.
    #[schemars(example = &"https://blog.example.ca")]
    pub origin: Option<String>,
}

/// The JSON Schema of `passerelle.toml`, as editors read it: docs/passerelle.schema.json.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(ConfigFile).to_value()
}

const KEYS: &[&str] = &[
    "base_path",
    "default_language",
    "page_size",
    "permalink",
    "typography",
    "origin",
    "origins",
    "languages",
];
const LANGUAGE_KEYS: &[&str] = &["title", "description", "origin"];

/// Reads the configuration of a content folder: the file that was named, else `passerelle.toml` in the folder, else
/// nothing. What is odd in it goes to `findings`.
///
/// # Errors
/// A file that was named is not there; the file is not TOML; a value cannot be used.
pub fn read(
    content: &Path,
    named: Option<&Path>,
    findings: &mut Vec<Finding>,
) -> Result<ConfigFile, Finding> {
    let path: PathBuf = named.map_or_else(|| content.join(FILE_NAME), Path::to_owned);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(ConfigFile::default());
        }
        Err(error) => return Err(unreadable(&error).in_file(&path)),
    };
    let (file, problems) = parse(&text).map_err(|problem| problem.in_file(&path))?;
    findings.extend(problems.into_iter().map(|problem| problem.in_file(&path)));
    Ok(ConfigFile { path, ..file })
}

/// A configuration that the system does not give.
pub fn unreadable(error: &std::io::Error) -> Problem {
    Problem::error(
        "config-unreadable",
        format!("the configuration cannot be read: {error}"),
        "check the path and the rights of the file",
    )
}

/// Reads the text of a configuration, and tells keys that there are none of.
///
/// # Errors
/// The text is not TOML, or a value cannot be used.
pub fn parse(text: &str) -> Result<(ConfigFile, Vec<Problem>), Problem> {
    let invalid = |error: toml::de::Error| {
        let message = format!("the configuration cannot be used: {}", one_line(error.message()));
        let problem = Problem::error(
            "config-invalid",
            message,
            "docs/configuration.md shows every key with its values",
        );
        at(problem, text, error.span())
    };
    let table = DeTable::parse(text).map_err(invalid)?;
    let mut file: ConfigFile = toml::from_str(text).map_err(invalid)?;
    settle(&mut file, text, table.get_ref())?;
    file.named = named(&file, text, table.get_ref());
    Ok((file, unknown_keys(text, table.get_ref())))
}

/// What a parser says in several lines, in one.
pub fn one_line(message: &str) -> String {
    message.lines().map(str::trim).collect::<Vec<_>>().join(", ")
}

/// Checks the values that TOML cannot, and writes them in their usual form.
fn settle(file: &mut ConfigFile, text: &str, table: &DeTable<'_>) -> Result<(), Problem> {
    let wrong = |keys: &[&str], message: String, cure: &str| {
        at(
            Problem::error("config-invalid", message, cure),
            text,
            span_of(table, keys),
        )
    };
    if let Some(path) = &mut file.base_path {
        *path = base_path(path).ok_or_else(|| {
            wrong(
                &["base_path"],
                format!("base_path \"{path}\" is no path"),
                "write a path from the root of the host, such as `/blog/`",
            )
        })?;
    }
    if let Some(pattern) = &file.permalink {
        // Which generator's placeholders may stand there is known when the tree is; here, any.
        let known = [permalink::Rules::Jekyll, permalink::Rules::Hugo]
            .map(|rules| permalink::Pattern::parse(pattern, rules));
        if let [Err(error), Err(_)] = &known {
            return Err(wrong(
                &["permalink"],
                error.to_string(),
                "docs/front-matter.md lists the placeholders",
            ));
        }
    }
    const ORIGIN_CURE: &str = "write scheme and host alone, such as `https://blog.example.ca`";
    if let Some(origin) = &mut file.origin {
        *origin = settled_origin(origin)
            .ok_or_else(|| wrong(&["origin"], format!("\"{origin}\" is no origin"), ORIGIN_CURE))?;
    }
    for origin in &mut file.origins {
        *origin = settled_origin(origin)
            .ok_or_else(|| wrong(&["origins"], format!("\"{origin}\" is no origin"), ORIGIN_CURE))?;
    }
    for (language, about) in &mut file.languages {
        if let Some(origin) = &mut about.origin {
            let keys = ["languages", language.as_str(), "origin"];
            *origin = settled_origin(origin)
                .ok_or_else(|| wrong(&keys, format!("\"{origin}\" is no origin"), ORIGIN_CURE))?;
        }
    }
    Ok(())
}

/// A path with a slash at both ends, or `None` when it is no plain path from the root.
pub fn base_path(path: &str) -> Option<String> {
    let inner = path.trim_matches('/');
    let is_plain = inner.split('/').all(|segment| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'%');
        segment.bytes().all(allowed)
            && !matches!(segment, "." | "..")
            && (inner.is_empty() || !segment.is_empty())
    });
    (is_plain && (path.is_empty() || path.starts_with('/'))).then(|| {
        if inner.is_empty() {
            "/".to_owned()
        } else {
            format!("/{inner}/")
        }
    })
}

fn settled_origin(origin: &str) -> Option<String> {
    let trimmed = origin.trim_end_matches('/').to_ascii_lowercase();
    let host = trimmed
        .strip_prefix("https://")
        .or_else(|| trimmed.strip_prefix("http://"))?;
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b':' | b'[' | b']');
    (!host.is_empty() && host.bytes().all(allowed)).then_some(trimmed)
}

fn named(file: &ConfigFile, text: &str, table: &DeTable<'_>) -> Vec<NamedLanguage> {
    let default = file.default_language.iter().map(|language| NamedLanguage {
        language: language.clone(),
        is_default: true,
        place: place_of(text, span_of(table, &["default_language"])),
    });
    let tables = match table.get("languages").map(|value| value.get_ref()) {
        Some(DeValue::Table(languages)) => Some(languages.iter()),
        _ => None,
    };
    let tables = tables.into_iter().flatten().filter_map(|(tag, _)| {
        Some(NamedLanguage {
            language: tag.get_ref().parse().ok()?,
            is_default: false,
            place: place_of(text, Some(tag.span())),
        })
    });
    default.chain(tables).collect()
}

/// A warning for each language that the configuration names and no post is in. `languages` are those of the posts, and
/// `default` is the one that was taken for the site.
pub fn languages_without_posts(
    file: &ConfigFile,
    languages: &BTreeSet<Language>,
    default: &Language,
) -> Vec<Problem> {
    let missing = file
        .named
        .iter()
        .filter(|named| !languages.contains(&named.language));
    let problem = |named: &NamedLanguage| {
        let tag = &named.language;
        let message = if named.is_default {
            format!("the default language is {tag}, which no post is in; {default} is taken")
        } else {
            format!("no post is in {tag}, so what is said of it counts for nothing")
        };
        let kin = languages
            .iter()
            .find(|language| language.primary() == tag.primary());
        let cure = match kin {
            Some(kin) => format!("did you mean \"{kin}\"?"),
            None => {
                let all: Vec<_> = languages.iter().map(Language::as_str).collect();
                format!("delete it, or write one that posts are in: {}", all.join(", "))
            }
        };
        Problem {
            place: named.place,
            ..Problem::warning("config-language", message, cure)
        }
    };
    missing.map(problem).collect()
}

fn unknown_keys(text: &str, table: &DeTable<'_>) -> Vec<Problem> {
    let mut problems = unknown_in(text, table, KEYS);
    if let Some(DeValue::Table(languages)) = table.get("languages").map(|value| value.get_ref()) {
        for value in languages.values() {
            if let DeValue::Table(language) = value.get_ref() {
                problems.extend(unknown_in(text, language, LANGUAGE_KEYS));
            }
        }
    }
    problems.sort_by_key(|problem| problem.place);
    problems
}

fn unknown_in(text: &str, table: &DeTable<'_>, known: &[&str]) -> Vec<Problem> {
    let unknown = table
        .iter()
        .map(|(key, _)| key)
        .filter(|key| !known.contains(&key.get_ref().as_ref()));
    unknown
        .map(|key| {
            let name = key.get_ref();
            let near = known.iter().find(|known| strsim::osa_distance(known, name) <= 2);
            let cure = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("delete it; the keys are {}", known.join(", ")),
            };
            let problem = Problem::warning("config-key", format!("there is no key \"{name}\""), cure);
            at(problem, text, Some(key.span()))
        })
        .collect()
}

/// Where a value stands.
fn span_of(table: &DeTable<'_>, keys: &[&str]) -> Option<Range<usize>> {
    let (first, rest) = keys.split_first()?;
    let (_, value) = table.iter().find(|(key, _)| key.get_ref().as_ref() == *first)?;
    match (rest, value.get_ref()) {
        ([], _) => Some(value.span()),
        (_, DeValue::Table(inner)) => span_of(inner, rest),
        _ => None,
    }
}

/// The problem at the line and column of `span` in `text`.
pub fn at(problem: Problem, text: &str, span: Option<Range<usize>>) -> Problem {
    match place_of(text, span) {
        Some((line, column)) => problem.at(line, column),
        None => problem,
    }
}

fn place_of(text: &str, span: Option<Range<usize>>) -> Option<(u32, u32)> {
    let before = text.get(..span?.start)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some((
        u32::try_from(line).unwrap_or(u32::MAX),
        u32::try_from(column).unwrap_or(u32::MAX),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let (file, problems) = parse("base_path = '/blog'\n").unwrap();
        assert_eq!((file.base_path.as_deref(), problems.len()), (Some("/blog/"), 0));
        let (file, problems) = parse(
            "default_language = 'fr'\npage_size = 6\npermalink = '/:year/:filename'\ntypography = true\n\
             origin = 'HTTPS://c.ca'\norigins = ['https://A.ca/']\n[languages.en]\ntitle = 'Blog'\ndescription = 'd'\norigin = 'https://b.ca'\n",
        )
        .unwrap();
        assert_eq!(problems, []);
        assert_eq!(file.default_language, "fr".parse().ok());
        assert_eq!(file.page_size.map(NonZeroU16::get), Some(6));
        assert_eq!(file.origin.as_deref(), Some("https://c.ca"));
        assert_eq!(file.origins, ["https://a.ca"]);
        let english = &file.languages[&"en".parse().unwrap()];
        assert_eq!(
            (english.title.as_deref(), english.origin.as_deref()),
            (Some("Blog"), Some("https://b.ca"))
        );
    }

    #[track_caller]
    fn refused(text: &str, place: (u32, u32), message: &str) {
        let problem = parse(text).unwrap_err();
        assert_eq!((problem.place, problem.rule), (Some(place), "config-invalid"));
        assert!(problem.message.contains(message), "{}", problem.message);
    }

    #[test]
    fn a_value_that_cannot_be_used_is_told_with_its_place() {
        refused("page_size = 0", (1, 13), "nonzero");
        refused("\nbase_path = 'blog/../x'", (2, 13), "no path");
        refused("base_path = ", (1, 13), "the configuration cannot be used");
        refused("permalink = '/:nom/'", (1, 13), ":nom");
        refused("default_language = 'français'", (1, 20), "not a language tag");
        refused("[languages.fr]\norigin = 'blog.ca'", (2, 10), "no origin");
        refused("origin = 'a.ca'", (1, 10), "no origin");
        refused("origins = ['https://a.ca/path']", (1, 11), "no origin");
    }

    #[test]
    fn an_unknown_key_is_told_with_the_one_that_was_meant() {
        let (_, problems) = parse("page-size = 3\n[languages.fr]\ntitel = 'x'\ncolour = 1\n").unwrap();
        let told: Vec<_> = problems.iter().map(|p| (p.place, p.cure.as_str())).collect();
        assert_eq!(
            told,
            [
                (Some((1, 1)), "did you mean `page_size`?"),
                (Some((3, 1)), "did you mean `title`?"),
                (Some((4, 1)), "delete it; the keys are title, description, origin"),
            ]
        );
    }

    #[test]
    fn the_schema_in_the_documentation_is_that_of_the_code() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/passerelle.schema.json");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            fs::write(&path, format!("{:#}\n", schema())).unwrap();
        }
        let written: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(
            written,
            schema(),
            "write it again with `UPDATE_SCHEMA=1 cargo test -p passerelle schema`"
        );
    }

    #[test]
    fn every_key_of_the_schema_is_known() {
        let schema = schema();
        let keys = |value: &serde_json::Value| {
            let mut keys: Vec<String> = value["properties"].as_object().unwrap().keys().cloned().collect();
            keys.sort();
            keys
        };
        let sorted = |keys: &[&str]| {
            let mut keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(&schema), sorted(KEYS));
        assert_eq!(keys(&schema["$defs"]["LanguageTable"]), sorted(LANGUAGE_KEYS));
    }

    #[test]
    fn base_paths_are_paths() {
        for (path, expected) in [
            ("/", Some("/")),
            ("", Some("/")),
            ("/blog", Some("/blog/")),
            ("/a/b/", Some("/a/b/")),
            ("blog", None),
            ("/../", None),
            ("/a b/", None),
            ("/a//b/", None),
            ("//", Some("/")),
        ] {
            assert_eq!(base_path(path).as_deref(), expected, "{path}");
        }
    }
}
