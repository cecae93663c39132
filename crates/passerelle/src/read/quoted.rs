//! Quoted scalars that go on at the first column.
//!
//! YAML asks for an indent there (1.2.2, section 7.3.1); libyaml, which Jekyll reads with, and Hugo's parser do not,
//! and posts rely on them. The indent is folded away, so that putting it in changes nothing else.

/// The text with an indent before every line of the quoted scalar that opens at `line` and `column` (from 1), and the
/// line on which the scalar closes. `None` when it never closes.
pub fn indent(text: &str, line: u32, column: u32) -> Option<(String, u32)> {
    let open = offset(text, line, column)?;
    let length = closing(&text[open..])?;
    let (before, rest) = text.split_at(open);
    let (scalar, after) = rest.split_at(length);
    let mut indented = String::with_capacity(text.len() + 16);
    indented.push_str(before);
    let mut lines = 0;
    for (number, part) in scalar.split_inclusive('\n').enumerate() {
        if number > 0 && !part.starts_with([' ', '\t', '\r', '\n']) {
            indented.push(' ');
        }
        indented.push_str(part);
        lines = number;
    }
    indented.push_str(after);
    Some((indented, line + u32::try_from(lines).ok()?))
}

/// Where the character at `line` and `column` stands, in bytes.
fn offset(text: &str, line: u32, column: u32) -> Option<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.checked_sub(1)? as usize)
        .map(str::len)
        .sum();
    let (offset, _) = text[start..]
        .char_indices()
        .nth(column.checked_sub(1)? as usize)?;
    Some(start + offset)
}

/// The length of the quoted scalar at the beginning of `text`, with its quotation marks.
fn closing(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let (_, quote) = chars.next().filter(|(_, c)| matches!(c, '"' | '\''))?;
    while let Some((at, c)) = chars.next() {
        let is_doubled = || quote == '\'' && text[at + 1..].starts_with('\'');
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            _ if c != quote => {}
            _ if is_doubled() => {
                chars.next();
            }
            _ => return Some(at + 1),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_scalar_is_indented_and_no_other() {
        let text = "a: é \"b\nc \\\" d\n\n  e\" # f\ng: h\n";
        let (indented, last) = indent(text, 1, 6).unwrap();
        assert_eq!(
            (indented.as_str(), last),
            ("a: é \"b\n c \\\" d\n\n  e\" # f\ng: h\n", 4)
        );
        assert_eq!(
            indent("a: 'it''s\nb'\nc: d", 1, 4).unwrap().0,
            "a: 'it''s\n b'\nc: d"
        );
    }

    #[test]
    fn what_never_closes_or_is_no_scalar_is_left_alone() {
        for (text, line, column) in [
            ("a: \"b\nc", 1, 4),
            ("a: b", 1, 4),
            ("", 1, 1),
            ("a", 7, 9),
            ("a", 0, 0),
        ] {
            assert_eq!(indent(text, line, column), None, "{text}");
        }
    }
}
