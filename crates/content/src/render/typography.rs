//! French typography: the spaces before `: ; ! ? »` and behind `«` do not break.
//!
//! Source of the rule: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Ponctuation": a no-break
//! space (U+00A0) before `:` and `»` and behind `«`, a narrow one (U+202F) before `;`, `!` and `?`. Only the spaces that
//! an author left ordinary are mended; none is put where the author wrote none, as is usual in Canada before `; ! ?`.

use super::html::tree::{Data, Id, Step, Tree};

/// No-break space.
const WIDE: char = '\u{A0}';
/// Narrow no-break space.
const NARROW: char = '\u{202F}';

/// Mends all text of a tree but code.
pub fn french(tree: &mut Tree) {
    let mut code_depth = 0usize;
    let mut texts: Vec<Vec<Id>> = vec![Vec::new()];
    for step in tree.walk() {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        match &tree.node(id).data {
            Data::Text(_) if code_depth == 0 => texts.last_mut().into_iter().for_each(|texts| texts.push(id)),
            Data::Element(element, _) if matches!(element.name, "code" | "pre" | "kbd" | "samp" | "var") => {
                match step {
                    Step::Enter(_) => code_depth += 1,
                    Step::Leave(_) => code_depth -= 1,
                }
                texts.push(Vec::new());
            }
            Data::Element(element, _) if element.is_special() => texts.push(Vec::new()),
            _ => {}
        }
    }
    for line in texts {
        mend_line(tree, &line);
    }
    mend_attributes(tree);
}

/// Mends the texts of a line together: a space and its sign may stand in two elements.
fn mend_line(tree: &mut Tree, ids: &[Id]) {
    for (index, id) in ids.iter().enumerate() {
        let before = index
            .checked_sub(1)
            .and_then(|index| text(tree, ids[index])?.chars().next_back());
        let behind = ids
            .get(index + 1)
            .and_then(|next| text(tree, *next)?.chars().next());
        if let Some(text) = text(tree, *id)
            && let Some(mended) = mend(text, before, behind)
            && let Some(text) = tree.text_mut(*id)
        {
            *text = mended;
        }
    }
}

fn text(tree: &Tree, id: Id) -> Option<&str> {
    match &tree.node(id).data {
        Data::Text(text) => Some(text),
        _ => None,
    }
}

fn mend_attributes(tree: &mut Tree) {
    let elements: Vec<Id> = super::elements(tree).collect();
    for id in elements {
        for name in ["alt", "title"] {
            if let Some(mended) = tree.attribute(id, name).and_then(|value| mend(value, None, None)) {
                tree.set(id, name, mended);
            }
        }
    }
}

/// The text with its spaces mended, between the characters before and behind it; `None` when nothing is to mend.
fn mend(text: &str, before: Option<char>, behind: Option<char>) -> Option<String> {
    if !(text.bytes().any(may_be_sign) || before == Some('«') || behind.is_some_and(|c| ":»;!?".contains(c)))
    {
        return None;
    }
    let mut mended: Option<String> = None;
    let mut previous = before;
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let next = signs.peek().map(|(_, c)| *c).or(behind);
        let space = match (previous, c, next) {
            (_, ' ' | '\n', Some(':' | '»')) | (Some('«'), ' ' | '\n', _) => Some(WIDE),
            (_, ' ' | '\n', Some(';' | '!' | '?')) => Some(NARROW),
            _ => None,
        };
        if let Some(space) = space {
            mended.get_or_insert_with(|| text[..at].to_owned()).push(space);
        } else if let Some(mended) = &mut mended {
            mended.push(c);
        }
        previous = Some(c);
    }
    mended
}

/// Whether a byte is one of a sign that has a space of its own, or begins one: both quotation marks begin with C2.
fn may_be_sign(byte: u8) -> bool {
    matches!(byte, b':' | b';' | b'!' | b'?' | 0xC2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_spaces_are_mended_and_no_other() {
        for (text, mended) in [
            (
                "Voici : « oui » ; non ! quoi ?",
                Some("Voici\u{A0}: «\u{A0}oui\u{A0}»\u{202F}; non\u{202F}! quoi\u{202F}?"),
            ),
            ("fin\n: suite", Some("fin\u{A0}: suite")),
            ("Voici: \"oui\"; non! https://a.b/?c:d", None),
            ("d\u{A0}: «\u{A0}x\u{A0}»", None),
        ] {
            assert_eq!(mend(text, None, None).as_deref(), mended, "{text}");
        }
        assert_eq!(mend(" fin", Some('«'), None).as_deref(), Some("\u{A0}fin"));
        assert_eq!(mend("fin ", None, Some('»')).as_deref(), Some("fin\u{A0}"));
    }
}
