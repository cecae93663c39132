//! The style sheets of src/style joined into target/style.css, which the shell links.
//!
//! Trunk follows no `@import`, and a link for each sheet would be a request for each before anything is painted.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::project::Project;

/// The sheets, the one that declares the order of the layers first; the others could stand in any order.
const SHEETS: [&str; 13] = [
    "layers",
    "tokens",
    "reset",
    "base",
    "layout",
    "header",
    "list",
    "post",
    "states",
    "body",
    "code",
    "utilities",
    "print",
];

/// Joins the sheets, without comments and indentation.
///
/// # Errors
/// When a sheet cannot be read, is not listed here, or the result cannot be written.
pub fn run(project: &Project) -> Result<()> {
    let folder = project.path("src/style");
    let count = fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .count();
    ensure!(
        count == SHEETS.len(),
        "src/style has {count} files, and the list in crates/xtask/src/tasks/style.rs {}; list every sheet there",
        SHEETS.len()
    );
    let mut joined = String::new();
    for sheet in SHEETS {
        let path = folder.join(sheet).with_extension("css");
        let css = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        joined.push_str(&compact(&css));
    }
    let target = project.path("target/style.css");
    fs::write(&target, joined).with_context(|| target.display().to_string())
}

/// A sheet without comments, indentation and empty lines. No string of ours holds `/*`.
fn compact(css: &str) -> String {
    let mut kept = String::new();
    let mut rest = css;
    while let Some((before, behind)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::compact;

    const TOKENS: &str = include_str!("../../../../src/style/tokens.css");

    /// What stands on what, and the contrast that WCAG 2.2 asks: 4.5 of text (1.4.3), 3 of edges and focus (1.4.11).
    const PAIRS: &[(&str, &str, f64)] = &[
        ("ink", "paper", 4.5),
        ("ink", "surface", 4.5),
        ("ink", "mark", 4.5),
        ("ink-soft", "paper", 4.5),
        ("ink-soft", "surface", 4.5),
        ("link", "paper", 4.5),
        ("link", "surface", 4.5),
        ("link", "mark", 4.5),
        ("link-visited", "paper", 4.5),
        ("link-visited", "surface", 4.5),
        ("on-ink", "ink", 4.5),
        ("on-picture", "picture", 4.5),
        ("accent", "paper", 4.5),
        ("accent", "surface", 3.0),
        ("edge", "paper", 3.0),
        ("edge", "surface", 3.0),
        ("focus", "paper", 3.0),
        ("focus", "surface", 3.0),
        ("focus", "focus-ring", 3.0),
        ("code-keyword", "surface", 4.5),
        ("code-string", "surface", 4.5),
        ("code-number", "surface", 4.5),
        ("code-comment", "surface", 4.5),
        ("code-name", "surface", 4.5),
        ("code-type", "surface", 4.5),
        ("code-attribute", "surface", 4.5),
        ("code-inserted", "code-inserted-surface", 4.5),
        ("code-deleted", "code-deleted-surface", 4.5),
    ];

    #[test]
    fn comments_and_indentation_are_left_out() {
        assert_eq!(
            compact("/* a */\np {\n  color: red; /* b\n c */\n\n}\n"),
            "p {\ncolor: red;\n}\n"
        );
    }

    #[test]
    fn every_pair_of_colours_has_the_contrast_that_is_asked_in_both_themes() {
        let (light, dark) = TOKENS.split_once("prefers-color-scheme: dark").unwrap();
        let light = colours(light);
        // What the dark theme does not say again is as in the light one.
        let dark = light.clone().into_iter().chain(colours(dark)).collect();
        for (theme, colours) in [("light", &light), ("dark", &dark)] {
            for &(front, back, asked) in PAIRS {
                let found = contrast(colours[front], colours[back]);
                assert!(
                    found >= asked,
                    "{theme}: --{front} on --{back} has {found:.2}, not {asked}"
                );
            }
        }
    }

    #[test]
    fn black_on_white_has_the_contrast_that_the_standard_says() {
        assert!((contrast(luminance("000"), luminance("fff")) - 21.0).abs() < 1e-9);
    }

    /// The luminance of every colour token.
    fn colours(css: &str) -> BTreeMap<&str, f64> {
        let declarations = css
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
        declarations
            .map(|(name, value)| (name, luminance(value.trim_end_matches(';'))))
            .collect()
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(hex: &str) -> f64 {
        let wide = hex.len() == 6;
        let channel = |index: usize| {
            let digits = if wide {
                &hex[2 * index..2 * index + 2]
            } else {
                &hex[index..=index].repeat(2)
            };
            let value = f64::from(u8::from_str_radix(digits, 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>
    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}
