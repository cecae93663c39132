//! Dates as the reader's language writes them.

use content::{language::Language, words::Day};
use js_sys::{Date, Object, Reflect};

/// The calendar day of `date` (RFC 3339) in `language`: the author's day, whatever the reader's time zone. The text
/// itself where it is no date.
///
/// The day is taken as midnight UTC and written in UTC, so that no zone moves it.
pub fn day(date: &str, language: &Language) -> String {
    let Some(Day { year, month, day }) = Day::read(date) else {
        return date.to_owned();
    };
    let time = Date::utc(f64::from(year), f64::from(month - 1)) + f64::from(day - 1) * MILLISECONDS_A_DAY;
    let text = Date::new(&time.into()).to_locale_date_string(language.as_str(), &long());
    first_of_month(text.into(), language)
}

/// French writes the first of a month as an ordinal, as [`content::words`] does in the page that came as HTML; the
/// long style of `Intl` does not.
fn first_of_month(text: String, language: &Language) -> String {
    match text.strip_prefix("1 ") {
        Some(rest) if language.primary() == "fr" => format!("1er {rest}"),
        _ => text,
    }
}

const MILLISECONDS_A_DAY: f64 = 86_400_000.0;

/// `{dateStyle: "long", timeZone: "UTC"}` of `Intl.DateTimeFormat`.
fn long() -> Object {
    let options = Object::new();
    for (key, value) in [("dateStyle", "long"), ("timeZone", "UTC")] {
        // A plain object takes any property.
        let _ = Reflect::set(&options, &key.into(), &value.into());
    }
    options
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::language;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_day_is_the_authors_whatever_the_zone() {
        for date in [
            "2018-07-03T23:59:00-11:00",
            "2018-07-03T00:01:00+14:00",
            "2018-07-03T12:00:00Z",
            "2018-07-03",
        ] {
            assert_eq!(day(date, &language("en")), "July 3, 2018", "{date}");
            assert_eq!(day(date, &language("fr-CA")), "3 juillet 2018", "{date}");
        }
    }

    #[wasm_bindgen_test]
    fn the_ends_of_months_and_years_stay_where_they_are() {
        for (date, expected) in [
            ("2016-02-29", "February 29, 2016"),
            ("2019-12-31T23:30:00-05:00", "December 31, 2019"),
            ("2020-01-01T00:30:00+05:30", "January 1, 2020"),
        ] {
            assert_eq!(day(date, &language("en")), expected);
        }
    }

    #[wasm_bindgen_test]
    fn the_first_of_a_month_is_an_ordinal_in_french() {
        for (date, expected) in [
            ("2020-12-01", "1er décembre 2020"),
            ("2020-12-11", "11 décembre 2020"),
        ] {
            assert_eq!(day(date, &language("fr")), expected);
        }
        assert_eq!(day("2020-12-01", &language("en")), "December 1, 2020");
    }

    #[wasm_bindgen_test]
    fn what_is_no_date_is_shown_as_it_is() {
        assert_eq!(day("last week", &language("en")), "last week");
    }
}
