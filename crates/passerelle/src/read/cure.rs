//! What cures YAML that cannot be read. The parser tells where it stumbled, which is often behind the mistake, so the mistakes
//! that people make are undone one by one, and what makes the text readable is the cure: no cure is told untried.

use super::yaml::{self, Invalid, Value};
use crate::finding::Problem;

/// A line with a mistake, and how it is mended.
struct Cure {
    /// Of the line with the mistake, from 1.
    line: u32,
    /// From 1, in characters.
    column: u32,
    /// What to do.
    told: String,
}

/// A line without a mistake that may have been made in it.
struct Mended {
    /// Where the mistake stands in the line, in characters.
    column: usize,
    line: String,
    told: String,
}

/// The problem that `text` stopped with `error`, of `rule`; `what` says what is wrong before the parser does.
pub fn problem(rule: &'static str, what: &str, text: &str, error: &Invalid) -> Problem {
    let message = match error.message.as_str() {
        // The parser says so whatever the quotes are.
        "invalid trailing content after double-quoted scalar" => "something stands behind a quoted value",
        message => message,
    };
    let cure = find(text, error).unwrap_or_else(|| Cure {
        line: error.line,
        column: error.column,
        told: likely(message).to_owned(),
    });
    Problem::error(rule, format!("{what}: {message}"), cure.told).at(cure.line, cure.column)
}

/// What helps most often with what the parser says, where no cure was found that is sure to help.
fn likely(message: &str) -> &'static str {
    if message.contains("unprintable") {
        "delete it, or write the value anew: such a character comes in by copying and is not seen"
    } else if message.contains("quoted scalar") {
        "close the quotes, and write a quotation mark inside double quotes as \\\""
    } else {
        "put a value that holds a colon, a quotation mark, `#`, `&`, `*`, `[` or `{` in quotes"
    }
}

/// What makes `text` readable at least beyond the place where it stopped with `error`.
fn find(text: &str, error: &Invalid) -> Option<Cure> {
    let lines: Vec<&str> = text.lines().collect();
    let at = (error.line as usize)
        .checked_sub(1)?
        .min(lines.len().checked_sub(1)?);
    let before = (0..at).rev().find(|line| !lines[*line].trim().is_empty());
    let nearest = [before, Some(at)].into_iter().flatten();
    let of = |mend: fn(&str) -> Option<Mended>, line: usize| Some((line, mend(lines[line])?));
    // The surest first: quotes make many a line readable that lacks a space or a bracket.
    let mut tries = [spaced, bracketed, untabbed, quoted, moved_out, key_less]
        .into_iter()
        .flat_map(|mend| nearest.clone().filter_map(move |line| of(mend, line)));
    let (line, mended) = tries.find(|(line, mended)| {
        let mut lines = lines.clone();
        lines[*line] = &mended.line;
        match yaml::parse(&lines.join("\n")) {
            Ok(root) => matches!(root.value, Value::Mapping(_)),
            Err(after) => after.line > error.line,
        }
    })?;
    let (line, column) = if line == at {
        (error.line, error.column)
    } else {
        (
            u32::try_from(line).ok()? + 1,
            u32::try_from(mended.column).ok()? + 1,
        )
    };
    Some(Cure {
        line,
        column,
        told: mended.told,
    })
}

/// The key of a line and all that stands behind its colon.
fn key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (!key.is_empty() && key.chars().all(is_key)).then_some((key, value))
}

/// `title:One`: without a space behind the colon it is no key.
fn spaced(line: &str) -> Option<Mended> {
    let (key, value) = key(line)?;
    let first = value.chars().next()?;
    // A no-break space, as French typography has it before a colon, is none to YAML.
    if matches!(first, ' ' | '\t') {
        return None;
    }
    let line = format!("{key}: {}", value.trim());
    Some(Mended {
        column: key.chars().count() + 1,
        told: format!("put a plain space behind the colon: {line}"),
        line,
    })
}

/// `tags: [a, b`: a list that is not closed, or closed twice.
fn bracketed(line: &str) -> Option<Mended> {
    let (key, value) = key(line)?;
    let value = value.trim();
    let (open, close) = [('[', ']'), ('{', '}')]
        .into_iter()
        .find(|(open, _)| value.starts_with(*open))?;
    let lacks = value.matches(open).count() > value.matches(close).count();
    let (what, value) = if lacks {
        ("close the bracket", format!("{value}{close}"))
    } else {
        (
            "take the last bracket away",
            value.strip_suffix(close)?.to_owned(),
        )
    };
    let column = line.chars().count();
    let line = format!("{key}: {value}");
    Some(Mended {
        column,
        told: format!("{what}: {line}"),
        line,
    })
}

/// A value with signs that YAML takes for its own, or that is quoted wrongly.
fn quoted(line: &str) -> Option<Mended> {
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    let inside = unquoted(value);
    let value = if !inside.contains(['"', '\\']) {
        format!("\"{inside}\"")
    } else if !inside.contains('\'') {
        format!("'{inside}'")
    } else {
        format!("\"{}\"", inside.replace('\\', "\\\\").replace('"', "\\\""))
    };
    let line = format!("{}: {value}", key.trim_end());
    Some(Mended {
        column: key.chars().count() + 2,
        told: format!("put the value in quotes: {}", line.trim_start()),
        line,
    })
}

/// A value without its quotation marks, or without the one that is never closed.
fn unquoted(value: &str) -> &str {
    let inside = ['"', '\''].iter().find_map(|quote| {
        let rest = value.strip_prefix(*quote)?;
        rest.strip_suffix(*quote)
            .or_else(|| (!rest.contains(*quote)).then_some(rest))
    });
    inside.unwrap_or(value)
}

/// Tabs indent nothing in YAML.
fn untabbed(line: &str) -> Option<Mended> {
    line.contains('\t').then(|| Mended {
        column: 0,
        line: line.replace('\t', "  "),
        told: "indent with spaces instead of tabs".to_owned(),
    })
}

/// A key that is indented, or marked as an item of a list, with no key above that it belongs to.
fn moved_out(line: &str) -> Option<Mended> {
    let inner = line.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
    let (key, _) = key(inner).filter(|_| inner != line)?;
    Some(Mended {
        column: 0,
        told: format!("begin the line with `{key}:`, or put the value in quotes whose text it is"),
        line: inner.to_owned(),
    })
}

/// A line that has no key.
fn key_less(line: &str) -> Option<Mended> {
    (!line.contains(':')).then(|| Mended {
        column: 0,
        line: String::new(),
        told: "write the line as `key: value`".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn told(text: &str, place: (u32, u32), cure: &str) {
        let error = yaml::parse(text).unwrap_err();
        let found = find(text, &error).unwrap();
        assert_eq!(
            (found.told.as_str(), (found.line, found.column)),
            (cure, place),
            "{text}"
        );
    }

    #[test]
    fn a_mistake_is_told_where_it_was_made() {
        let next = "\ndate: 2021-02-04";
        for (line, place, cure) in [
            (
                "title:Le bac",
                (1, 7),
                "put a plain space behind the colon: title: Le bac",
            ),
            (
                "title:\u{a0}Le bac",
                (1, 7),
                "put a plain space behind the colon: title: Le bac",
            ),
            ("title Le bac", (1, 1), "write the line as `key: value`"),
            ("tags: [a, b", (1, 12), "close the bracket: tags: [a, b]"),
            (
                "tags: [a, b]]",
                (1, 13),
                "take the last bracket away: tags: [a, b]",
            ),
            (
                " title: Le bac",
                (1, 1),
                "begin the line with `title:`, or put the value in quotes whose text it is",
            ),
            (
                "- title: Le bac",
                (1, 1),
                "begin the line with `title:`, or put the value in quotes whose text it is",
            ),
        ] {
            told(&format!("{line}{next}"), place, cure);
        }
    }

    #[test]
    fn a_value_is_quoted_so_that_it_is_read_as_it_was_meant() {
        for (line, column, quoted) in [
            ("title: one: two", 11, r#"title: "one: two""#),
            ("title: 'L'horaire'", 11, r#"title: "L'horaire""#),
            (r#"title: "Il dit "oui" ici""#, 17, r#"title: 'Il dit "oui" ici'"#),
            (r#"title: "C:\path""#, 8, r"title: 'C:\path'"),
            (r#"title: "a" b"#, 12, r#"title: '"a" b'"#),
            ("title: @home", 8, r#"title: "@home""#),
            ("title: \"open", 8, r#"title: "open""#),
            (r#"title: "L'un: "l'autre"""#, 16, r#"title: "L'un: \"l'autre\"""#),
        ] {
            let text = format!("lang: fr\n{line}\ndate: 2021-02-04");
            told(&text, (2, column), &format!("put the value in quotes: {quoted}"));
        }
    }

    #[test]
    fn an_indented_key_belongs_to_nothing() {
        told(
            "title: Le bac\n  description: x",
            (2, 14),
            "begin the line with `description:`, or put the value in quotes whose text it is",
        );
    }

    #[test]
    fn what_no_cure_makes_readable_has_none() {
        let text = "? [a\n? {b";
        assert!(find(text, &yaml::parse(text).unwrap_err()).is_none());
    }
}
