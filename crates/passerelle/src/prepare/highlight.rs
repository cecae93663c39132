//! Code as spans with a token class, by the grammars of Sublime Text and bat.

use std::sync::LazyLock;

use maud::html;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Beginnings of TextMate scopes with the token class that they become, the more particular first. A token takes the
/// class of its innermost scope that is listed.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "hl-comment"),
        ("punctuation.definition.comment", "hl-comment"),
        ("markup.inserted", "hl-inserted"),
        ("markup.deleted", "hl-deleted"),
        ("markup.heading", "hl-heading"),
        ("constant.numeric", "hl-number"),
        ("constant.character", "hl-string"),
        ("constant", "hl-constant"),
        ("string", "hl-string"),
        ("punctuation.definition.string", "hl-string"),
        ("entity.name.function", "hl-function"),
        ("support.function", "hl-function"),
        ("variable.function", "hl-function"),
        ("entity.name.tag", "hl-tag"),
        ("entity.other.attribute-name", "hl-attribute"),
        ("meta.mapping.key", "hl-property"),
        ("support.type.property-name", "hl-property"),
        ("entity.name", "hl-type"),
        ("support.type", "hl-type"),
        ("support.class", "hl-type"),
        ("storage", "hl-keyword"),
        ("keyword.operator", "hl-operator"),
        ("keyword", "hl-keyword"),
        ("variable.language", "hl-keyword"),
        ("variable.parameter", "hl-variable"),
        ("variable.other", "hl-variable"),
        ("punctuation", "hl-punctuation"),
    ]
    .into_iter()
    .filter_map(|(scope, class)| Scope::new(scope).ok().map(|scope| (scope, class)))
    .collect()
});

/// `source` as escaped text with `<span class="…">` round its tokens, or `None` for a language without a grammar.
pub fn spans(language: &str, source: &str) -> Option<String> {
    let syntax = SYNTAXES.find_syntax_by_token(grammar(language))?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut tokens = Tokens::default();
    for line in source.split_inclusive('\n') {
        // A grammar that fails on a line is the grammar's fault: the block stays plain.
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, operation) in operations {
            tokens.push(line.get(from..at)?, class_of(&stack));
            stack.apply(&operation).ok()?;
            from = at;
        }
        tokens.push(line.get(from..)?, class_of(&stack));
    }
    Some(tokens.finish())
}

/// The name under which the grammars know `language`. That of TypeScript's JSX reads JavaScript's too.
fn grammar(language: &str) -> &str {
    match language {
        "jsx" => "tsx",
        _ => language,
    }
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack.scopes.iter().rev().find_map(|scope| {
        CLASSES
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope))
            .map(|(_, class)| *class)
    })
}

/// Text and its classes, with neighbours of one class joined.
#[derive(Default)]
struct Tokens {
    html: String,
    text: String,
    class: Option<&'static str>,
}

impl Tokens {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        if class != self.class {
            self.flush();
            self.class = class;
        }
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let markup = match self.class {
            Some(class) if !text.is_empty() => html! { span class=(class) { (text) } },
            _ => html! { (text) },
        };
        self.html.push_str(&markup.0);
    }

    fn finish(mut self) -> String {
        self.flush();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_by_class() {
        assert_eq!(
            spans("rust", "let x = \"<a>\"; // hi\n").as_deref(),
            Some(concat!(
                r#"<span class="hl-keyword">let</span> x <span class="hl-operator">=</span> "#,
                r#"<span class="hl-string">&quot;&lt;a&gt;&quot;</span>"#,
                r#"<span class="hl-punctuation">;</span> "#,
                "<span class=\"hl-comment\">// hi\n</span>",
            ))
        );
    }

    #[test]
    fn the_languages_that_blogs_use_have_a_grammar() {
        for language in [
            "bash",
            "c",
            "css",
            "diff",
            "dockerfile",
            "go",
            "graphql",
            "hcl",
            "html",
            "java",
            "javascript",
            "js",
            "json",
            "jsx",
            "kotlin",
            "markdown",
            "php",
            "python",
            "ruby",
            "rust",
            "sh",
            "sql",
            "swift",
            "toml",
            "ts",
            "tsx",
            "typescript",
            "xml",
            "yaml",
        ] {
            assert!(spans(language, "x").is_some(), "{language}");
        }
        assert_eq!(spans("no-such-language", "x"), None);
    }

    #[test]
    fn no_text_is_lost() {
        let source = "<p class=\"a\">é &amp; “x”</p>\n\n  <!-- y -->";
        let html = spans("html", source).unwrap();
        let text: String = html
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
            .collect();
        assert_eq!(
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replace("&quot;", "\""),
            source
        );
    }
}
