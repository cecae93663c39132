//! What the configuration of Jekyll or Hugo tells of a tree: titles, origins, permalinks, the default language.
//!
//! Read leniently: it is another program's file. A key that is not understood is passed over; `passerelle.toml` says what
//! it cannot. A file that cannot be read as a whole is an error: without it every URL may be another.

use std::{collections::BTreeMap, ffi::OsStr, fs, io, path::Path, rc::Rc};

use content::language::Language;

use super::{
    cure,
    walk::utf8,
    yaml::{self, Node, Value},
};
use crate::{
    config::{self, LanguageConfig},
    finding::{Finding, Problem},
};

/// What a generator's configuration says of its site.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Whether there was a configuration at all.
    pub configured: bool,
    /// The language of posts that tell none.
    pub default_language: Option<Language>,
    /// The path that the site stands under, where it is not the root.
    pub base_path: Option<String>,
    /// Title, description and origin by language.
    pub languages: BTreeMap<Language, LanguageConfig>,
    /// What holds for languages of which nothing of their own is said.
    pub any_language: LanguageConfig,
    /// Jekyll's pattern, or Hugo's by language and section.
    pub permalinks: Vec<Permalink>,
    /// Hugo's content folders that belong to one language, from the root.
    pub content_folders: Vec<(String, Language)>,
    /// Whether Hugo puts the default language below `/{lang}/` too.
    pub default_in_subfolder: bool,
    /// Whether each language has a host of its own: no language is below `/{lang}/` then.
    pub host_per_language: bool,
    /// Jekyll's `exclude`: files and folders that it does not look at.
    pub excluded: Vec<String>,
    /// Hugo's languages that are `disabled`, or among `disableLanguages`: their posts are held back.
    pub disabled: Vec<Language>,
}

/// A permalink pattern and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink {
    /// The only language that it is for.
    pub language: Option<Language>,
    /// The only top section that it is for.
    pub section: Option<String>,
    /// The pattern.
    pub pattern: String,
}

const HUGO_FILES: &[&str] = &["hugo", "config", "config/_default/hugo", "config/_default/config"];

/// Whether the folder has a configuration that only Hugo reads.
pub fn has_hugo_config(root: &Path) -> bool {
    ["toml", "yaml", "yml", "json"]
        .iter()
        .any(|extension| root.join(format!("hugo.{extension}")).is_file())
        || root.join("config/_default").is_dir()
}

/// What `_config.yml` says.
///
/// # Errors
/// When it is there and cannot be understood.
pub fn jekyll(root: &Path) -> Result<Site, Finding> {
    let config = match read(&root.join("_config.yml"))? {
        None => read(&root.join("_config.yaml"))?,
        config => config,
    };
    let Some(config) = config else {
        return Ok(Site::default());
    };
    let text = |key: &str| {
        config
            .get(key)
            .and_then(Node::text)
            .filter(|text| !text.trim().is_empty())
    };
    let languages = language_configs(root)?;
    let permalinks = text("permalink").map(|pattern| Permalink {
        language: None,
        section: None,
        pattern: pattern.to_owned(),
    });
    Ok(Site {
        configured: true,
        default_language: ["lang", "language", "locale"]
            .iter()
            .find_map(|key| text(key)?.parse().ok()),
        base_path: text("baseurl").and_then(base_path),
        languages,
        any_language: jekyll_about(&config),
        permalinks: permalinks.into_iter().collect(),
        excluded: texts(config.get("exclude")),
        ..Site::default()
    })
}

/// `_config_fr.yml`, which a blog that is built once a language has beside `_config.yml`.
fn language_configs(root: &Path) -> Result<BTreeMap<Language, LanguageConfig>, Finding> {
    let mut configs = BTreeMap::new();
    let Ok(entries) = fs::read_dir(root) else {
        return Ok(configs);
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if let Some(language) = language_of_config(&path)
            && let Some(config) = read(&path)?
        {
            configs.insert(language, jekyll_about(&config));
        }
    }
    Ok(configs)
}

fn language_of_config(path: &Path) -> Option<Language> {
    let name = path.file_name()?.to_str()?.strip_prefix("_config")?;
    let (tag, extension) = name.strip_prefix(['_', '.', '-'])?.rsplit_once('.')?;
    let language = tag.parse().ok().filter(Language::is_known);
    language.filter(|_| matches!(extension, "yml" | "yaml"))
}

fn jekyll_about(config: &Node) -> LanguageConfig {
    let text = |key: &str| {
        config
            .get(key)
            .and_then(Node::text)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    LanguageConfig {
        title: text("title").map(str::to_owned),
        description: text("description").map(str::to_owned),
        origin: text("url").and_then(origin),
    }
}

/// What Hugo's configuration says, of the default environment.
///
/// # Errors
/// When a file of it is there and cannot be understood.
pub fn hugo(root: &Path) -> Result<Site, Finding> {
    let mut site = Site::default();
    for name in HUGO_FILES {
        for extension in ["toml", "yaml", "yml", "json"] {
            if let Some(config) = read(&root.join(format!("{name}.{extension}")))? {
                site.configured = true;
                hugo_file(&config, &mut site);
            }
        }
    }
    Ok(site)
}

fn hugo_file(config: &Node, site: &mut Site) {
    let text = |key: &str| config.get(key).and_then(Node::text);
    site.default_language = text("defaultContentLanguage")
        .and_then(|tag| tag.parse().ok())
        .or(site.default_language.take());
    site.default_in_subfolder |=
        config.get("defaultContentLanguageInSubdir").and_then(Node::truth) == Some(true);
    let disabled = texts(config.get("disableLanguages"));
    site.disabled
        .extend(disabled.iter().filter_map(|tag| tag.parse().ok()));
    let base_url = text("baseURL");
    site.base_path = base_url.and_then(base_path).or(site.base_path.take());
    site.any_language = LanguageConfig {
        title: text("title")
            .map(str::to_owned)
            .or(site.any_language.title.take()),
        description: None,
        origin: base_url.and_then(origin).or(site.any_language.origin.take()),
    };
    site.permalinks.extend(hugo_permalinks(config, None));
    for (tag, language) in config.get("languages").map_or(&[][..], Node::entries) {
        if let Some(tag) = tag.text().and_then(|tag| tag.parse().ok()) {
            hugo_language(&tag, language, site);
        }
    }
}

fn hugo_language(tag: &Language, config: &Node, site: &mut Site) {
    let text = |key: &str| config.get(key).and_then(Node::text);
    let description = config
        .get("params")
        .and_then(|params| params.get("description"))
        .and_then(Node::text);
    let origin = text("baseURL").and_then(origin);
    site.host_per_language |= origin.is_some();
    let about = LanguageConfig {
        title: text("title").map(str::to_owned),
        description: description.map(str::to_owned),
        origin,
    };
    site.languages.insert(tag.clone(), about);
    if config.get("disabled").and_then(Node::truth) == Some(true) {
        site.disabled.push(tag.clone());
    }
    site.permalinks.extend(hugo_permalinks(config, Some(tag)));
    if let Some(folder) = text("contentDir") {
        site.content_folders
            .push((folder.trim_matches('/').to_owned(), tag.clone()));
    }
}

/// `permalinks: {section: pattern}`, or since Hugo 0.115 `permalinks: {page: {section: pattern}}`.
fn hugo_permalinks(config: &Node, language: Option<&Language>) -> Vec<Permalink> {
    let Some(permalinks) = config.get("permalinks") else {
        return Vec::new();
    };
    let pages = permalinks
        .get("page")
        .filter(|page| matches!(page.value, Value::Mapping(_)));
    pages
        .unwrap_or(permalinks)
        .entries()
        .iter()
        .filter_map(|(section, pattern)| {
            Some(Permalink {
                language: language.cloned(),
                section: Some(section.text()?.to_owned()),
                pattern: pattern.text()?.to_owned(),
            })
        })
        .collect()
}

fn texts(node: Option<&Node>) -> Vec<String> {
    node.map_or(&[][..], Node::items)
        .iter()
        .filter_map(|item| Some(item.text()?.to_owned()))
        .collect()
}

/// The origin of an absolute URL: `https://host[:port]`. None for the example hosts that generators begin with.
pub fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_example =
        matches!(host, "" | "example.com" | "example.org" | "localhost") || host.starts_with("localhost:");
    (!is_example).then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

/// The path of a URL, or a path alone, where it is not the root; with a slash at both ends.
fn base_path(url: &str) -> Option<String> {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    };
    let path = path.trim().trim_matches('/');
    (!path.is_empty()).then(|| format!("/{path}/"))
}

/// A configuration file as a tree of values, or `None` where there is none. An empty one is a configuration that says
/// nothing, as it is to Jekyll and Hugo.
fn read(path: &Path) -> Result<Option<Node>, Finding> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => return Ok(None),
            _ => return Err(config::unreadable(&error).in_file(path)),
        },
    };
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    utf8(bytes)
        .and_then(|text| {
            let text = text.trim_start_matches('\u{feff}');
            match extension {
                "toml" => toml_node(text),
                // JSON is YAML.
                "json" => yaml_node(text, "JSON"),
                _ => yaml_node(text, "YAML"),
            }
        })
        .map(Some)
        .map_err(|problem| problem.in_file(path))
}

/// YAML, which its author knows as `kind`.
fn yaml_node(text: &str, kind: &str) -> Result<Node, Problem> {
    let node = yaml::parse(text).map_err(|error| {
        let what = format!("the configuration is not {kind}");
        cure::problem("config-invalid", &what, text, &error)
    })?;
    match node.value {
        Value::Mapping(_) | Value::Null => Ok(node),
        Value::Scalar { .. } | Value::Sequence(_) => {
            let message = "the configuration holds no keys";
            let problem = Problem::error("config-invalid", message, "write each line as `key: value`");
            Err(problem.at(node.line, node.column))
        }
    }
}

fn toml_node(text: &str) -> Result<Node, Problem> {
    let table: Result<toml::Table, toml::de::Error> = text.parse();
    table
        .map(|table| from_toml(toml::Value::Table(table)))
        .map_err(|error| {
            let said = config::one_line(error.message());
            let message = format!("the configuration is not TOML: {said}");
            let cure = "correct the line; a text stands between quotes on one line";
            config::at(
                Problem::error("config-invalid", message, cure),
                text,
                error.span(),
            )
        })
}

fn from_toml(value: toml::Value) -> Node {
    let scalar = |text: String, plain| Value::Scalar {
        text: Rc::from(text),
        plain,
    };
    let value = match value {
        toml::Value::String(text) => scalar(text, false),
        toml::Value::Array(items) => Value::Sequence(items.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => Value::Mapping(
            table
                .into_iter()
                .map(|(key, value)| (from_toml(toml::Value::String(key)), from_toml(value)))
                .collect(),
        ),
        other => scalar(other.to_string(), true),
    };
    Node {
        value,
        line: 1,
        column: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hugo_of(text: &str) -> Site {
        let mut site = Site::default();
        hugo_file(&yaml::parse(text).unwrap(), &mut site);
        site
    }

    #[test]
    fn hugo_languages_have_titles_origins_folders_and_permalinks() {
        let site = hugo_of(
            "DefaultContentLanguage: en\nlanguages:\n  en:\n    baseUrl: https://Example.ca/\n    contentDir: content/en\n    \
             title: Blog\n    permalinks:\n      blog: /:year/:filename\n  fr:\n    title: Blogue\n",
        );
        assert_eq!(site.default_language, "en".parse().ok());
        let english = &site.languages[&"en".parse().unwrap()];
        assert_eq!(
            (english.title.as_deref(), english.origin.as_deref()),
            (Some("Blog"), Some("https://example.ca"))
        );
        assert!(site.host_per_language);
        assert_eq!(
            site.content_folders,
            [("content/en".to_owned(), "en".parse().unwrap())]
        );
        assert_eq!(
            site.permalinks,
            [Permalink {
                language: "en".parse().ok(),
                section: Some("blog".to_owned()),
                pattern: "/:year/:filename".to_owned()
            }]
        );
    }

    #[test]
    fn hugo_writes_the_same_in_toml() {
        let node = from_toml(toml::Value::Table(
            "baseURL = 'https://blog.gc.ca/x/'\n[permalinks.page]\nposts = '/:slug/'"
                .parse()
                .unwrap(),
        ));
        let mut site = Site::default();
        hugo_file(&node, &mut site);
        assert_eq!(site.base_path.as_deref(), Some("/x/"));
        assert_eq!(site.any_language.origin.as_deref(), Some("https://blog.gc.ca"));
        assert_eq!(site.permalinks[0].pattern, "/:slug/");
    }

    #[test]
    fn hosts_that_generators_begin_with_are_no_origins() {
        for (url, expected) in [
            ("https://example.org/", None),
            ("http://localhost:4000", None),
            ("/", None),
            ("ftp://a.ca/", None),
            ("http://a.ca:80/b", Some("http://a.ca:80")),
        ] {
            assert_eq!(origin(url).as_deref(), expected, "{url}");
        }
    }
}
