//! What rendered HTML may hold, as one list: what the policy lets through and what finishing adds.
//!
//! For tests that look at real pages, so that they hold the renderer to this list and not to a copy of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    ID_PREFIX,
    html::{attribute::Name, element::Element},
    prepared::{MATH_ATTRIBUTES, MATH_ELEMENTS},
};

/// The allow-list of a page's article: names of elements, each with the names of its attributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// HTML.
    pub elements: BTreeMap<&'static str, Vec<&'static str>>,
    /// MathML, which the build alone may add.
    pub math: BTreeMap<&'static str, Vec<&'static str>>,
    /// What every id begins with.
    pub prefix: &'static str,
}

/// The attributes that no author writes: finishing adds them.
const ADDED: &[(&str, &[&str])] = &[
    ("a", &["aria-label", "rel", "role"]),
    ("div", &["aria-label", "role", "tabindex"]),
    ("img", &["decoding", "loading"]),
    ("pre", &["tabindex"]),
    ("section", &["aria-label", "role"]),
    ("span", &["aria-label", "role", "tabindex"]),
];

/// The allow-list.
pub fn allowed() -> Allowed {
    let mut elements: BTreeMap<_, Vec<_>> = Element::all()
        .map(|element| {
            let attributes = element.attributes().map(Name::as_str);
            (element.name(), attributes.collect())
        })
        .collect();
    for (name, added) in ADDED {
        elements.entry(name).or_default().extend_from_slice(added);
    }
    let math = MATH_ELEMENTS
        .iter()
        .map(|name| (*name, MATH_ATTRIBUTES.iter().copied().chain(["xmlns"]).collect()))
        .collect();
    Allowed {
        elements,
        math,
        prefix: ID_PREFIX,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The words of one of the lists of the boot script.
    fn listed(name: &str) -> Vec<&'static str> {
        let script = include_str!("../../../../public/boot.js");
        let (_, list) = script
            .split_once(&format!("const {name} = new Set("))
            .expect("the list");
        let (list, _) = list.split_once(".split(").expect("its end");
        list.split(|c: char| c.is_whitespace() || matches!(c, '"' | '+' | '('))
            .collect()
    }

    #[test]
    fn the_second_net_lets_through_what_the_first_does() {
        let Allowed { elements, math, .. } = allowed();
        let all = || elements.iter().chain(&math);
        let known = listed("ELEMENTS");
        let taken: Vec<_> = all()
            .map(|(name, _)| name)
            .filter(|name| !known.contains(name))
            .collect();
        assert!(taken.is_empty(), "elements {taken:?}");
        let known = listed("ATTRIBUTES");
        let mut taken: BTreeSet<_> = all().flat_map(|(_, names)| names).collect();
        taken.retain(|name| !known.contains(name) && !name.starts_with("aria-"));
        assert!(taken.is_empty(), "attributes {taken:?}");
    }

    #[test]
    fn the_list_has_what_posts_hold_and_nothing_that_runs() {
        let Allowed { elements, math, .. } = allowed();
        assert!(elements["a"].contains(&"href") && elements["a"].contains(&"rel"));
        assert!(elements["td"].contains(&"colspan") && !elements["p"].contains(&"colspan"));
        assert!(math["mi"].contains(&"mathvariant"));
        for element in [
            "base", "embed", "form", "iframe", "input", "link", "meta", "object", "script", "style", "svg",
        ] {
            assert!(
                !elements.contains_key(element) && !math.contains_key(element),
                "{element}"
            );
        }
        let mut attributes = elements.values().chain(math.values()).flatten();
        assert!(!attributes.any(|name| name.starts_with("on") || *name == "style" || *name == "srcdoc"));
    }
}
