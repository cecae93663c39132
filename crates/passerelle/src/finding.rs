//! What is wrong with a tree of posts, told so that it can be mended: file, line, column, message, cure.

use std::{
    fmt::{self, Write},
    path::Path,
};

use serde::Serialize;

/// One mistake in a publisher's tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The file, as found from the current folder: the content folder as given, then the path in it. A path that is
    /// not UTF-8 stands here as [`shown`] writes it.
    pub path: String,
    /// From 1; `None` when the finding is of the file as a whole (its name, its bytes).
    pub line: Option<u32>,
    /// From 1, counted in characters.
    pub column: Option<u32>,
    /// How much it matters.
    pub severity: Severity,
    /// A stable name of the rule (`translation-dangles`), listed in docs/findings.md.
    pub rule: &'static str,
    /// What is wrong, naming the thing; no final dot.
    pub message: String,
    /// What to do about it; no final dot.
    pub cure: String,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A reader would meet it: `check` and `build` exit 1.
    Error,
    /// No reader would meet it yet.
    Warning,
}

/// A finding without its file: what is told where only the text is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As [`Finding::line`] and [`Finding::column`].
    pub place: Option<(u32, u32)>,
    /// As [`Finding::severity`].
    pub severity: Severity,
    /// As [`Finding::rule`].
    pub rule: &'static str,
    /// As [`Finding::message`].
    pub message: String,
    /// As [`Finding::cure`].
    pub cure: String,
}

/// Every rule, as docs/findings.md lists them.
pub const RULES: &[&str] = &[
    "alias-invalid",
    "alias-taken",
    "body-converted",
    "body-dropped",
    "body-unknown",
    "config-invalid",
    "config-key",
    "config-language",
    "config-unreadable",
    "date-invalid",
    "date-missing",
    "file-not-utf8",
    "file-unreadable",
    "front-matter-duplicate",
    "front-matter-invalid",
    "front-matter-json",
    "front-matter-late",
    "front-matter-missing",
    "front-matter-open",
    "front-matter-toml",
    "front-matter-truth",
    "image-missing",
    "image-text-missing",
    "language-differs",
    "language-invalid",
    "language-missing",
    "link-dangles",
    "link-leaves-tree",
    "link-loops",
    "link-shared",
    "name-entity",
    "name-not-utf8",
    "no-posts",
    "origin-unknown",
    "permalink-invalid",
    "permalink-reserved",
    "permalink-twice",
    "title-missing",
    "translation-conflict",
    "translation-dangles",
    "translation-disagrees",
    "translation-key-near",
    "translation-key-shared",
    "translation-same-language",
];

impl Problem {
    /// A problem that a reader would meet. `rule` is one of [`RULES`].
    pub fn error(rule: &'static str, message: impl Into<String>, cure: impl Into<String>) -> Self {
        debug_assert!(RULES.contains(&rule), "{rule} is not among the rules");
        Problem {
            place: None,
            severity: Severity::Error,
            rule,
            message: message.into(),
            cure: cure.into(),
        }
    }

    /// A problem that no reader meets yet.
    pub fn warning(rule: &'static str, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Problem {
            severity: Severity::Warning,
            ..Problem::error(rule, message, cure)
        }
    }

    /// The same at a line and a column, both from 1.
    pub fn at(self, line: u32, column: u32) -> Self {
        Problem {
            place: Some((line, column)),
            ..self
        }
    }

    /// The finding of this problem in the file at `path`.
    pub fn in_file(self, path: &Path) -> Finding {
        Finding {
            path: shown(path),
            line: self.place.map(|(line, _)| line),
            column: self.place.map(|(_, column)| column),
            severity: self.severity,
            rule: self.rule,
            message: self.message,
            cure: self.cure,
        }
    }
}

impl fmt::Display for Finding {
    /// `path:line:column: message; cure`, on one line whatever stands in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&copyable(&self.path))?;
        if let Some(line) = self.line {
            write!(f, ":{line}:{}", self.column.unwrap_or(1))?;
        }
        write!(f, ": {}; {}", escaped(&self.message), escaped(&self.cure))
    }
}

/// A path as text. UTF-8 is taken as it is; a path that is not UTF-8 is quoted as bash and zsh read it back,
/// `$'caf\xe9.md'`.
pub fn shown(path: &Path) -> String {
    match path.to_str() {
        Some(path) => path.to_owned(),
        None => quoted(path.as_os_str().as_encoded_bytes()),
    }
}

/// A path for a terminal: as it is where it can be copied back, else quoted as [`shown`] does.
fn copyable(path: &str) -> String {
    if path.chars().any(is_invisible) && !path.starts_with("$'") {
        quoted(path.as_bytes())
    } else {
        path.to_owned()
    }
}

/// ANSI-C quoting of the shells, `$'…'`: whatever is not printable is a `\x` escape.
fn quoted(bytes: &[u8]) -> String {
    let mut text = String::from("$'");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\'' | '\\' => text.extend(['\\', c]),
                _ if is_invisible(c) => {
                    let mut buffer = [0; 4];
                    hex(&mut text, c.encode_utf8(&mut buffer).as_bytes());
                }
                _ => text.push(c),
            }
        }
        hex(&mut text, chunk.invalid());
    }
    text.push('\'');
    text
}

fn hex(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\x{byte:02x}");
    }
}

/// Text on one line: what a terminal would act upon is written as Rust escapes it.
fn escaped(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut text, c| {
            if is_invisible(c) {
                text.extend(c.escape_default());
            } else {
                text.push(c);
            }
            text
        })
}

/// Control characters, and those that reorder or hide the text around them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(path: &str, problem: Problem) -> String {
        problem.in_file(Path::new(path)).to_string()
    }

    #[test]
    fn a_finding_is_one_line_with_its_place_and_cure() {
        let problem = Problem::error("date-missing", "no date", "add one");
        assert_eq!(
            printed("posts/a b.md", problem.clone()),
            "posts/a b.md: no date; add one"
        );
        assert_eq!(
            printed("posts/é.md", problem.at(3, 7)),
            "posts/é.md:3:7: no date; add one"
        );
        assert_eq!(
            printed(
                "a.md",
                Problem::warning("config-key", "key \"a\nb\"", "c\u{1b}[1m")
            ),
            "a.md: key \"a\\nb\"; c\\u{1b}[1m"
        );
    }

    #[test]
    fn every_rule_is_documented_and_every_documented_rule_is_one() {
        let page = include_str!("../../../docs/findings.md");
        let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
        let mut documented: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
        documented.sort_unstable();
        assert_eq!(documented, RULES);
    }

    #[test]
    fn a_path_can_be_copied_back_into_a_shell() {
        let problem = Problem::error("no-posts", "m", "c");
        assert_eq!(printed("l'a\nb.md", problem.clone()), r"$'l\'a\x0ab.md': m; c");
        assert_eq!(printed("a\u{202e}b.md", problem), r"$'a\xe2\x80\xaeb.md': m; c");
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf8_keeps_its_bytes() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
        let path = Path::new(OsStr::from_bytes(b"caf\xe9.md"));
        assert_eq!(shown(path), r"$'caf\xe9.md'");
        assert_eq!(
            Problem::error("no-posts", "m", "c").in_file(path).to_string(),
            r"$'caf\xe9.md': m; c"
        );
    }
}
