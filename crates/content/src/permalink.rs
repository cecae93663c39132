//! Permalinks as Jekyll and as Hugo make them, from patterns with `:placeholders`.
//!
//! Sources: Jekyll's `Utils.slugify` and `Drops::UrlDrop`, <https://jekyllrb.com/docs/permalinks/>; Hugo's
//! `UnicodeSanitize`, <https://gohugo.io/configuration/permalinks/>.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Whose rules make a slug of a name, and which placeholders there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Jekyll's; a plain folder follows them too.
    Jekyll,
    /// Hugo's.
    Hugo,
}

/// What a post gives to its permalink.
#[derive(Clone, Debug, Default)]
pub struct Parts<'a> {
    /// Year, month and day on the author's clock.
    pub day: (i16, u8, u8),
    /// Hour, minute and second on the author's clock.
    pub time: (u8, u8, u8),
    /// Day of the year, from 1.
    pub day_of_year: u16,
    /// The file's name without extension, language suffix and Jekyll's date; of a page bundle, its folder's name.
    pub name: &'a str,
    /// The title, plain text.
    pub title: &'a str,
    /// What the front matter says under `slug`.
    pub slug: Option<&'a str>,
    /// The post's language.
    pub language: &'a str,
    /// Jekyll's categories: folders above `_posts`, then front matter.
    pub categories: &'a [String],
    /// Hugo's sections: the folders between the content folder and the post.
    pub sections: &'a [&'a str],
}

/// A permalink pattern, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    rules: Rules,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(Placeholder),
}

/// The pattern has a placeholder that there is none of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the permalink pattern \"{pattern}\" has the placeholder `:{placeholder}`, which Passerelle does not know"
)]
pub struct UnknownPlaceholder {
    /// The whole pattern.
    pub pattern: String,
    /// The placeholder, without its colon.
    pub placeholder: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    Year,
    ShortYear,
    Month,
    ShortestMonth,
    MonthName,
    Day,
    ShortestDay,
    DayOfYear,
    DayOfYearUnpadded,
    Hour,
    Minute,
    Second,
    Title,
    Slug,
    Name,
    NameOnly,
    Language,
    Categories,
    Section,
    Sections,
    Extension,
}

/// Jekyll's styles that have names.
const STYLES: &[(&str, &str)] = &[
    ("date", "/:categories/:year/:month/:day/:title:output_ext"),
    ("pretty", "/:categories/:year/:month/:day/:title/"),
    ("ordinal", "/:categories/:year/:y_day/:title:output_ext"),
    ("none", "/:categories/:title:output_ext"),
];

impl Pattern {
    /// Reads a pattern, or the name of one of Jekyll's styles (`date`, `pretty`, `ordinal`, `none`).
    ///
    /// `:lang` is Passerelle's own; the other placeholders mean what they mean to the generator of `rules`.
    ///
    /// # Errors
    /// When a placeholder is unknown.
    pub fn parse(text: &str, rules: Rules) -> Result<Pattern, UnknownPlaceholder> {
        let style = STYLES
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, pattern)| *pattern);
        let mut rest = style.unwrap_or(text);
        let mut pieces = Vec::new();
        while let Some((before, after)) = rest.split_once(':') {
            let end = after
                .find(|c: char| !c.is_ascii_lowercase() && c != '_')
                .unwrap_or(after.len());
            let (name, after) = after.split_at(end);
            let placeholder = placeholder(name, rules).ok_or_else(|| UnknownPlaceholder {
                pattern: text.to_owned(),
                placeholder: name.to_owned(),
            })?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Placeholder(placeholder));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Pattern { rules, pieces })
    }

    /// The permalink's path: decoded, NFC, with a slash at both ends (none after `.html`).
    pub fn path(&self, parts: &Parts<'_>) -> String {
        let mut path = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Placeholder(placeholder) => path.push_str(&placeholder.value(self.rules, parts)),
            }
        }
        tidy(&path)
    }
}

/// A path with a slash at its beginning, one between segments, and one at its end unless it names an HTML file; NFC.
pub fn tidy(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let mut tidy: String = segments
        .iter()
        .flat_map(|segment| ["/", segment])
        .collect::<String>()
        .nfc()
        .collect();
    if !tidy.ends_with(".html") {
        tidy.push('/');
    }
    tidy
}

fn placeholder(name: &str, rules: Rules) -> Option<Placeholder> {
    use Placeholder as P;
    Some(match (name, rules) {
        ("year", _) => P::Year,
        ("month", _) => P::Month,
        ("day", _) => P::Day,
        ("lang", _) => P::Language,
        ("title", _) => P::Title,
        ("slug", _) => P::Slug,
        ("short_year", Rules::Jekyll) => P::ShortYear,
        ("i_month", Rules::Jekyll) => P::ShortestMonth,
        ("i_day", Rules::Jekyll) => P::ShortestDay,
        ("y_day", Rules::Jekyll) => P::DayOfYear,
        ("hour", Rules::Jekyll) => P::Hour,
        ("minute", Rules::Jekyll) => P::Minute,
        ("second", Rules::Jekyll) => P::Second,
        ("categories", Rules::Jekyll) => P::Categories,
        ("output_ext", Rules::Jekyll) => P::Extension,
        ("monthname", Rules::Hugo) => P::MonthName,
        ("yearday", Rules::Hugo) => P::DayOfYearUnpadded,
        ("section", Rules::Hugo) => P::Section,
        ("sections", Rules::Hugo) => P::Sections,
        ("filename" | "contentbasename", Rules::Hugo) => P::NameOnly,
        ("slugorfilename" | "slugorcontentbasename", Rules::Hugo) => P::Name,
        _ => return None,
    })
}

impl Placeholder {
    fn value(self, rules: Rules, parts: &Parts<'_>) -> String {
        use Placeholder as P;
        let (year, month, day) = parts.day;
        match self {
            P::Year => format!("{year:04}"),
            P::ShortYear => format!("{:02}", year % 100),
            P::Month => format!("{month:02}"),
            P::ShortestMonth => month.to_string(),
            P::MonthName => MONTHS
                .get(usize::from(month).wrapping_sub(1))
                .unwrap_or(&"")
                .to_string(),
            P::Day => format!("{day:02}"),
            P::ShortestDay => day.to_string(),
            P::DayOfYear => format!("{:03}", parts.day_of_year),
            P::DayOfYearUnpadded => parts.day_of_year.to_string(),
            P::Hour => format!("{:02}", parts.time.0),
            P::Minute => format!("{:02}", parts.time.1),
            P::Second => format!("{:02}", parts.time.2),
            P::Title if rules == Rules::Hugo => hugo_slug(parts.title),
            P::Title => jekyll_title(parts.slug.unwrap_or(parts.name)),
            P::Slug if rules == Rules::Hugo => hugo_slug(parts.slug.unwrap_or(parts.title)),
            P::Slug => jekyll_slug(parts.slug.unwrap_or(parts.name)),
            P::Name => hugo_slug(parts.slug.unwrap_or(parts.name)),
            P::NameOnly => hugo_slug(parts.name),
            P::Language => parts.language.to_lowercase(),
            P::Categories => categories(parts.categories),
            P::Section => parts
                .sections
                .first()
                .map(|section| hugo_slug(section))
                .unwrap_or_default(),
            P::Sections => parts
                .sections
                .iter()
                .map(|section| hugo_slug(section))
                .collect::<Vec<_>>()
                .join("/"),
            P::Extension => ".html".to_owned(),
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Jekyll's `:categories`: lower case, each once.
fn categories(categories: &[String]) -> String {
    let mut names: Vec<String> = Vec::new();
    for category in categories {
        let name = category.to_lowercase();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("/")
}

/// Jekyll's `:title`: case and accents kept; every run of characters other than letters, marks, digits and
/// `._~!$&'()+,;=@` becomes one `-`, none at either end.
pub fn jekyll_title(name: &str) -> String {
    hyphenated(name, |c| is_word(c) || "._~!$&'()+,;=@".contains(c))
}

/// Jekyll's `:slug`: lower case; every run of characters other than letters, marks and digits becomes one `-`, none
/// at either end.
pub fn jekyll_slug(name: &str) -> String {
    hyphenated(name, is_word)
        .chars()
        .flat_map(char::to_lowercase)
        .collect()
}

fn hyphenated(name: &str, kept: impl Fn(char) -> bool) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.nfc() {
        if kept(c) {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Hugo's slug: lower case; letters, marks, digits and `._#+~` kept; a run of spaces and `-` becomes one `-`, none at
/// either end; everything else is dropped.
pub fn hugo_slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut hyphen = false;
    for c in name.nfc() {
        if is_word(c) || "._#+~".contains(c) {
            if hyphen {
                slug.push('-');
            }
            hyphen = false;
            slug.extend(c.to_lowercase());
        } else if c == '-' || c.is_whitespace() {
            hyphen = !slug.is_empty();
        }
    }
    slug
}

/// `[\p{L}\p{M}\p{Nd}]`, which both generators keep.
fn is_word(c: char) -> bool {
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark
    ) || c.general_category() == unicode_properties::GeneralCategory::DecimalNumber
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_become_what_jekyll_makes_of_them() {
        for (name, title, slug) in [
            (
                "launch-of-the-service",
                "launch-of-the-service",
                "launch-of-the-service",
            ),
            (
                "setting-users-up for-success",
                "setting-users-up-for-success",
                "setting-users-up-for-success",
            ),
            (
                "user-research-with-NRCan",
                "user-research-with-NRCan",
                "user-research-with-nrcan",
            ),
            (
                "parlons-de-l’expérience",
                "parlons-de-l-expérience",
                "parlons-de-l-expérience",
            ),
            ("l'été", "l'été", "l-été"),
            ("-a--b-", "a-b", "a-b"),
            ("« oui\u{a0}»", "oui", "oui"),
            ("v1.0 (beta) & more", "v1.0-(beta)-&-more", "v1-0-beta-more"),
            ("e\u{301}te\u{301}", "été", "été"),
            ("x²½", "x", "x"),
            ("日本語", "日本語", "日本語"),
            ("’", "", ""),
        ] {
            assert_eq!(
                (jekyll_title(name).as_str(), jekyll_slug(name).as_str()),
                (title, slug),
                "{name}"
            );
        }
    }

    #[test]
    fn odd_names_become_what_hugo_makes_of_them() {
        for (name, slug) in [
            ("CDS-gets-its-first-CEO", "cds-gets-its-first-ceo"),
            (
                "moving-fast:-being-‘agile’-in-government",
                "moving-fast-being-agile-in-government",
            ),
            ("notre-avis-:-en-bref", "notre-avis-en-bref"),
            ("-a-leading-hyphen", "a-leading-hyphen"),
            ("a-final-space ", "a-final-space"),
            ("up for-success", "up-for-success"),
            ("l’équipe\u{a0}», oui?", "léquipe-oui"),
            ("an-idea-but-…", "an-idea-but"),
            ("the-[digital]-gap-&#8211;-a-talk", "the-digital-gap-#8211-a-talk"),
            ("v1.0_beta+~#2", "v1.0_beta+~#2"),
            ("a–b", "ab"),
            ("e\u{301}te\u{301}", "été"),
            ("“quoted”", "quoted"),
        ] {
            assert_eq!(hugo_slug(name), slug, "{name}");
        }
    }

    fn parts<'a>() -> Parts<'a> {
        Parts {
            day: (2018, 7, 5),
            time: (9, 3, 0),
            day_of_year: 186,
            name: "The-Été of ’18",
            title: "The Été: a story",
            language: "fr-CA",
            sections: &["blog", "Posts"],
            ..Parts::default()
        }
    }

    #[track_caller]
    fn path(pattern: &str, rules: Rules, parts: &Parts<'_>) -> String {
        Pattern::parse(pattern, rules).unwrap().path(parts)
    }

    #[test]
    fn patterns_are_filled() {
        let categories = ["News".to_owned(), "news".to_owned(), "Open data".to_owned()];
        let jekyll = Parts {
            categories: &categories,
            ..parts()
        };
        for (pattern, expected) in [
            ("/:year/:month/:day/:title/", "/2018/07/05/The-Été-of-18/"),
            ("/:year/:month/:day/:slug", "/2018/07/05/the-été-of-18/"),
            ("pretty", "/news/open data/2018/07/05/The-Été-of-18/"),
            ("date", "/news/open data/2018/07/05/The-Été-of-18.html"),
            ("ordinal", "/news/open data/2018/186/The-Été-of-18.html"),
            ("none", "/news/open data/The-Été-of-18.html"),
            (
                "/:lang/:short_year-:i_month-:i_day/:hour:minute:second",
                "/fr-ca/18-7-5/090300/",
            ),
        ] {
            assert_eq!(path(pattern, Rules::Jekyll, &jekyll), expected, "{pattern}");
        }
        for (pattern, expected) in [
            ("/:year/:month/:day/:filename", "/2018/07/05/the-été-of-18/"),
            ("/:sections/:slugorfilename/", "/blog/posts/the-été-of-18/"),
            ("/:section/:monthname/:title", "/blog/july/the-été-a-story/"),
            ("/:yearday/:slug", "/186/the-été-a-story/"),
        ] {
            assert_eq!(path(pattern, Rules::Hugo, &parts()), expected, "{pattern}");
        }
    }

    #[test]
    fn a_slug_of_the_front_matter_stands_for_the_name() {
        let with_slug = Parts {
            slug: Some("Mon Slug"),
            ..parts()
        };
        assert_eq!(path("/:title/", Rules::Jekyll, &with_slug), "/Mon-Slug/");
        assert_eq!(path("/:slug/", Rules::Hugo, &with_slug), "/mon-slug/");
        assert_eq!(path("/:filename/", Rules::Hugo, &with_slug), "/the-été-of-18/");
    }

    #[test]
    fn only_html_names_a_file() {
        for (path, expected) in [
            ("a/b.html", "/a/b.html"),
            ("/a/b.htm", "/a/b.htm/"),
            ("/a//b.php", "/a/b.php/"),
        ] {
            assert_eq!(tidy(path), expected, "{path}");
        }
    }

    #[test]
    fn no_categories_leave_no_empty_segment() {
        assert_eq!(
            path("/:categories/:year/:title/", Rules::Jekyll, &parts()),
            "/2018/The-Été-of-18/"
        );
    }

    #[test]
    fn an_unknown_placeholder_is_told_by_name() {
        let error = Pattern::parse("/:year/:nom/", Rules::Jekyll).unwrap_err();
        assert_eq!(error.placeholder, "nom");
        assert!(Pattern::parse("/:filename/", Rules::Jekyll).is_err());
        assert!(Pattern::parse("/a:/", Rules::Hugo).is_err());
    }
}
