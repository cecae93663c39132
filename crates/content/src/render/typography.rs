//! French typography: the spaces before `: ; ! ? »` and behind `«` do not break.
//!
//! Source of the rule: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Ponctuation": a no-break
//! space (U+00A0) before `:` and `»` and behind `«`, a narrow one (U+202F) before `;`, `!` and `?`. Only the spaces that
//! an author left ordinary are mended; none is put where the author wrote none, as is usual in Canada before `; ! ?`.

use super::html::{
    attribute::Name,
    element::Element,
    signs,
    tree::{Data, Id, ROOT, Step, Text, Tree},
};

/// No-break space.
const WIDE: char = '\u{A0}';
/// Narrow no-break space.
const NARROW: char = '\u{202F}';

/// Mends all text of a tree but code.
pub fn french(tree: &mut Tree) {
    let mut code_depth = 0usize;
    let mut line: Vec<Id> = Vec::new();
    let mut step = Step::Enter(ROOT);
    while let Some(next) = tree.step(step) {
        step = next;
        let (Step::Enter(id) | Step::Leave(id)) = step;
        let Some(element) = tree.element(id) else {
            if code_depth == 0 {
                line.push(id);
            }
            continue;
        };
        let is_code = is_code(element);
        if is_code || element.is_special() {
            mend_line(tree, &mut line);
        }
        match step {
            Step::Enter(_) => {
                code_depth += usize::from(is_code);
                mend_attributes(tree, id);
            }
            Step::Leave(_) => code_depth -= usize::from(is_code),
        }
    }
    mend_line(tree, &mut line);
}

fn is_code(element: Element) -> bool {
    matches!(
        element,
        Element::Code | Element::Pre | Element::Kbd | Element::Samp | Element::Var
    )
}

/// Mends the texts of a line together, and ends it: a space and its sign may stand in two elements.
fn mend_line(tree: &mut Tree, line: &mut Vec<Id>) {
    let mut before = None;
    for (index, id) in line.iter().enumerate() {
        let behind = line
            .get(index + 1)
            .and_then(|next| text(tree, *next)?.1.chars().next());
        let Some((known, words)) = text(tree, *id) else {
            continue;
        };
        let last = words.chars().next_back();
        let has_signs = known.signs & signs::SPACED != 0;
        if (has_signs || before == Some('«') || behind.and_then(space_before).is_some())
            && let Some(mended) = mend(words, before, behind)
        {
            let signs = known.signs;
            let text = tree.new_text(&mended, signs);
            tree.replace(*id, Data::Text(text));
        }
        before = last;
    }
    line.clear();
}

fn text(tree: &Tree, id: Id) -> Option<(&Text, &str)> {
    match &tree.node(id).data {
        Data::Text(text) => Some((text, tree.text(text))),
        _ => None,
    }
}

fn mend_attributes(tree: &mut Tree, id: Id) {
    for name in [Name::Alt, Name::Title] {
        if let Some(mended) = tree.attribute(id, name).and_then(|value| mend(value, None, None)) {
            tree.set(id, name, mended);
        }
    }
}

/// The text with its spaces mended, between the characters before and behind it; `None` when nothing is to mend.
fn mend(text: &str, before: Option<char>, behind: Option<char>) -> Option<String> {
    let bytes = text.as_bytes();
    let mut mended = String::new();
    // Up to where the text is mended.
    let mut done = 0;
    let mut put = |at: usize, space: Option<char>| {
        if let Some(space) = space
            && matches!(bytes.get(at), Some(b' ' | b'\n'))
            && at >= done
        {
            mended.push_str(&text[done..at]);
            mended.push(space);
            done = at + 1;
        }
    };
    if before == Some('«') {
        put(0, Some(WIDE));
    }
    let mut at = 0;
    while let Some(sign) = signs::find(text, at, signs::SPACED) {
        at = sign + 1;
        match (bytes[sign], bytes.get(at)) {
            (0xC2, Some(0xAB)) => put(sign + 2, Some(WIDE)),
            (0xC2, Some(0xBB)) => put(sign.wrapping_sub(1), Some(WIDE)),
            (byte, _) => put(sign.wrapping_sub(1), space_before(char::from(byte))),
        }
    }
    put(bytes.len().wrapping_sub(1), behind.and_then(space_before));
    if done == 0 {
        return None;
    }
    mended.push_str(&text[done..]);
    Some(mended)
}

/// The space before a sign.
fn space_before(sign: char) -> Option<char> {
    match sign {
        ':' | '»' => Some(WIDE),
        ';' | '!' | '?' => Some(NARROW),
        _ => None,
    }
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
