//! Every word of the interface, in every language that it has: a word that a language lacks does not compile.
//!
//! The command writes them into the pages it renders, the reader into those it draws, so that a page does not change
//! its words when the reader takes over. A new language is one file beside these and one line in [`Words::of`].

mod en;
mod fr;

use crate::language::Language;

/// The words of one interface language.
///
/// Words about another language take that language's own name for itself (`Français`), since that is the name its
/// readers look for.
#[derive(Debug)]
pub struct Words {
    /// The tag of the language that these words are in, for `lang` where the page's own language has no words.
    pub tag: &'static str,

    // Around every page
    /// The link, first on the page, that goes past the header.
    pub skip_link: &'static str,
    /// Names the place of the crossing for those who hear the page: a heading or label that is not seen.
    pub languages: &'static str,
    /// The title of a blog whose title nobody has configured.
    pub blog: &'static str,
    /// The link to a language's feed.
    pub feed: &'static str,

    // Crossing
    /// The note that a post has no translation and that the crossing, so named, leads to the other language's list.
    pub no_translation: Around,
    /// The link to the other language's list, where it stands apart from the crossing; takes its own name.
    pub posts_in: fn(name: &str) -> String,
    /// Said behind a link inside a post that leads to a post in another language; takes its own name.
    pub in_language: fn(name: &str) -> String,
    /// The choice of a language was remembered; takes its own name.
    pub choice_saved: fn(name: &str) -> String,

    // List
    /// The heading of the first page of the list, and every link to it.
    pub all_posts: &'static str,
    /// The heading of a further page of the list.
    pub all_posts_page: fn(page: u32) -> String,
    /// A list without posts.
    pub no_posts: &'static str,
    /// Names the links between pages of a list.
    pub pages: &'static str,
    /// To the page with newer posts.
    pub newer: &'static str,
    /// To the page with older posts.
    pub older: &'static str,
    /// Which page this is, of how many.
    pub page_of: fn(page: u32, pages: u32) -> String,

    // Post
    /// Before the date.
    pub published: &'static str,
    /// A calendar day, as people write it.
    pub date: fn(Day) -> String,
    /// Before the authors' names; takes them as one text.
    pub by: fn(authors: &str) -> String,
    /// How long reading takes, in minutes.
    pub reading_time: fn(minutes: u32) -> String,
    /// Names the links to the post before and the post after.
    pub neighbours: &'static str,
    /// Before the title of the next older post.
    pub previous_post: &'static str,
    /// Before the title of the next newer post.
    pub next_post: &'static str,

    // States
    /// Something is on its way.
    pub loading: &'static str,
    /// Once more.
    pub try_again: &'static str,
    /// Heading: there is no such page.
    pub not_found: &'static str,
    /// What may have happened, and what to do.
    pub not_found_help: &'static str,
    /// Heading: the URL has the shape of a post, and there is none.
    pub unknown_post: &'static str,
    /// What may have happened to it, and what to do.
    pub unknown_post_help: &'static str,
    /// Heading: the device has no network, and the page was not saved.
    pub offline: &'static str,
    /// What to do about it.
    pub offline_help: &'static str,
    /// Heading, offline: the posts that are kept on this device.
    pub on_this_device: &'static str,
    /// Heading: the server answered with an error.
    pub server_error: &'static str,
    /// What to do about it; takes the HTTP status.
    pub server_error_help: fn(status: u16) -> String,
    /// Heading: what came is not what was asked for (JSON that is not JSON, another shape).
    pub broken_data: &'static str,
    /// What to do about it.
    pub broken_data_help: &'static str,
    /// Heading: the index was written by a newer Passerelle than this reader.
    pub newer_version: &'static str,
    /// What to do about it.
    pub newer_version_help: &'static str,
    /// The way on when a page cannot be shown because of a new reader: load it again.
    pub reload: &'static str,

    // Notices
    /// The mark that the network is gone.
    pub no_network: &'static str,
    /// A new version of the reader waits.
    pub new_version: &'static str,
    /// To load the page again with it.
    pub use_new_version: &'static str,
    /// The index has posts that it had not, or in another version.
    pub new_posts: &'static str,
    /// To the list that has them.
    pub show_new_posts: &'static str,
    /// Takes a notice away.
    pub dismiss: &'static str,

    // What is saved
    /// A size, of so many bytes, in units that people know.
    pub size: fn(bytes: u64) -> String,
    /// Marks a post of a list that opens without the network.
    pub opens_offline: &'static str,
    /// To save a post on the device in all its languages; takes what that will use.
    pub save: fn(size: &str) -> String,
    /// It is being saved.
    pub saving: &'static str,
    /// It is saved.
    pub is_saved: &'static str,
    /// To take what is saved from the device.
    pub remove: &'static str,
    /// The same, of the post of that title.
    pub remove_post: fn(title: &str) -> String,
    /// Why it could not be saved: there is no network.
    pub not_saved_network: &'static str,
    /// The device has no room.
    pub not_saved_full: &'static str,
    /// The site does not have what it should.
    pub not_saved_missing: &'static str,
    /// The heading of the page of what is saved, and every link to it.
    pub saved: &'static str,
    /// What that page is.
    pub saved_help: &'static str,
    /// Where no script runs, or the browser can save nothing.
    pub saved_needs: &'static str,
    /// There is nothing saved yet, and how to save something.
    pub nothing_saved: &'static str,
    /// How much is saved: so many posts, of this size.
    pub saved_total: fn(posts: u32, size: &str) -> String,
    /// What the browser gives this site, behind [`Words::saved_total`].
    pub saved_quota: fn(size: &str) -> String,
    /// The browser would not promise to keep it.
    pub saved_at_risk: &'static str,
    /// To take everything that is saved from the device.
    pub remove_all: &'static str,
    /// Heading: to save the whole blog.
    pub save_blog: &'static str,
    /// In all languages at once; stands where else the name of a language does.
    pub every_language: &'static str,
    /// How far it has come.
    pub saved_of: fn(done: u32, all: u32) -> String,
    /// It was begun and is not finished.
    pub unfinished: &'static str,
    /// To go on with it.
    pub go_on: &'static str,
    /// To stop it; what is there stays.
    pub stop: &'static str,
}

/// What is said before and after a name that is in another language, and so stands in an element with its own `lang`.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Before the name, with the space.
    pub before: &'static str,
    /// After the name, with the space.
    pub after: &'static str,
}

/// A day of the calendar, without a time zone: the author's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// Reads `YYYY-MM-DD`, alone or at the beginning of an RFC 3339 date. `None` for anything else.
    pub fn read(date: &str) -> Option<Day> {
        let digits = |from: usize, to: usize| {
            date.get(from..to)
                .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let separated = date.get(4..5)? == "-" && date.get(7..8)? == "-";
        let day = Day {
            year: digits(0, 4)?.parse().ok()?,
            month: digits(5, 7)?.parse().ok()?,
            day: digits(8, 10)?.parse().ok()?,
        };
        (separated && (1..=12).contains(&day.month) && (1..=31).contains(&day.day)).then_some(day)
    }
}

impl Words {
    /// The words for a page in `language`: its own, else English.
    pub fn of(language: &Language) -> &'static Words {
        match language.primary() {
            "fr" => &fr::WORDS,
            _ => &en::WORDS,
        }
    }

    /// `date_published` as people write its day, or as it stands when it is no date.
    pub fn day(&self, date_published: &str) -> String {
        match Day::read(date_published) {
            Some(day) => (self.date)(day),
            None => date_published.to_owned(),
        }
    }
}

/// Bytes in the smallest of `units` (thousands, millions, thousand millions) that needs no four digits, with one digit
/// behind `point` where it is not the smallest; one of that at least.
fn size(bytes: u64, units: [&str; 3], point: char) -> String {
    let mut tenths = bytes.div_ceil(1000).max(1) * 10;
    let mut place = 0;
    while tenths >= 10_000 && place < 2 {
        tenths = tenths.div_ceil(1000);
        place += 1;
    }
    let mut number = (tenths / 10).to_string();
    if place > 0 && tenths < 1000 {
        number.push(point);
        number += &(tenths % 10).to_string();
    }
    number + "\u{a0}" + units[place]
}

/// The name of a month; `names` are January to December.
fn month_name(names: [&'static str; 12], month: u8) -> &'static str {
    names[usize::from(month.clamp(1, 12)) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str) -> &'static Words {
        Words::of(&tag.parse().unwrap())
    }

    #[test]
    fn a_language_without_words_has_english_ones() {
        for (tag, spoken) in [("fr-CA", "fr"), ("en-GB", "en"), ("cr", "en")] {
            assert_eq!(words(tag).tag, spoken, "{tag}");
        }
    }

    #[test]
    fn a_day_is_the_authors_whatever_the_offset() {
        assert_eq!(words("en").day("2017-07-18T23:00:00-04:00"), "July 18, 2017");
        assert_eq!(words("fr").day("2017-07-18T23:00:00-04:00"), "18 juillet 2017");
        assert_eq!(words("fr").day("2020-12-01"), "1er décembre 2020");
        assert_eq!(words("fr").day("hier"), "hier");
    }

    #[test]
    fn what_is_no_day_is_not_read_as_one() {
        for text in [
            "",
            "2017-13-01",
            "2017-00-10",
            "2017-01-32",
            "2017/01/02",
            "-017-01-02",
            "2017-é1-0",
        ] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    #[test]
    fn sizes_are_in_units_that_people_know() {
        for (bytes, english, french) in [
            (0, "1\u{a0}kB", "1\u{a0}ko"),
            (311_001, "312\u{a0}kB", "312\u{a0}ko"),
            (999_000, "999\u{a0}kB", "999\u{a0}ko"),
            (999_001, "1.0\u{a0}MB", "1,0\u{a0}Mo"),
            (1_234_567, "1.3\u{a0}MB", "1,3\u{a0}Mo"),
            (10_737_418_240, "10.8\u{a0}GB", "10,8\u{a0}Go"),
            (123_000_000, "123\u{a0}MB", "123\u{a0}Mo"),
        ] {
            assert_eq!((words("en").size)(bytes), english);
            assert_eq!((words("fr").size)(bytes), french);
        }
    }

    #[test]
    fn numbers_have_their_plural() {
        assert_eq!((words("en").saved_total)(1, "2 kB"), "1 post, 2 kB");
        assert_eq!((words("fr").saved_total)(0, "2 ko"), "0\u{a0}billet, 2 ko");
        assert_eq!((words("en").reading_time)(1), "1 min read");
        assert_eq!((words("fr").reading_time)(5), "5\u{a0}minutes de lecture");
    }
}
