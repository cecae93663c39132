//! Small trees, written to a folder and loaded: permalinks, languages, configuration, files.

use std::fs;

use tempfile::TempDir;

use super::*;

/// A folder with these files. A post is written with its front matter alone; `DAY` stands for a date.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let is_post = ["md", "html"]
            .iter()
            .any(|extension| path.extension() == Some(extension.as_ref()));
        let text = text.replace("DAY", "date: 2018-07-05 22:30:00 -0400");
        fs::write(
            path,
            if is_post {
                format!("---\n{text}\n---\n")
            } else {
                text
            },
        )
        .unwrap();
    }
    folder
}

fn library(files: &[(&str, &str)]) -> Library {
    let options = LoadOptions {
        now: 1_700_000_000,
        ..LoadOptions::default()
    };
    load(folder(files).path(), &options).unwrap()
}

/// The permalinks of a tree by file.
#[track_caller]
fn permalinks(files: &[(&str, &str)], expected: &[(&str, &str)]) {
    let library = library(files);
    let mut found: Vec<(String, &str)> = library
        .posts
        .iter()
        .map(|entry| (entry.post.source.display().to_string(), entry.post.path.as_str()))
        .collect();
    found.sort();
    let found: Vec<(&str, &str)> = found.iter().map(|(file, path)| (file.as_str(), *path)).collect();
    assert_eq!(found, expected, "{:#?}", library.findings);
}

#[test]
fn jekyll_takes_the_day_of_the_front_matter_and_the_title_of_the_file() {
    permalinks(
        &[
            ("_posts/fr/2018-07-04-L’été à RNCan.md", "DAY"),
            ("_posts/en/2018-07-04-rain.md", "title: R"),
        ],
        &[
            ("_posts/en/2018-07-04-rain.md", "/2018/07/04/rain/"),
            (
                "_posts/fr/2018-07-04-L’été à RNCan.md",
                "/2018/07/05/L-été-à-RNCan/",
            ),
        ],
    );
}

#[test]
fn jekyll_permalinks_follow_its_configuration() {
    let post = (
        "news/_posts/2018-07-05-rain.md",
        "lang: en\ncategories: Weather open-air\nDAY",
    );
    for (config, expected) in [
        ("title: A blog", "/news/weather/open-air/2018/07/05/rain.html"),
        ("permalink: pretty", "/news/weather/open-air/2018/07/05/rain/"),
        ("permalink: /:year/:title", "/2018/rain/"),
    ] {
        permalinks(
            &[("_config.yml", config), post],
            &[("news/_posts/2018-07-05-rain.md", expected)],
        );
    }
}

#[test]
fn a_permalink_of_jekylls_may_be_escaped() {
    permalinks(
        &[
            ("_config.yml", "title: A blog"),
            (
                "_posts/2018-07-05-a.md",
                "lang: fr\nDAY\npermalink: /l-%C3%A9t%C3%A9/100%25/",
            ),
        ],
        &[("_posts/2018-07-05-a.md", "/l-été/100%/")],
    );
}

#[test]
fn a_folder_that_is_a_domain_is_no_category_and_an_origin() {
    let files = [
        (
            "_config.yml",
            "url: http://blog.ca\npermalink: /:categories/:year/:title/",
        ),
        (
            "blog.ca/_posts/2018-07-05-rain.md",
            "lang: en\ncategory: blog.ca\nDAY",
        ),
        ("blogue.ca/_posts/2018-07-05-pluie.md", "lang: fr\nDAY"),
        ("blogue.ca/img/a.png", ""),
    ];
    permalinks(
        &files,
        &[
            ("blog.ca/_posts/2018-07-05-rain.md", "/2018/rain/"),
            ("blogue.ca/_posts/2018-07-05-pluie.md", "/2018/pluie/"),
        ],
    );
    let library = library(&files);
    let origins: Vec<_> = library
        .config
        .languages
        .values()
        .map(|about| about.origin.as_deref())
        .collect();
    assert_eq!(origins, [Some("http://blog.ca"), Some("http://blogue.ca")]);
    assert_eq!(
        library.config.own_origins(),
        ["http://blog.ca", "http://blogue.ca"]
    );
    assert_eq!(
        library.files,
        [("blogue.ca/img/a.png".into(), "/img/a.png".to_owned())]
    );
    assert!(
        library.posts.iter().all(|entry| entry.post.tags.is_empty()),
        "a domain is no tag"
    );
}

#[test]
fn hugo_permalinks_follow_its_configuration_by_language_and_section() {
    permalinks(
        &[
            (
                "config/_default/config.yaml",
                "defaultContentLanguage: en\npermalinks:\n  blog: /:year/:slug\nlanguages:\n  en:\n    baseURL: \
                 https://blog.ca/\n  fr:\n    baseURL: https://blogue.ca/\n    permalinks:\n      blog: \
                 /:year/:month/:filename",
            ),
            ("content/en/blog/posts/Rain.md", "title: It rains\nDAY"),
            ("content/fr/blog/posts/La pluie….md", "title: Il pleut\nDAY"),
            ("content/fr/notes/Vent.md", "title: Vent\nslug: Du vent\nDAY"),
        ],
        &[
            ("content/en/blog/posts/Rain.md", "/2018/it-rains/"),
            ("content/fr/blog/posts/La pluie….md", "/2018/07/la-pluie/"),
            ("content/fr/notes/Vent.md", "/notes/du-vent/"),
        ],
    );
}

#[test]
fn hugo_puts_languages_below_a_folder_unless_each_has_a_host() {
    let posts = [
        ("content/a.en.md", "DAY"),
        ("content/a.fr.md", "DAY"),
        ("content/b.fr.md", "DAY\nurl: /b/"),
    ];
    permalinks(
        &[
            ("hugo.toml", "defaultContentLanguage = 'en'"),
            posts[0],
            posts[1],
            posts[2],
        ],
        &[
            ("content/a.en.md", "/a/"),
            ("content/a.fr.md", "/fr/a/"),
            ("content/b.fr.md", "/b/"),
        ],
    );
    permalinks(
        &[
            ("hugo.toml", "defaultContentLanguageInSubdir = true"),
            posts[0],
            posts[1],
        ],
        &[("content/a.en.md", "/en/a/"), ("content/a.fr.md", "/fr/a/")],
    );
}

#[test]
fn hugo_posts_without_a_configuration_get_dated_permalinks() {
    permalinks(
        &[
            ("content/en/blog/CDS-day!.md", "DAY"),
            ("content/fr/blog/le-jour/index.md", "DAY"),
        ],
        &[
            ("content/en/blog/CDS-day!.md", "/2018/07/05/cds-day/"),
            ("content/fr/blog/le-jour/index.md", "/2018/07/05/le-jour/"),
        ],
    );
}

#[test]
fn a_plain_folder_gets_language_and_slug() {
    permalinks(
        &[
            ("en/L’été.md", "DAY"),
            ("notes/rain.fr.md", "DAY\nslug: La Pluie"),
            ("walks/river/index.md", "DAY\nlang: en"),
            ("en/old.md", "DAY\npermalink: /2010/old.html"),
        ],
        &[
            ("en/L’été.md", "/en/l-été/"),
            ("en/old.md", "/2010/old.html"),
            ("notes/rain.fr.md", "/fr/la-pluie/"),
            ("walks/river/index.md", "/en/river/"),
        ],
    );
}

#[test]
fn the_pattern_of_passerelle_toml_outweighs_the_generators() {
    permalinks(
        &[
            ("passerelle.toml", "permalink = '/:lang/:year/:title/'"),
            ("_config.yml", "permalink: pretty"),
            ("_posts/2018-07-05-rain.md", "lang: fr-CA\nDAY"),
            (
                "_posts/2018-07-05-own.md",
                "lang: fr-CA\nDAY\npermalink: /mine/:title/",
            ),
        ],
        &[
            ("_posts/2018-07-05-own.md", "/mine/own/"),
            ("_posts/2018-07-05-rain.md", "/fr-ca/2018/rain/"),
        ],
    );
}

#[test]
fn the_default_language_is_configured_or_english_or_that_of_most_posts() {
    let german = ("de/a.md", "DAY");
    let french = [("fr/a.md", "DAY"), ("fr/b.md", "DAY")];
    let english = ("en-CA/a.md", "DAY");
    let default = |files: &[(&str, &str)]| library(files).config.default_language.to_string();
    assert_eq!(default(&[german, french[0], french[1]]), "fr");
    assert_eq!(default(&[german, french[0], french[1], english]), "en-CA");
    assert_eq!(
        default(&[german, english, ("passerelle.toml", "default_language = 'de'")]),
        "de"
    );
    assert_eq!(
        default(&[
            ("_config.yml", "lang: fr"),
            ("_posts/en/2018-07-05-a.md", "DAY"),
            ("_posts/2018-07-05-b.md", "DAY")
        ]),
        "fr"
    );
    assert_eq!(
        default(&[
            ("hugo.toml", "DefaultContentLanguage = 'fr'"),
            ("content/en/a.md", "DAY"),
            ("content/fr/a.md", "DAY")
        ]),
        "fr"
    );
    assert_eq!(default(&[("a.md", "DAY")]), "en");
}

#[test]
fn posts_stand_by_language_and_newest_first() {
    let library = library(&[
        ("fr/a.md", "DAY"),
        ("fr/b.md", "date: 2020-01-01"),
        ("en/c.md", "DAY"),
        ("de/d.md", "DAY"),
        ("en/b.md", "DAY"),
        ("en/later.md", "date: 2018-07-05 23:00:00 -0500"),
    ]);
    let languages: Vec<_> = library.languages.iter().map(ToString::to_string).collect();
    assert_eq!(languages, ["en", "de", "fr"]);
    let paths: Vec<_> = library
        .posts
        .iter()
        .map(|entry| entry.post.path.as_str())
        .collect();
    assert_eq!(
        paths,
        ["/en/later/", "/en/b/", "/en/c/", "/de/d/", "/fr/b/", "/fr/a/"]
    );
    assert_eq!(library.posts[0].post.date, "2018-07-05T23:00:00-05:00");
}

#[test]
fn titles_and_origins_come_from_passerelle_toml_else_from_the_generator() {
    let library = library(&[
        (
            "_config.yml",
            "title: A blog\nurl: https://blog.ca\nbaseurl: /news",
        ),
        ("_config_fr.yml", "title: Un blogue"),
        (
            "passerelle.toml",
            "[languages.de]\ntitle = 'Ein Blog'\norigin = 'https://blog.de'",
        ),
        ("_posts/en/2018-07-05-a.md", "DAY"),
    ]);
    let about: Vec<_> = library
        .config
        .languages
        .iter()
        .map(|(tag, about)| (tag.as_str(), about.title.as_deref(), about.origin.as_deref()))
        .collect();
    assert_eq!(
        about,
        [
            ("de", Some("Ein Blog"), Some("https://blog.de")),
            ("en", Some("A blog"), Some("https://blog.ca")),
            ("fr", Some("Un blogue"), Some("https://blog.ca")),
        ]
    );
    assert_eq!(library.config.base_path, "/news/");
}

#[test]
fn a_text_of_passerelle_toml_that_is_empty_is_none() {
    let of_english = |toml: &str| {
        let files = [
            ("_config.yml", "title: A blog\ndescription: Of mine"),
            ("passerelle.toml", toml),
            ("_posts/en/2018-07-05-a.md", "DAY"),
        ];
        let config = library(&files).config;
        let about = config.languages.into_values().next().unwrap();
        (about.title, about.description)
    };
    let expected = (Some("A blog".to_owned()), Some("Of mine".to_owned()));
    for (title, description) in [("", ""), (" ", "<b></b>")] {
        let toml = format!("[languages.en]\ntitle = '{title}'\ndescription = '{description}'");
        assert_eq!(of_english(&toml), expected, "{toml}");
    }
}

#[test]
fn files_are_served_where_the_generator_serves_them() {
    let urls = |files: &[(&str, &str)]| -> Vec<String> {
        library(files).files.into_iter().map(|(_, url)| url).collect()
    };
    assert_eq!(
        urls(&[
            ("_config.yml", "exclude: [vendor, notes.txt]"),
            ("_posts/2018-07-05-a.md", "lang: en"),
            ("_posts/a.png", ""),
            ("assets/img/a.png", ""),
            ("vendor/x.js", ""),
            ("notes.txt", ""),
        ]),
        ["/assets/img/a.png"]
    );
    assert_eq!(
        urls(&[
            ("content/en/blog/walk/index.md", "DAY"),
            ("content/en/blog/walk/img/map.png", ""),
            ("static/img/a.png", ""),
            ("layouts/x.css", ""),
        ]),
        ["/2018/07/05/walk/img/map.png", "/img/a.png"]
    );
    assert_eq!(
        urls(&[
            ("en/a.md", "DAY"),
            ("en/plan.pdf", ""),
            ("static/img/a.png", ""),
            ("walk/index.fr.md", "DAY"),
            ("walk/map.png", ""),
            ("passerelle.toml", ""),
        ]),
        ["/en/plan.pdf", "/img/a.png", "/fr/walk/map.png"]
    );
}

#[test]
fn of_hidden_files_those_are_served_that_a_host_looks_for() {
    let hidden = [
        ("static/.well-known/security.txt", ""),
        ("static/.well-known/.a/b", ""),
        ("static/.nojekyll", ""),
        ("static/.DS_Store", ""),
        ("static/img/.well-known/a.txt", ""),
        (".well-known/a.txt", ""),
    ];
    let urls = |post: &str, config: &str| -> Vec<String> {
        let files = [&hidden[..], &[(post, "lang: en\nDAY"), (config, "")]].concat();
        library(&files).files.into_iter().map(|(_, url)| url).collect()
    };
    let served = ["/.nojekyll", "/.well-known/.a/b", "/.well-known/security.txt"];
    assert_eq!(urls("en/a.md", "passerelle.toml"), served);
    assert_eq!(urls("content/posts/a.md", "hugo.toml"), served);
    assert_eq!(urls("_posts/2018-07-05-a.md", "_config.yml"), [""; 0]);
}

#[test]
fn hugo_posts_of_one_path_are_translations() {
    let library = library(&[
        ("hugo.toml", "defaultContentLanguage = 'en'"),
        ("content/posts/a.en.md", "title: A\nDAY"),
        ("content/posts/a.fr.md", "title: A\nDAY"),
        ("content/en/blog/b.md", "title: B\nDAY"),
        ("content/fr/blog/b/index.md", "title: B\nDAY"),
        ("content/posts/c.md", "title: C\nlang: en\ntranslationKey: c\nDAY"),
        ("content/posts/c.fr.md", "title: C\nDAY"),
    ]);
    let joined: Vec<_> = library
        .posts
        .iter()
        .filter(|entry| !entry.translations.is_empty())
        .map(|entry| entry.post.source.to_str().unwrap())
        .collect();
    assert_eq!(
        joined,
        [
            "content/en/blog/b.md",
            "content/posts/a.en.md",
            "content/fr/blog/b/index.md",
            "content/posts/a.fr.md",
        ]
    );
}

#[test]
fn a_post_that_is_left_out_or_held_back_is_known_to_its_twin() {
    let library = library(&[
        ("en/a.md", "DAY\ntrans_url: /fr/b/"),
        ("fr/b.md", "DAY\ndraft: true"),
        ("en/c.md", "DAY\ntrans_url: /fr/d/"),
        ("fr/d.md", "DAY"),
        ("fr/x/d.md", "DAY"),
    ]);
    let rules: Vec<_> = library.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules
            .iter()
            .filter(|rule| rule.starts_with("translation"))
            .count(),
        0,
        "{rules:?}"
    );
    assert_eq!((library.held_back, library.left_out), (1, 2));
}

/// Of files that [`folder`] would not leave as they are.
#[track_caller]
fn told_of_files(files: &[(&str, &[u8])], expected: &[&str]) {
    let folder = TempDir::new().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let library = load(folder.path(), &LoadOptions::default()).unwrap();
    let told: Vec<_> = library
        .findings
        .iter()
        .map(|finding| {
            let path = Path::new(&finding.path).strip_prefix(folder.path()).unwrap();
            format!(
                "{}:{} {}",
                path.display(),
                finding.line.unwrap_or(0),
                finding.rule
            )
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn a_file_that_was_meant_for_a_post_is_told_of() {
    let good = b"---\ntitle: T\nlang: en\ndate: 1969-02-04\n---\n";
    let wide: Vec<u8> = "\u{feff}---\ntitle: T\n---\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    told_of_files(
        &[
            ("content/a.md", good),
            ("content/b.md", &wide),
            ("content/c.md", b"{\n  \"title\": \"T\"\n}\n"),
            ("content/d.md", b"Only text\n"),
            ("content/e.md", b"{{< youtube x >}}\n"),
            ("content/f.html", b"<p>A part\n"),
            ("content/g.md", b"\n---\ntitle: T\n---\n"),
            ("layouts/h.md", b"Only text\n"),
        ],
        &[
            "content/b.md:1 file-not-utf8",
            "content/c.md:1 front-matter-json",
            "content/d.md:1 front-matter-missing",
            "content/e.md:1 front-matter-missing",
            "content/g.md:2 front-matter-late",
        ],
    );
    told_of_files(
        &[
            ("a.md", good),
            ("README.md", b"Only text\n"),
            ("b.md", b"{\n \xe9 }\n"),
            ("c.html", b"\n--- \xe9\n"),
        ],
        &[],
    );
}

#[test]
fn what_its_publisher_held_back_is_held_back() {
    let library = library(&[
        ("hugo.toml", "[languages.de]\ndisabled = true\n[languages.fr]"),
        ("content/en/a.md", "title: A\nDAY"),
        ("content/en/b.md", "title: B\nDAY\npublishDate: 2099-01-01"),
        ("content/en/c.md", "title: C\nDAY\nexpiryDate: 2020-01-01"),
        ("content/en/d.md", "title: D\nDAY\nbuild: {render: never}"),
        ("content/en/e.md", "title: E\nDAY\ndraft: oui"),
        ("content/en/f.md", "title: F\nDAY\npublished: 0"),
        (
            "content/en/g.md",
            "title: G\nDAY\npublished: 2018-07-05\nexpiryDate: 2099-01-01\ndraft:",
        ),
        ("content/en/h.md", "title: H\nDAY\nexpiryDate: soon"),
        ("content/de/a.md", "title: A\nDAY"),
    ]);
    let published: Vec<_> = library
        .posts
        .iter()
        .map(|entry| entry.post.title.as_str())
        .collect();
    assert_eq!((published, library.held_back), (vec!["A", "G", "H"], 6));
    let told: Vec<_> = library
        .findings
        .iter()
        .map(|finding| (finding.line.unwrap(), finding.rule, finding.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                4,
                "front-matter-truth",
                "`draft: oui` is neither true nor false, so the post is held back"
            ),
            (
                4,
                "front-matter-truth",
                "`published: 0` is neither true nor false, so the post is held back"
            ),
            (
                4,
                "date-invalid",
                "the expiryDate \"soon\" is no date that Passerelle reads"
            ),
        ]
    );
}

#[test]
fn what_jekyll_excludes_is_not_looked_at() {
    let library = library(&[
        ("_config.yml", "exclude: [old/, /notes.md, _posts/fr]"),
        ("_posts/2018-07-04-a.md", "title: A\nlang: en\nDAY"),
        ("_posts/fr/2018-07-04-c.md", "title: C\nDAY"),
        ("old/_posts/2018-07-04-b.md", "title: B\nlang: en\nDAY"),
        ("old/image.png", ""),
        ("older/image.png", ""),
    ]);
    assert_eq!((library.posts.len(), library.held_back), (2, 0));
    let files: Vec<_> = library.files.iter().map(|(_, url)| url.as_str()).collect();
    assert_eq!(files, ["/older/image.png"]);
}

#[test]
fn a_draft_of_jekylls_needs_no_date() {
    let files = folder(&[
        ("_drafts/idea.md", "title: I\nlang: en"),
        ("_posts/2018-07-05-a.md", "lang: en"),
    ]);
    let options = LoadOptions {
        now: 1_612_396_800,
        drafts: true,
        ..LoadOptions::default()
    };
    let library = load(files.path(), &options).unwrap();
    let paths: Vec<_> = library
        .posts
        .iter()
        .map(|entry| entry.post.path.as_str())
        .collect();
    assert_eq!(paths, ["/2021/02/04/idea/", "/2018/07/05/a/"]);
}

#[test]
fn a_generators_configuration_that_is_not_understood_stops_the_command() {
    let told = |files: &[(&str, &str)]| {
        let folder = folder(files);
        let error = load(folder.path(), &LoadOptions::default())
            .unwrap_err()
            .to_string();
        error.replace(&format!("{}/", folder.path().display()), "")
    };
    let post = ("_posts/2018-07-05-a.md", "lang: en");
    let hugo = ("content/a.md", "DAY");
    let toml = "correct the line; a text stands between quotes on one line";
    for (files, expected) in [
        (
            [("_config.yml", "url: https://b.ca\ntitle: My blog: the river\n"), post],
            "_config.yml:2:15: the configuration is not YAML: mapping values are not allowed in this context; put the \
             value in quotes: title: \"My blog: the river\""
                .to_owned(),
        ),
        (
            [("_config.yml", "- a"), post],
            "_config.yml:1:1: the configuration holds no keys; write each line as `key: value`".to_owned(),
        ),
        (
            [("hugo.toml", "\ntitle = 'open\n"), hugo],
            format!("hugo.toml:2:14: the configuration is not TOML: invalid literal string, expected `'`; {toml}"),
        ),
        (
            [("config/_default/config.json", "{\"title\": \"open}"), hugo],
            "config/_default/config.json:1:11: the configuration is not JSON: ".to_owned(),
        ),
    ] {
        let told = told(&files);
        assert!(told.starts_with(&expected), "{told}\n{expected}");
    }
}

#[test]
fn an_empty_configuration_is_one_that_says_nothing() {
    for config in ["", "# title: later\n", "\u{feff}title: A blog"] {
        permalinks(
            &[("_config.yml", config), ("_posts/2018-07-05-rain.md", "lang: en")],
            &[("_posts/2018-07-05-rain.md", "/2018/07/05/rain.html")],
        );
    }
}

/// The findings of a tree: file, place, message and cure.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let folder = folder(files);
    let options = LoadOptions {
        now: 1_700_000_000,
        ..LoadOptions::default()
    };
    let library = load(folder.path(), &options).unwrap();
    let root = format!("{}/", folder.path().display());
    let findings = library.findings.iter();
    findings
        .map(|finding| finding.to_string().replace(&root, ""))
        .collect()
}

#[test]
fn a_configured_language_that_no_post_is_in_is_told_and_the_site_begins_with_another() {
    let english = ("en/a.md", "title: A\nDAY");
    let french = ("fr/a.md", "title: A\nDAY");
    let config = |text| ("passerelle.toml", text);
    assert_eq!(
        findings(&[english, french, config("page_size = 3\ndefault_language = 'de'")]),
        [
            "passerelle.toml:2:20: the default language is de, which no post is in; en is taken; delete it, or write one \
             that posts are in: en, fr"
        ]
    );
    assert_eq!(
        findings(&[
            english,
            french,
            config("default_language = 'fr-CA'\n[languages.fr-CA]\ntitle = 'Mon blogue'\n[languages.en]")
        ]),
        [
            "passerelle.toml:1:20: the default language is fr-CA, which no post is in; fr is taken; did you mean \"fr\"?",
            "passerelle.toml:2:12: no post is in fr-CA, so what is said of it counts for nothing; did you mean \"fr\"?",
        ]
    );
    let library = library(&[english, french, config("default_language = 'fr-CA'")]);
    assert_eq!(library.config.default_language.as_str(), "fr");
    assert_eq!(library.languages[0].as_str(), "fr");
}

#[test]
fn a_configured_language_whose_posts_are_held_back_or_bad_is_no_mistake() {
    let english = ("en/a.md", "title: A\nDAY");
    for post in [
        ("de/a.md", "title: A\ndraft: true\nDAY"),
        ("de/a.md", "title: A: b\nDAY"),
    ] {
        let config = (
            "passerelle.toml",
            "default_language = 'de'\n[languages.de]\ntitle = 'B'",
        );
        let files = [english, post, config];
        let told = findings(&files);
        assert!(
            told.iter().all(|told| !told.contains("passerelle.toml")),
            "{told:?}"
        );
        assert_eq!(library(&files).config.default_language.as_str(), "en");
    }
}
