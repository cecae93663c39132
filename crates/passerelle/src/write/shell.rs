//! The reader's shell: one HTML page with five places that each page of a site fills.

use content::language::Language;
use maud::{PreEscaped, html};

use super::policy::Policy;

/// What stands in the bundled shell where a page differs, in the order in which it stands there. The policy comes behind the
/// style sheet, which is the reader's own and has its integrity: browsers look no further ahead for what to fetch until they
/// have read a policy. It comes before all that a post has a part in but the title, which is text.
const PLACES: [&str; 5] = [
    r#"<html lang="en" dir="ltr" data-base="/">"#,
    "<title>Passerelle</title>",
    "<!--passerelle:policy-->",
    "<!--passerelle:head-->",
    "<!--passerelle:body-->",
];

/// How the bundle writes the URL of one of its files, and what comes behind the base path instead.
const ASSETS: &str = "\"/assets/";

/// The shell, cut at its places: page after page is poured without looking for them again, so that nothing in a post
/// can pass for a place.
#[derive(Clone, Debug)]
pub struct Shell {
    between: Vec<String>,
    base_path: String,
}

/// The bundled reader does not fit this command.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the reader's shell (index.html) must have `{0}` once, in its usual order; bundle the reader of the same version with `cargo xtask dist`"
)]
pub struct ForeignShell(&'static str);

/// What a page puts into the shell.
#[derive(Debug)]
pub struct Page {
    /// The language of the page.
    pub language: Language,
    /// The document's title, plain text.
    pub title: String,
    /// Elements of the head.
    pub head: PreEscaped<String>,
    /// What is read before, or without, the app.
    pub body: PreEscaped<String>,
}

impl Page {
    /// The same page with its body in something.
    pub fn map_body(self, change: impl FnOnce(PreEscaped<String>) -> PreEscaped<String>) -> Page {
        Page {
            body: change(self.body),
            ..self
        }
    }
}

impl Shell {
    /// Reads the shell of a bundled reader, for a site under `base_path`.
    ///
    /// # Errors
    /// When a place is missing, is there twice, or stands in another order.
    pub fn read(html: &str, base_path: &str) -> Result<Shell, ForeignShell> {
        let mut between = Vec::new();
        let mut rest = html;
        for place in PLACES {
            let (before, after) = rest.split_once(place).ok_or(ForeignShell(place))?;
            if html.matches(place).count() != 1 {
                return Err(ForeignShell(place));
            }
            between.push(before);
            rest = after;
        }
        between.push(rest);
        let under_base = format!("\"{base_path}assets/");
        Ok(Shell {
            between: between
                .into_iter()
                .map(|text| text.replace(ASSETS, &under_base))
                .collect(),
            base_path: base_path.to_owned(),
        })
    }

    /// A whole page, which does what `policy` lets it.
    pub fn pour(&self, page: &Page, policy: &Policy) -> String {
        // maud closes what it opens, and the shell closes the root itself.
        let root = html! {
            html lang=(page.language) dir=(page.language.direction().as_str()) data-base=(self.base_path) {}
        };
        let root = root.0.trim_end_matches("</html>").to_owned();
        let title = html! { title { (page.title) } };
        let fillings = [
            root,
            title.0,
            policy.element().0,
            page.head.0.clone(),
            page.body.0.clone(),
            String::new(),
        ];
        self.between
            .iter()
            .zip(&fillings)
            .flat_map(|(text, filling)| [text.as_str(), filling])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SHELL: &str = concat!(
        r#"<!doctype html><html lang="en" dir="ltr" data-base="/"><head><title>Passerelle</title>"#,
        r#"<link href="/assets/a.css"><!--passerelle:policy--><!--passerelle:head--></head><body><!--passerelle:body--><div id="app"></div>"#
    );

    fn page(language: &str, title: &str, body: &str) -> Page {
        Page {
            language: language.parse().unwrap(),
            title: title.to_owned(),
            head: html! { meta name="a"; },
            body: PreEscaped(body.to_owned()),
        }
    }

    fn poured(shell: &Shell, page: &Page) -> String {
        let policy = Policy::new(&BTreeSet::new());
        shell.pour(page, &policy).replace(&policy.element().0, "[policy]")
    }

    #[test]
    fn a_page_fills_every_place_and_stands_under_the_base_path() {
        let shell = Shell::read(SHELL, "/blog/").unwrap();
        assert_eq!(
            poured(&shell, &page("ar", "a < b", "<p>c</p>")),
            concat!(
                r#"<!doctype html><html lang="ar" dir="rtl" data-base="/blog/"><head><title>a &lt; b</title>"#,
                r#"<link href="/blog/assets/a.css">[policy]<meta name="a"></head><body><p>c</p><div id="app"></div>"#
            )
        );
    }

    #[test]
    fn nothing_in_a_post_passes_for_a_place() {
        let shell = Shell::read(SHELL, "/").unwrap();
        let html = poured(
            &shell,
            &page("en", "<!--passerelle:body-->", "<!--passerelle:head-->"),
        );
        assert!(
            html.contains("<title>&lt;!--passerelle:body--&gt;</title>"),
            "{html}"
        );
        assert!(html.contains("<body><!--passerelle:head--><div"), "{html}");
    }

    #[test]
    fn a_shell_without_a_place_is_refused_by_name() {
        let without = SHELL.replace("<!--passerelle:head-->", "");
        assert_eq!(
            Shell::read(&without, "/").unwrap_err(),
            ForeignShell("<!--passerelle:head-->")
        );
        let twice = SHELL.replace("<div", "<title>Passerelle</title><div");
        assert_eq!(
            Shell::read(&twice, "/").unwrap_err(),
            ForeignShell("<title>Passerelle</title>")
        );
    }
}
