//! What rendering did to each post of the folders that are named: `cargo run -p content --example corpus_report --
//! FOLDER…`. Ends with 1 when anything is shown raw or a word is lost.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use content::{
    post::{Body, Dialect, Format},
    render::{RemarkKind, destinations, render},
};

mod reading;

/// What no reader may see.
const RAW: &[&str] = &["{:", "{%", "{{<", "{{%", "] (http", "</", "<p>"];

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        eprintln!("name the folders of posts to report on");
        return ExitCode::from(2);
    }
    let mut totals = Totals::default();
    for (path, body) in posts(folders) {
        totals.add(&path, &body);
    }
    println!(
        "{} posts: {} converted, {} dropped, {} not known; {} shown raw, {} words lost",
        totals.posts, totals.converted, totals.dropped, totals.unknown, totals.raw, totals.lost
    );
    if totals.raw + totals.lost == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[derive(Default)]
struct Totals {
    posts: usize,
    converted: usize,
    dropped: usize,
    unknown: usize,
    raw: usize,
    lost: usize,
}

impl Totals {
    /// Prints what became of a post, and counts it.
    fn add(&mut self, path: &Path, body: &Body) {
        self.posts += 1;
        let rendered = render(body);
        for remark in &rendered.remarks {
            let (what, count) = match remark.kind {
                RemarkKind::Converted => ("converted", &mut self.converted),
                RemarkKind::Dropped => ("dropped", &mut self.dropped),
                RemarkKind::Unknown => ("not known", &mut self.unknown),
            };
            *count += 1;
            let line = body
                .source
                .get(..remark.offset)
                .map_or(0, |before| before.matches('\n').count() + 1);
            println!("{}: body line {line}: {what}: {}", path.display(), remark.message);
        }
        let shown = reading::text(&rendered.html);
        for raw in RAW.iter().filter(|raw| shown.contains(**raw)) {
            self.raw += 1;
            println!("{}: SHOWN RAW: {raw}", path.display());
        }
        for word in lost_words(body, &shown) {
            self.lost += 1;
            println!("{}: LOST: {word:?}", path.display());
        }
    }
}

/// The posts under the folders: `.md` and `.html` files with front matter.
fn posts(mut folders: Vec<PathBuf>) -> Vec<(PathBuf, Body)> {
    let mut posts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(body) = read(&path) {
                posts.push((path, body));
            }
        }
    }
    posts.sort_by(|a, b| a.0.cmp(&b.0));
    posts
}

fn read(path: &Path) -> Option<Body> {
    let format = match path.extension()?.to_str()? {
        "md" | "markdown" => Format::Markdown,
        "html" => Format::Html,
        _ => return None,
    };
    let file = fs::read_to_string(path).ok()?;
    let (_, source) = file
        .trim_start_matches('\u{FEFF}')
        .strip_prefix("---")?
        .split_once("\n---")?;
    let is_hugo = path.components().any(|part| part.as_os_str() == "content");
    Some(Body {
        source: source.trim_start_matches('-').to_owned(),
        format,
        dialect: if is_hugo {
            Dialect::Goldmark
        } else {
            Dialect::Kramdown
        },
        language: "fr".parse().ok()?,
        base_path: String::new(),
        links: Vec::new(),
        images: Vec::new(),
        typography: true,
        prepared: Vec::new(),
    })
}

/// The words that an HTML parser reads from the source, Markdown made HTML by its parser alone, and rendering does not
/// show; but for those of addresses, attribute lists and tags, which the parser alone shows raw.
fn lost_words(body: &Body, shown: &str) -> Vec<String> {
    let mut html = body.source.clone();
    if body.format == Format::Markdown {
        html.clear();
        let options = pulldown_cmark::Options::ENABLE_TABLES
            | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
            | pulldown_cmark::Options::ENABLE_FOOTNOTES;
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&body.source, options));
    }
    let shown = words(shown);
    let mut lost = words(&reading::text(&html));
    lost.retain(|word, count| shown.get(word).is_none_or(|shown| shown < count));
    let markup = if lost.is_empty() {
        String::new()
    } else {
        markup(body)
    };
    lost.into_keys().filter(|word| !markup.contains(word)).collect()
}

/// How often each word is in a text.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// All addresses, attribute lists and tags of the source.
fn markup(body: &Body) -> String {
    let between = |open: &str, close: char| -> String {
        body.source
            .split(open)
            .skip(1)
            .filter_map(|part| part.split(close).next())
            .collect()
    };
    let addresses: String = destinations(body)
        .into_iter()
        .map(|found| found.destination + " ")
        .collect();
    let tags = if body.format == Format::Markdown {
        between("<", '>')
    } else {
        String::new()
    };
    addresses + &between("{:", '}') + &between("{%", '%') + &tags
}
