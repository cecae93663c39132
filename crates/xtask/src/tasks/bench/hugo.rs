//! Hugo over the same posts, where it is installed: the least site that has what ours has, a page a post, lists and a
//! feed a language.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Result;

use super::blog::emptied;

/// `contentDir` follows each language's name. Raw HTML is let through, since a quarter of the posts has some.
const CONFIG: &str = r#"
baseURL = "https://blog.example/"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
paginate = 10
disableKinds = ["taxonomy", "term"]
[markup.goldmark.renderer]
unsafe = true
[permalinks]
blog = "/:year/:month/:day/:filename"
"#;

const LAYOUTS: [(&str, &str); 3] = [
    (
        "baseof.html",
        r#"<!doctype html><html lang="{{ .Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">{{ end }}
</head><body><main>{{ block "main" . }}{{ end }}</main></body></html>"#,
    ),
    (
        "single.html",
        r#"{{ define "main" }}<article><h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}</article>
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}"#,
    ),
    (
        "list.html",
        r#"{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .Paginate .RegularPagesRecursive }}{{ range $pages.Pages }}
<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ .Description }}</p></article>{{ end }}{{ end }}"#,
    ),
];

/// Its first line of `--version`, or nothing where it is not installed.
pub fn version() -> Option<String> {
    let told = crate::process::answer(Command::new("hugo").arg("version"))?;
    told.split_whitespace().nth(1).map(str::to_owned)
}

/// Writes the site's configuration and layouts for the posts of `tree` into `folder`.
///
/// # Errors
/// When they cannot be written.
pub fn prepare(tree: &Path, folder: &Path) -> Result<()> {
    let layouts = folder.join("layouts/_default");
    emptied(folder)?;
    fs::create_dir_all(&layouts)?;
    let mut config = CONFIG.to_owned();
    for language in ["en", "fr"] {
        let content = tree.join("content").join(language);
        config += &format!("[languages.{language}]\ncontentDir = {content:?}\n");
    }
    fs::write(folder.join("config.toml"), config)?;
    for (name, text) in LAYOUTS {
        fs::write(layouts.join(name), text)?;
    }
    Ok(())
}

/// The command that builds it, not started.
pub fn command(folder: &Path, site: &Path) -> Command {
    let mut command = Command::new("hugo");
    command
        .arg("--source")
        .arg(folder)
        .arg("--destination")
        .arg(site)
        .args(["--quiet", "--buildFuture"])
        .stdout(Stdio::null());
    command
}
