//! What WCAG 2.2 asks of a page and a script can measure. Each check gives what is wrong, one line each; nothing when
//! all is well.

use anyhow::{Result, ensure};

use crate::pages::Reader;

/// A check: the rule, and a script that returns a list of complaints.
struct Check {
    rule: &'static str,
    script: &'static str,
}

/// Shared by the scripts.
const HELPERS: &str = r#"
    const shown = element => element.checkVisibility({ visibilityProperty: true })
        && !element.closest("[aria-hidden=true], [inert]");
    const all = selector => [...document.querySelectorAll(selector)].filter(shown);
    const told = element => element.outerHTML.slice(0, 120);
"#;

const STRUCTURE: &[Check] = &[
    Check {
        rule: "2.4.6 there is one h1",
        script: r#"const found = all("h1"); return found.length === 1 ? [] : [`there are ${found.length}`];"#,
    },
    Check {
        rule: "1.3.1 heading levels do not jump in the main part",
        script: r#"
            let before = 0;
            return all("main :is(h1, h2, h3, h4, h5, h6)").flatMap(heading => {
                const level = Number(heading.localName[1]);
                const jumps = level > before + 1;
                before = level;
                return jumps ? [told(heading)] : [];
            });
        "#,
    },
    Check {
        rule: "1.3.1 header, main and footer are there once each",
        script: r#"
            return ["header", "main", "footer"].flatMap(name => {
                const found = all(name).filter(element => name === "main"
                    || !element.parentElement.closest("main, article, section, aside, nav"));
                return found.length === 1 ? [] : [`${name}: ${found.length}`];
            });
        "#,
    },
    Check {
        rule: "2.4.1 places of navigation have names of their own",
        script: r#"
            const name = nav => nav.getAttribute("aria-label")
                ?? document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent.trim();
            const names = all("nav").map(name);
            return names.filter((name, at) => !name || names.indexOf(name) !== at).map(String);
        "#,
    },
    Check {
        rule: "1.1.1 every image has an alt attribute",
        script: r#"return all("img:not([alt])").map(told);"#,
    },
    Check {
        rule: "4.1.2 links and buttons have names",
        script: r#"
            return all("a[href], button").filter(element => element.textContent.trim() === ""
                && !element.getAttribute("aria-label") && !element.querySelector("img[alt]:not([alt=''])")).map(told);
        "#,
    },
    Check {
        rule: "ids are unique",
        script: r#"
            const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
            return ids.filter((id, at) => ids.indexOf(id) !== at);
        "#,
    },
    Check {
        rule: "aria references lead somewhere",
        script: r#"
            return ["aria-labelledby", "aria-describedby", "aria-controls"].flatMap(attribute =>
                all(`[${attribute}]`).filter(element => element.getAttribute(attribute).split(/\s+/)
                    .some(id => !document.getElementById(id))).map(told));
        "#,
    },
    Check {
        rule: "2.5.8 targets are at least 24 by 24 CSS pixels, but for links within a sentence",
        script: r#"
            const inSentence = element => getComputedStyle(element).display === "inline"
                && element.parentElement.closest("p, li, td, th, dd, blockquote, figcaption")?.textContent.trim()
                    !== element.textContent.trim();
            const small = element => {
                const { width, height } = element.getBoundingClientRect();
                return width < 24 || height < 24;
            };
            return all("a[href], button, summary, input, select").filter(element =>
                !element.disabled && !element.matches(".skip-link") && small(element) && !inSentence(element)).map(element => {
                    const { width, height } = element.getBoundingClientRect();
                    return `${width} by ${height}: ${told(element)}`;
                });
        "#,
    },
    Check {
        rule: "2.1.1 what scrolls sideways can be reached by keyboard, and has a name unless it is code or a formula",
        script: r#"
            return all("main *").filter(element => element.scrollWidth > element.clientWidth + 1
                && ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
                && (element.tabIndex < 0 || !element.matches("pre, :has(> math)") && !element.getAttribute("aria-label")))
                .map(told);
        "#,
    },
];

const REFLOW: Check = Check {
    rule: "1.4.10 no sideways scrolling",
    script: r#"
        const wide = document.documentElement.clientWidth;
        if (document.scrollingElement.scrollWidth <= wide) return [];
        const culprits = all("body *").filter(element => element.getBoundingClientRect().right > wide + 1);
        return [`the page is ${document.scrollingElement.scrollWidth} wide in ${wide}`, ...culprits.slice(0, 5).map(told)];
    "#,
};

/// Holds the checks of structure over the page as it is now.
///
/// # Errors
/// When one finds something; with all of them.
pub async fn structure(reader: &Reader, page: &str) -> Result<()> {
    let mut complaints = Vec::new();
    for check in STRUCTURE {
        complaints.extend(run(reader, check).await?);
    }
    ensure!(complaints.is_empty(), "{page}:\n{}", complaints.join("\n"));
    Ok(())
}

/// Holds that the page as it is now does not scroll sideways.
///
/// # Errors
/// When it does; with the elements that stand out.
pub async fn reflow(reader: &Reader, page: &str) -> Result<()> {
    let complaints = run(reader, &REFLOW).await?;
    ensure!(complaints.is_empty(), "{page}:\n{}", complaints.join("\n"));
    Ok(())
}

/// Sets the text of the page as a person with a style sheet of their own may: `scale` times as large, and with the
/// spacing of WCAG 1.4.12.
///
/// # Errors
/// When the driver fails.
pub async fn set_text(reader: &Reader, scale: f64) -> Result<()> {
    let script = r#"
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`
            html { font-size: ${arguments[0] * 100}% !important }
            * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
            p { margin-block-end: 2em !important }`);
        document.adoptedStyleSheets = [sheet];
    "#;
    reader.script(script, vec![scale.into()]).await.map(drop)
}

async fn run(reader: &Reader, check: &Check) -> Result<Vec<String>> {
    let script = format!("{HELPERS}{}", check.script);
    let complaints: Vec<String> = reader.session.execute(script, Vec::new()).await?.convert()?;
    Ok(complaints
        .into_iter()
        .map(|complaint| format!("{}: {complaint}", check.rule))
        .collect())
}
