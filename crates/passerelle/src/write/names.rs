//! What each language of a site is called: by its speakers' name, and by its variant where two would be called the same.

use content::language::Language;

/// Variants that blogs are written in, by the name that their speakers give them (CLDR 44).
const VARIANTS: &[(&str, &str)] = &[
    ("de-AT", "Deutsch (Österreich)"),
    ("de-CH", "Deutsch (Schweiz)"),
    ("de-DE", "Deutsch (Deutschland)"),
    ("en-AU", "English (Australia)"),
    ("en-CA", "English (Canada)"),
    ("en-GB", "English (United Kingdom)"),
    ("en-US", "English (United States)"),
    ("es-419", "Español (Latinoamérica)"),
    ("es-ES", "Español (España)"),
    ("es-MX", "Español (México)"),
    ("fr-BE", "Français (Belgique)"),
    ("fr-CA", "Français (Canada)"),
    ("fr-CH", "Français (Suisse)"),
    ("fr-FR", "Français (France)"),
    ("pt-BR", "Português (Brasil)"),
    ("pt-PT", "Português (Portugal)"),
    ("sr-Cyrl", "Српски (ћирилица)"),
    ("sr-Latn", "Srpski (latinica)"),
    ("zh-CN", "中文（中国）"),
    ("zh-HK", "中文（香港）"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
    ("zh-TW", "中文（台灣）"),
];

/// What `language` is called in a site of the languages `all`. A variant that is the only one of its language needs no
/// more than the language's name; where there are several, one without a name of its own says its subtags.
pub fn name(language: &Language, all: &[Language]) -> String {
    let endonym = language.endonym();
    let tag = language.as_str();
    let is_alone = all
        .iter()
        .all(|other| other == language || other.endonym() != endonym);
    let subtags = tag.split_once('-').map(|(_, subtags)| subtags);
    match (VARIANTS.iter().find(|(known, _)| *known == tag), subtags) {
        _ if is_alone => endonym.to_owned(),
        (Some((_, known)), _) => (*known).to_owned(),
        (None, Some(subtags)) => format!("{endonym} ({subtags})"),
        (None, None) => endonym.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<const N: usize>(tags: [&str; N]) -> Vec<String> {
        let all = tags.map(|tag| tag.parse().unwrap());
        all.iter().map(|language| name(language, &all)).collect()
    }

    #[test]
    fn a_variant_that_is_alone_has_its_languages_name() {
        assert_eq!(names(["en", "fr-CA", "zh-Hant"]), ["English", "Français", "中文"]);
    }

    #[test]
    fn variants_of_one_language_are_told_apart() {
        assert_eq!(names(["zh-Hans", "zh-Hant"]), ["简体中文", "繁體中文"]);
        assert_eq!(
            names(["pt", "pt-BR", "pt-AO", "pt-PT"]),
            [
                "Português",
                "Português (Brasil)",
                "Português (AO)",
                "Português (Portugal)"
            ]
        );
        assert_eq!(names(["zh-Hant-TW", "zh-Hant"]), ["中文 (Hant-TW)", "繁體中文"]);
        assert_eq!(names(["xx", "xx-CA"]), ["xx", "xx-CA"]);
    }
}
