//! What no post can tell alone: the site's configuration, each post's language, and its permalink.

use std::collections::{BTreeMap, BTreeSet};

use content::{
    language::Language,
    permalink::{Parts, Pattern, Rules, tidy},
    render::plain_text,
    url::decode_path,
};

use super::{LoadOptions, aliases};
use crate::{
    config::{self, Config, ConfigFile, LanguageConfig, PAGE_SIZE},
    finding::Problem,
    read::{
        Located, Post,
        manuscript::Manuscript,
        tree::{Generator, Tree, folders},
    },
};

/// The configuration, complete.
///
/// # Errors
/// When the base path of the command line is no path.
pub fn config(
    file: &ConfigFile,
    options: &LoadOptions,
    tree: &Tree,
    manuscripts: &[Manuscript],
) -> Result<Config, Problem> {
    let base_path = match &options.base_path {
        Some(path) => config::base_path(path).ok_or_else(|| {
            let message = format!("--base-path \"{path}\" is no path");
            Problem::error(
                "config-invalid",
                message,
                "write a path from the root of the host, such as `/blog/`",
            )
        })?,
        None => file
            .base_path
            .clone()
            .or_else(|| tree.site.base_path.clone())
            .unwrap_or_else(|| "/".to_owned()),
    };
    let default_language = file
        .default_language
        .clone()
        .or_else(|| tree.site.default_language.clone())
        .unwrap_or_else(|| {
            let told = manuscripts
                .iter()
                .filter_map(|manuscript| manuscript.language.as_ref());
            likely_language(told).unwrap_or_else(Language::english)
        });
    let hosts = hosts(tree, manuscripts, &default_language);
    Ok(Config {
        base_path,
        page_size: file.page_size.map_or(PAGE_SIZE, |size| usize::from(size.get())),
        permalink: file.permalink.clone(),
        typography: file.typography.unwrap_or(true),
        languages: languages(file, tree, manuscripts, &hosts, &default_language),
        origins: origins(file, tree, &hosts),
        default_language,
    })
}

/// English if a post has it, else the language of most posts; `languages` are those of the posts.
fn likely_language<'a>(languages: impl Iterator<Item = &'a Language>) -> Option<Language> {
    let mut counts: BTreeMap<&Language, usize> = BTreeMap::new();
    for language in languages {
        *counts.entry(language).or_default() += 1;
    }
    let english = counts.keys().find(|language| language.primary() == "en").copied();
    let most = counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| **count)
        .map(|(language, _)| *language);
    english.or(most).cloned()
}

/// The language that the site begins with: `configured`, unless no post is in it; then one of its kin (`fr` for `fr-CA`),
/// else the likely one. `languages` are those of the posts.
pub fn first_language<'a>(
    configured: &Language,
    languages: impl Iterator<Item = &'a Language> + Clone,
) -> Language {
    if languages.clone().any(|language| language == configured) {
        return configured.clone();
    }
    let kin = languages
        .clone()
        .filter(|language| language.primary() == configured.primary());
    likely_language(kin)
        .or_else(|| likely_language(languages))
        .unwrap_or_else(|| configured.clone())
}

/// The domains that folders are named by, with the languages of the posts in them.
fn hosts(
    tree: &Tree,
    manuscripts: &[Manuscript],
    default: &Language,
) -> BTreeMap<String, BTreeSet<Language>> {
    let scheme = tree.site.any_language.origin.as_ref().map_or("https", |origin| {
        if origin.starts_with("http://") {
            "http"
        } else {
            "https"
        }
    });
    let mut hosts: BTreeMap<String, BTreeSet<Language>> = BTreeMap::new();
    for manuscript in manuscripts {
        if let Some(host) = &manuscript.place.host {
            let languages = hosts
                .entry(format!("{scheme}://{}", host.to_ascii_lowercase()))
                .or_default();
            languages.insert(manuscript.language.clone().unwrap_or_else(|| default.clone()));
        }
    }
    hosts
}

fn languages(
    file: &ConfigFile,
    tree: &Tree,
    manuscripts: &[Manuscript],
    hosts: &BTreeMap<String, BTreeSet<Language>>,
    default: &Language,
) -> BTreeMap<Language, LanguageConfig> {
    let of_posts = manuscripts
        .iter()
        .filter_map(|manuscript| manuscript.language.as_ref());
    let all: BTreeSet<&Language> = of_posts
        .chain(file.languages.keys())
        .chain(tree.site.languages.keys())
        .chain([default])
        .collect();
    all.into_iter()
        .map(|language| {
            let table = file.languages.get(language).cloned().unwrap_or_default();
            let site = tree.site.languages.get(language).cloned().unwrap_or_default();
            let any = tree.site.any_language.clone();
            let mut of_language = hosts.iter().filter(|(_, languages)| languages.contains(language));
            let host = of_language
                .next()
                .filter(|_| of_language.next().is_none())
                .map(|(host, _)| host.clone());
            let about = LanguageConfig {
                title: first(table.title, site.title, any.title),
                description: first(table.description, site.description, any.description),
                origin: table
                    .origin
                    .or_else(|| file.origin.clone())
                    .or(host)
                    .or(site.origin)
                    .or(any.origin),
            };
            (language.clone(), about)
        })
        .collect()
}

/// The first text that says something: an empty one is none, as an empty title of Jekyll's is.
fn first(table: Option<String>, site: Option<String>, any: Option<String>) -> Option<String> {
    let mut said = [table, site, any].into_iter().flatten();
    said.find(|text| !plain_text(text).is_empty())
}

fn origins(file: &ConfigFile, tree: &Tree, hosts: &BTreeMap<String, BTreeSet<Language>>) -> Vec<String> {
    let of_site = tree
        .site
        .languages
        .values()
        .filter_map(|about| about.origin.clone());
    let origins: BTreeSet<String> = file
        .origins
        .iter()
        .cloned()
        .chain(tree.site.any_language.origin.clone())
        .chain(of_site)
        .chain(hosts.keys().cloned())
        .collect();
    origins.into_iter().collect()
}

/// The post of a manuscript, with its language and its permalink.
///
/// # Errors
/// When no page can stand at its permalink.
pub fn post(
    manuscript: Manuscript,
    tree: &Tree,
    config: &Config,
    problems: &mut Vec<Problem>,
) -> Result<Post, Problem> {
    let language = manuscript.language.clone().unwrap_or_else(|| {
        let message = format!(
            "nothing tells the language of the post; {} is taken",
            config.default_language
        );
        let cure = format!("add `lang: {}` to its front matter", config.default_language);
        problems.push(Problem::warning("language-missing", message, cure).at(1, 1));
        config.default_language.clone()
    });
    let path = path(&manuscript, &language, tree, config)?;
    if manuscript.permalink.is_none() && manuscript.slug.is_none() {
        problems.extend(entity_in_name(&manuscript.place.name, &path));
    }
    check_path(&path, manuscript.permalink.as_ref())?;
    let mut aliases = Vec::new();
    for alias in &manuscript.aliases {
        match aliases::settled(alias, &path, tree.generator) {
            Ok(alias) => aliases.push(alias),
            Err(problem) => problems.push(problem),
        }
    }
    Ok(Post {
        logical_path: logical_path(&manuscript, tree),
        source: manuscript.source,
        language,
        path,
        title: manuscript.title,
        description: manuscript.description,
        date: manuscript.date.to_string(),
        authors: manuscript.authors,
        tags: manuscript.tags,
        image: manuscript.image,
        image_text: manuscript.image_text,
        aliases,
        references: manuscript.references,
        body: manuscript.body,
        body_line: manuscript.body_line,
        format: manuscript.format,
        dialect: tree.dialect(),
    })
}

fn logical_path(manuscript: &Manuscript, tree: &Tree) -> String {
    let place = &manuscript.place;
    let mut names: Vec<&str> = match tree.generator {
        Generator::Hugo => place.sections.iter().map(String::as_str).collect(),
        Generator::Jekyll | Generator::Plain => {
            let mut folders: Vec<&str> = folders(&manuscript.source).collect();
            folders.truncate(folders.len() - usize::from(place.bundle));
            folders
        }
    };
    names.push(&place.name);
    format!("/{}", names.join("/"))
}

fn path(
    manuscript: &Manuscript,
    language: &Language,
    tree: &Tree,
    config: &Config,
) -> Result<String, Problem> {
    let rules = if tree.generator == Generator::Hugo {
        Rules::Hugo
    } else {
        Rules::Jekyll
    };
    let prefix = language_prefix(language, tree, config);
    let (pattern, prefix) = match (&manuscript.permalink, &config.permalink) {
        (Some(own), _) if rules == Rules::Hugo => {
            let path = decode_path(&own.text);
            return Ok(tidy(&if path.starts_with('/') {
                path
            } else {
                format!("{prefix}/{path}")
            }));
        }
        // Jekyll writes the file at the unescaped URL (lib/jekyll/document.rb, `destination`).
        (Some(own), _) => (decode_path(&own.text), String::new()),
        (None, Some(pattern)) => (pattern.clone(), String::new()),
        (None, None) => (tree_pattern(manuscript, language, tree), prefix),
    };
    let local = manuscript.date.local();
    let number = |number: i8| number.unsigned_abs();
    let mut categories = manuscript.place.sections.clone();
    categories.extend(manuscript.categories.iter().cloned());
    let sections: Vec<&str> = manuscript.place.sections.iter().map(String::as_str).collect();
    let title = plain_text(&manuscript.title);
    let parts = Parts {
        day: (local.year(), number(local.month()), number(local.day())),
        time: (
            number(local.hour()),
            number(local.minute()),
            number(local.second()),
        ),
        day_of_year: local.day_of_year().unsigned_abs(),
        name: &manuscript.place.name,
        title: &title,
        slug: manuscript.slug.as_ref().map(|slug| slug.text.as_str()),
        language: language.as_str(),
        categories: &categories,
        sections: &sections,
    };
    match Pattern::parse(&pattern, rules) {
        Ok(pattern) => Ok(format!("{prefix}{}", pattern.path(&parts))),
        Err(error) => {
            let cure = "write one of those that docs/front-matter.md lists";
            Err(in_place(
                Problem::error("permalink-invalid", error.to_string(), cure),
                manuscript.permalink.as_ref(),
            ))
        }
    }
}

/// What a tree is given that has posts of Jekyll's or Hugo's but not their configuration.
const DATED: &str = "/:year/:month/:day/:title/";
const DATED_HUGO: &str = "/:year/:month/:day/:slugorfilename/";

/// The pattern of the tree: its configuration's, else the default of its generator. A folder of posts without a
/// configuration is a part of a site, and dated permalinks are what most have.
fn tree_pattern(manuscript: &Manuscript, language: &Language, tree: &Tree) -> String {
    let section = manuscript.place.sections.first().map(String::as_str);
    let matching = tree.site.permalinks.iter().filter(|permalink| {
        permalink.language.as_ref().is_none_or(|of| of == language)
            && permalink
                .section
                .as_deref()
                .is_none_or(|of| Some(of.trim_matches('/')) == section)
    });
    // What is said for one language outweighs what is said for all.
    let configured = matching.max_by_key(|permalink| permalink.language.is_some());
    if let Some(permalink) = configured {
        return permalink.pattern.clone();
    }
    match (tree.generator, tree.site.configured) {
        (Generator::Jekyll, true) => "date",
        (Generator::Jekyll, false) => DATED,
        (Generator::Hugo, true) => "/:sections/:slugorfilename/",
        (Generator::Hugo, false) => DATED_HUGO,
        (Generator::Plain, _) => "/:lang/:slug/",
    }
    .to_owned()
}

/// `/fr`, where Hugo puts a language below a folder of its own.
fn language_prefix(language: &Language, tree: &Tree, config: &Config) -> String {
    let site = &tree.site;
    let has_folder = tree.generator == Generator::Hugo
        && site.configured
        && !site.host_per_language
        && (*language != config.default_language || site.default_in_subfolder);
    if has_folder {
        format!("/{}", language.folder())
    } else {
        String::new()
    }
}

/// A name that was made from HTML: what stands there for a character ends up in the URL.
fn entity_in_name(name: &str, path: &str) -> Option<Problem> {
    let start = name.find('&')?;
    let entity = &name[start..=start + name[start..].find(';')?];
    let character = plain_text(entity);
    if character == entity {
        return None;
    }
    let message = format!("the file's name holds the HTML entity \"{entity}\", and its permalink is {path}");
    let cure = format!("write \"{character}\" in its place, or give the post a `slug`");
    Some(Problem::warning("name-entity", message, cure))
}

/// The longest name that file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// What the name of a page's compressed copy is longer by: `.br`, `.gz`.
const COPY_ENDING: usize = 3;

/// Whether a page can stand at `path`.
fn check_path(path: &str, permalink: Option<&Located>) -> Result<(), Problem> {
    let message = if path == "/" {
        Some("the permalink of the post is empty".to_owned())
    } else {
        unfit(path, "permalink")
    };
    match message {
        Some(message) => {
            let cure = "give the post a `slug`, or rename its file";
            Err(in_place(
                Problem::error("permalink-invalid", message, cure),
                permalink,
            ))
        }
        None => Ok(()),
    }
}

/// Why no file system takes a page at `path`, which is the `what` of a post.
pub fn unfit(path: &str, what: &str) -> Option<String> {
    path.split('/').find_map(|segment| {
        if matches!(segment, "." | "..") || segment.chars().any(|c| c.is_control() || c == '\\') {
            Some(format!("no page can stand at the {what} {path}"))
        } else {
            let most = LONGEST_NAME
                - if segment.ends_with(".html") {
                    COPY_ENDING
                } else {
                    0
                };
            (segment.len() > most).then(|| format!("the {what} {path} has a part of more than {most} bytes"))
        }
    })
}

fn in_place(problem: Problem, permalink: Option<&Located>) -> Problem {
    match permalink {
        Some(own) => problem.at(own.line, own.column),
        None => problem,
    }
}
