//! Dates as authors write them, kept in the author's own time zone.

use std::fmt;

use jiff::{
    civil::DateTime,
    tz::{Offset, TimeZone},
};

/// An instant as its author wrote it: a day and a time on the author's clock, and the clock's offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Date {
    local: DateTime,
    /// `None` where the author wrote none: UTC is taken.
    offset: Option<Offset>,
}

impl Date {
    /// Reads `2017-07-18 09:00:00 -0400`, `2022-07-13T12:00:00.000Z`, `2021-02-04T10:00:00`, `2021-02-04`, and what
    /// stands between them (YAML's timestamps). `None` for anything else, and for a day that no calendar has.
    pub fn parse(text: &str) -> Option<Date> {
        let mut rest = Cursor(text.trim());
        let year = rest.digits(4..=4)?;
        rest.eat('-')?;
        let month = rest.digits(1..=2)?;
        rest.eat('-')?;
        let day = rest.digits(1..=2)?;
        let (mut time, mut offset) = ([0; 3], None);
        if !rest.0.is_empty() {
            let spaces = rest.spaces();
            if spaces == 0 {
                rest.eat('T').or_else(|| rest.eat('t'))?;
            }
            time = rest.time()?;
            rest.spaces();
            offset = rest.offset()?;
        }
        let [hour, minute, second] = time.map(|number| i8::try_from(number).ok());
        let local = DateTime::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
            hour?,
            minute?,
            second?,
            0,
        )
        .ok()?;
        Some(Date { local, offset })
    }

    /// The instant in seconds since 1970 UTC.
    pub fn timestamp(self) -> i64 {
        let zone = TimeZone::fixed(self.offset.unwrap_or(Offset::UTC));
        // Only the first and last day of the calendar can fail, and no post is of the year 9999.
        self.local
            .to_zoned(zone)
            .map_or(i64::MAX, |zoned| zoned.timestamp().as_second())
    }

    /// The instant `seconds` after 1970 UTC, on a clock of UTC.
    pub fn from_timestamp(seconds: i64) -> Option<Date> {
        let local = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
        Some(Date { local, offset: None })
    }

    /// Day and time on the author's clock.
    pub fn local(self) -> DateTime {
        self.local
    }
}

impl fmt::Display for Date {
    /// RFC 3339 with the author's offset, `Z` where there was none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.local.strftime("%Y-%m-%dT%H:%M:%S"))?;
        match self.offset.map(Offset::seconds) {
            None | Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let minutes = seconds.abs() / 60;
                let sign = if seconds < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// What is left to read.
struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    fn digits(&mut self, count: std::ops::RangeInclusive<usize>) -> Option<u16> {
        let digits = self
            .0
            .bytes()
            .take(*count.end())
            .take_while(u8::is_ascii_digit)
            .count();
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        count.contains(&digits).then(|| number.parse().ok())?
    }

    fn eat(&mut self, c: char) -> Option<()> {
        self.0 = self.0.strip_prefix(c)?;
        Some(())
    }

    fn spaces(&mut self) -> usize {
        let rest = self.0.trim_start_matches([' ', '\t']);
        let count = self.0.len() - rest.len();
        self.0 = rest;
        count
    }

    /// `9:00`, `09:00:00` or `09:00:00.000`; the fraction is read and dropped.
    fn time(&mut self) -> Option<[u16; 3]> {
        let hour = self.digits(1..=2)?;
        self.eat(':')?;
        let minute = self.digits(2..=2)?;
        let second = if self.eat(':').is_some() {
            self.digits(2..=2)?
        } else {
            0
        };
        if self.eat('.').is_some() {
            let rest = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == self.0.len() {
                return None;
            }
            self.0 = rest;
        }
        Some([hour, minute, second])
    }

    /// Nothing, `Z`, `UTC`, `-4`, `-0400` or `-04:00`, and then the end. `None` for anything else.
    fn offset(&mut self) -> Option<Option<Offset>> {
        if self.0.is_empty() {
            return Some(None);
        }
        if matches!(self.0, "Z" | "z" | "UTC" | "GMT") {
            return Some(Some(Offset::UTC));
        }
        let sign = if self.eat('-').is_some() {
            -1
        } else {
            self.eat('+')?;
            1
        };
        let hours = self.digits(1..=2)?;
        let minutes = if self.0.is_empty() {
            0
        } else {
            let _ = self.eat(':');
            self.digits(2..=2)?
        };
        // RFC 3339 and YAML count hours to 23; a browser shows no day for more.
        if !self.0.is_empty() || hours > 23 || minutes > 59 {
            return None;
        }
        let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60 * sign;
        Offset::from_seconds(seconds).ok().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_keeps_the_authors_day_and_offset() {
        for (text, date, timestamp) in [
            (
                "2017-07-18 09:00:00 -0400",
                "2017-07-18T09:00:00-04:00",
                1_500_382_800,
            ),
            ("2022-07-13T12:00:00.000Z", "2022-07-13T12:00:00Z", 1_657_713_600),
            ("2021-02-04T10:00:00", "2021-02-04T10:00:00Z", 1_612_432_800),
            ("2021-02-04", "2021-02-04T00:00:00Z", 1_612_396_800),
            ("2021-2-4 9:05", "2021-02-04T09:05:00Z", 1_612_429_500),
            (
                "2021-02-04  23:30:00   +05:30",
                "2021-02-04T23:30:00+05:30",
                1_612_461_600,
            ),
            (
                "2021-02-04T23:30:00-5",
                "2021-02-04T23:30:00-05:00",
                1_612_499_400,
            ),
            ("2021-02-04 00:00:00 UTC", "2021-02-04T00:00:00Z", 1_612_396_800),
        ] {
            let found = Date::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.to_string().as_str(), found.timestamp()),
                (date, timestamp),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "yesterday",
            "2021-02-30",
            "2021-13-01",
            "18-07-2017",
            "2021-02-04T",
            "2021-02-04T25:00:00",
            "2021-02-04 10:00 EST",
            "2021-02-04T10:00:00+99:99",
            "2021-02-04T09:05:06+25:00",
            "2021-02-04T09:05:06-24",
            "2021-02-04 10:00:00 -04000",
            "20210204",
            "2021-02-04T10:00:00.Z",
            "2021-02-04é",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_instant_is_found_again() {
        let date = Date::from_timestamp(1_612_396_800).unwrap();
        assert_eq!(
            (date.to_string().as_str(), date.timestamp()),
            ("2021-02-04T00:00:00Z", 1_612_396_800)
        );
    }
}
