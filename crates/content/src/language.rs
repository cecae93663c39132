//! Languages as BCP 47 tags: read, written in their usual case, named by their own speakers.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize};

/// A language, as a well-formed BCP 47 tag in the usual case: `en`, `fr-CA`, `zh-Hant`.
///
/// Only the shape that blogs use is taken: a primary language of two or three letters, then an optional script and an
/// optional region (RFC 5646, section 2.1). Variants, extensions and private use are not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Language(String);

/// The text is not a language tag that Passerelle reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a language tag; write one as in `en`, `fr` or `pt-BR`")]
pub struct NotALanguage(pub String);

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// Languages that a folder or a file suffix may name, with the name their speakers give them (CLDR 44).
///
/// A tag that is not listed is still a language when front matter or configuration says so; it is not taken for one
/// in a folder's name, where `css` and `old` would be.
const ENDONYMS: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("ca", "Català"),
    ("cr", "ᓀᐦᐃᔭᐍᐏᐣ"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gd", "Gàidhlig"),
    ("gl", "Galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("iu", "ᐃᓄᒃᑎᑐᑦ"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lb", "Lëtzebuergesch"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("mi", "Māori"),
    ("mt", "Malti"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("rm", "Rumantsch"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("ta", "தமிழ்"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// Primary languages written from right to left where their tag names no script (CLDR 44).
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "fa", "he", "ur", "ps", "sd", "yi", "dv", "ckb", "ug", "ks", "nqo", "syr",
];

/// Scripts written from right to left that posts are written in (CLDR 44).
const SCRIPTS_RIGHT_TO_LEFT: &[&str] = &["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"];

impl Language {
    /// English: what is taken where nothing tells a language.
    pub fn english() -> Self {
        Language("en".to_owned())
    }

    /// The tag in its usual case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language: `fr` of `fr-CA`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The folder of a site that holds what is in it: the tag in lower case, as Hugo writes it in URLs, so that no file
    /// system takes two folders for one.
    pub fn folder(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The name that its speakers give it (`Français`), or the tag itself where Passerelle knows no name.
    pub fn endonym(&self) -> &str {
        ENDONYMS
            .iter()
            .find(|(tag, _)| *tag == self.primary())
            .map_or(&self.0, |(_, name)| name)
    }

    /// Which way it is written: as its script is where the tag names one.
    pub fn direction(&self) -> Direction {
        let is_right_to_left = match self.0.split('-').nth(1).filter(|part| part.len() == 4) {
            Some(script) => SCRIPTS_RIGHT_TO_LEFT.contains(&script),
            None => RIGHT_TO_LEFT.contains(&self.primary()),
        };
        if is_right_to_left {
            Direction::Rtl
        } else {
            Direction::Ltr
        }
    }

    /// Whether Passerelle knows the language by name, so that a folder so named is taken for a language.
    pub fn is_known(&self) -> bool {
        ENDONYMS.iter().any(|(tag, _)| *tag == self.primary())
    }
}

impl FromStr for Language {
    type Err = NotALanguage;

    /// Reads a tag in any case, with `-` or `_` between its parts.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotALanguage(text.to_owned());
        let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let mut parts = text.split(['-', '_']);
        let primary = parts
            .next()
            .filter(|p| (2..=3).contains(&p.len()) && letters(p))
            .ok_or_else(wrong)?;
        let mut tag = primary.to_ascii_lowercase();
        let mut rest = parts.peekable();
        if let Some(script) = rest.next_if(|p| p.len() == 4 && letters(p)) {
            tag.push('-');
            tag.push_str(&script[..1].to_ascii_uppercase());
            tag.push_str(&script[1..].to_ascii_lowercase());
        }
        let is_region =
            |p: &&str| p.len() == 2 && letters(p) || p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit());
        if let Some(region) = rest.next_if(is_region) {
            tag.push('-');
            tag.push_str(&region.to_ascii_uppercase());
        }
        if rest.next().is_some() {
            Err(wrong())
        } else {
            Ok(Language(tag))
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_any_case_and_written_in_the_usual_one() {
        for (text, tag) in [
            ("en", "en"),
            ("FR-ca", "fr-CA"),
            ("pt_BR", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(
                text.parse::<Language>().map(|l| l.to_string()),
                Ok(tag.to_owned())
            );
        }
    }

    #[test]
    fn what_is_no_tag_is_refused_by_name() {
        for text in ["", "e", "english", "fr-", "fr-CA-x", "../en", "é", "fr-Català"] {
            assert_eq!(text.parse::<Language>(), Err(NotALanguage(text.to_owned())));
        }
    }

    #[test]
    fn a_language_is_named_by_its_speakers() {
        let language: Language = "fr-CA".parse().unwrap();
        assert_eq!(
            (language.endonym(), language.primary(), language.direction()),
            ("Français", "fr", Direction::Ltr)
        );
        assert_eq!(language.folder(), "fr-ca");
        assert!(!"xx".parse::<Language>().unwrap().is_known());
    }

    #[test]
    fn a_script_in_the_tag_tells_the_direction_else_the_language_does() {
        for (tags, direction) in [
            (
                ["ar", "ug", "ks", "nqo", "syr", "ar-EG", "pa-Arab", "ff-Adlm-GN"],
                Direction::Rtl,
            ),
            (
                [
                    "fr",
                    "pa",
                    "zh-Hant",
                    "es-419",
                    "ar-Latn",
                    "ks-Deva",
                    "sd-Deva-IN",
                    "ku",
                ],
                Direction::Ltr,
            ),
        ] {
            for tag in tags {
                assert_eq!(tag.parse::<Language>().unwrap().direction(), direction, "{tag}");
            }
        }
    }
}
