//! What the browser's `JSON.parse` made, read as what it should be.
//!
//! The browser has a parser of JSON, faster than any that would have to travel first; and what serde derives for the
//! documents of a site is 24 kB of the reader in brotli, most of it for giving up in the middle of each of them. Here nothing
//! gives up: what is wrong is written down, something takes its place, and at the end the whole is refused.

use std::cell::RefCell;

use js_sys::{Array, Error, JSON, Reflect};
use wasm_bindgen::JsValue;

/// What is wrong with a document, in English, for whoever reports it.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong(pub String);

/// What can be read of a value. What cannot be is told to the value, and some other takes its place.
pub trait Read: Sized {
    /// Reads it.
    fn read(value: &Value<'_>) -> Self;
}

/// A value by its text.
///
/// # Errors
/// When the text is no JSON; the message is the browser's own.
pub fn parse(text: &str) -> Result<JsValue, Wrong> {
    JSON::parse(text).map_err(|error| Wrong(Error::from(error).message().into()))
}

/// A document by its value.
///
/// # Errors
/// When a member is missing, or is another kind of value.
pub fn from_value<T: Read>(value: JsValue) -> Result<T, Wrong> {
    let wrong = RefCell::default();
    let read = T::read(&Value {
        value,
        name: "the document",
        wrong: &wrong,
    });
    wrong.into_inner().map_or(Ok(read), |wrong| Err(Wrong(wrong)))
}

/// A value that is being read.
pub struct Value<'a> {
    value: JsValue,
    name: &'a str,
    wrong: &'a RefCell<Option<String>>,
}

impl<'a> Value<'a> {
    /// A member that must be there.
    pub fn get<T: Read>(&self, name: &'a str) -> T {
        T::read(&self.member(name))
    }

    /// A member that is left out where it would say nothing.
    pub fn get_or_default<T: Read + Default>(&self, name: &'a str) -> T {
        let member = self.member(name);
        if member.value.is_undefined() {
            T::default()
        } else {
            T::read(&member)
        }
    }

    /// The place of a text among those that it can be.
    pub fn place_among(&self, texts: &[&str]) -> usize {
        let text = String::read(self);
        let place = texts.iter().position(|known| *known == text);
        self.or_wrong(place, "known")
    }

    #[inline(never)]
    fn member(&self, name: &'a str) -> Value<'a> {
        if !self.value.is_object() {
            self.is_not("an object");
        }
        self.inside(Reflect::get(&self.value, &name.into()).unwrap_or_default(), name)
    }

    fn inside(&self, value: JsValue, name: &'a str) -> Value<'a> {
        Value {
            value,
            name,
            wrong: self.wrong,
        }
    }

    fn or_wrong<T: Default>(&self, read: Option<T>, expected: &str) -> T {
        read.unwrap_or_else(|| {
            self.is_not(expected);
            T::default()
        })
    }

    /// Says that the value is not what is `expected`. The first thing that is wrong is what the others may come of.
    #[inline(never)]
    pub fn is_not(&self, expected: &str) {
        let mut wrong = self.wrong.borrow_mut();
        if wrong.is_none() {
            *wrong = Some([self.name, " is not ", expected].concat());
        }
    }
}

impl Read for String {
    #[inline(never)]
    fn read(value: &Value<'_>) -> Self {
        value.or_wrong(value.value.as_string(), "text")
    }
}

impl Read for bool {
    fn read(value: &Value<'_>) -> Self {
        value.or_wrong(value.value.as_bool(), "true or false")
    }
}

/// Up to here JavaScript's numbers lose nothing (`Number.MAX_SAFE_INTEGER`).
const MOST_WHOLE: f64 = 9_007_199_254_740_991.0;

impl Read for u64 {
    #[inline(never)]
    fn read(value: &Value<'_>) -> Self {
        let number = value.value.as_f64();
        let whole = number.filter(|number| (0.0..=MOST_WHOLE).contains(number) && number.fract() == 0.0);
        value.or_wrong(whole, "a whole number") as u64
    }
}

impl Read for u32 {
    fn read(value: &Value<'_>) -> Self {
        value.or_wrong(u64::read(value).try_into().ok(), "a number of this size")
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value<'_>) -> Self {
        let is_there = !(value.value.is_undefined() || value.value.is_null());
        is_there.then(|| T::read(value))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value<'_>) -> Self {
        let is_list = Array::is_array(&value.value);
        let list = value.or_wrong(is_list.then(|| Array::from(&value.value)), "a list");
        (0..list.length())
            .map(|place| T::read(&value.inside(list.get(place), value.name)))
            .collect()
    }
}

/// Width and height.
impl Read for (u32, u32) {
    fn read(value: &Value<'_>) -> Self {
        let pair = <[u32; 2]>::try_from(Vec::read(value)).ok();
        value.or_wrong(pair, "two numbers").into()
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[derive(Debug, PartialEq)]
    struct Thing {
        name: String,
        count: u32,
        bytes: u64,
        is_new: bool,
        size: Option<(u32, u32)>,
        kinds: Vec<Kind>,
    }

    #[derive(Debug, PartialEq)]
    struct Kind(usize);

    impl Read for Kind {
        fn read(value: &Value<'_>) -> Self {
            Kind(value.place_among(&["first", "second"]))
        }
    }

    impl Read for Thing {
        fn read(value: &Value<'_>) -> Self {
            Thing {
                name: value.get("_name"),
                count: value.get("count"),
                bytes: value.get_or_default("bytes"),
                is_new: value.get_or_default("is_new"),
                size: value.get("size"),
                kinds: value.get_or_default("kinds"),
            }
        }
    }

    fn read(text: &str) -> Result<Thing, String> {
        parse(text).and_then(from_value).map_err(|Wrong(message)| message)
    }

    #[wasm_bindgen_test]
    fn every_kind_of_value_is_read() {
        let text = r#"{"kinds": ["second", "first"], "size": [3, 4], "more": {}, "is_new": true,
            "count": 4294967295, "bytes": 9007199254740991, "_name": "é"}"#;
        assert_eq!(
            read(text),
            Ok(Thing {
                name: "é".to_owned(),
                count: u32::MAX,
                bytes: (1 << 53) - 1,
                is_new: true,
                size: Some((3, 4)),
                kinds: vec![Kind(1), Kind(0)],
            })
        );
        let least = read(r#"{"_name": "", "count": 0, "size": null}"#).unwrap();
        assert_eq!(
            (least.size, least.is_new, least.bytes, least.kinds.len()),
            (None, false, 0, 0)
        );
    }

    #[wasm_bindgen_test]
    fn what_is_wrong_is_told_with_its_name_and_the_first_of_it() {
        for (members, message) in [
            (r#""count": 1"#, "_name is not text"),
            (r#""_name": 1, "count": -1"#, "_name is not text"),
            (r#""_name": "", "count": 1.5"#, "count is not a whole number"),
            (r#""_name": "", "count": -1"#, "count is not a whole number"),
            (r#""_name": "", "count": "1""#, "count is not a whole number"),
            (
                r#""_name": "", "count": 4294967296"#,
                "count is not a number of this size",
            ),
            (
                r#""_name": "", "count": 1, "bytes": 9007199254740992"#,
                "bytes is not a whole number",
            ),
            (
                r#""_name": "", "count": 1, "is_new": 1"#,
                "is_new is not true or false",
            ),
            (
                r#""_name": "", "count": 1, "size": [1]"#,
                "size is not two numbers",
            ),
            (r#""_name": "", "count": 1, "kinds": {}"#, "kinds is not a list"),
            (
                r#""_name": "", "count": 1, "kinds": ["third"]"#,
                "kinds is not known",
            ),
        ] {
            assert_eq!(read(&["{", members, "}"].concat()).unwrap_err(), message);
        }
        for text in ["null", "\"text\"", "1"] {
            assert_eq!(read(text).unwrap_err(), "the document is not an object", "{text}");
        }
        assert!(read("{").is_err());
    }
}
