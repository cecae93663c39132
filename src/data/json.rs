//! What the browser's `JSON.parse` made, as serde reads it.
//!
//! The browser has a parser of JSON, faster than any that would have to travel first. Crates that bring its values to
//! serde take whatever JavaScript has (dates, big integers, maps) and are four times as large; a site's documents hold
//! text, whole numbers, `true` and `false`, lists and objects, and nothing else is read.

use std::fmt::{self, Display};

use js_sys::{Array, Error, JSON, Reflect};
use serde::{
    de::{
        self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer,
        MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor, value::U32Deserializer,
    },
    forward_to_deserialize_any,
};
use wasm_bindgen::JsValue;

/// What is wrong with a document, in English, for whoever reports it.
#[derive(Debug)]
pub struct Wrong(pub String);

impl Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: Display>(message: T) -> Self {
        Wrong(message.to_string())
    }

    // What serde says of these by itself prints any value there could be, floating point included: many kilobytes.

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Wrong::custom(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Wrong::custom(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Wrong::custom(expected)
    }
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
/// When a field is missing, or is another kind of value.
pub fn from_value<D: DeserializeOwned>(value: JsValue) -> Result<D, Wrong> {
    D::deserialize(Value(value))
}

/// Up to here JavaScript's numbers lose nothing (`Number.MAX_SAFE_INTEGER`).
const MOST_WHOLE: u64 = (1 << 53) - 1;

struct Value(JsValue);

impl Value {
    fn get<T>(&self, expected: &str, read: impl FnOnce(&JsValue) -> Option<T>) -> Result<T, Wrong> {
        read(&self.0).ok_or_else(|| Wrong(["a value is not ", expected].concat()))
    }

    fn whole(&self, most: u64) -> Result<u64, Wrong> {
        self.get("a whole number", |value| {
            let number = value.as_f64()?;
            let is_whole = number >= 0.0 && number.fract() == 0.0;
            Some(number as u64).filter(|whole| is_whole && *whole <= most)
        })
    }

    fn list(self) -> Result<List, Wrong> {
        let array = self.get("a list", |value| {
            Array::is_array(value).then(|| Array::from(value))
        })?;
        Ok(List { array, next: 0 })
    }
}

impl<'de> Deserializer<'de> for Value {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        Err(de::Error::invalid_type(Unexpected::Unit, &visitor))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_string(self.get("text", JsValue::as_string)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_bool(self.get("true or false", JsValue::as_bool)?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_u64(self.whole(u32::MAX.into())?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_u64(self.whole(MOST_WHOLE)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let object = self.get("an object", |value| value.is_object().then(|| value.clone()))?;
        visitor.visit_map(Fields {
            object,
            fields,
            next: 0,
            value: JsValue::UNDEFINED,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let name = self.get("text", JsValue::as_string)?;
        let place = variants.iter().position(|variant| *variant == name);
        let place = place.ok_or_else(|| Wrong(["there is no `", &name, "`"].concat()))?;
        visitor.visit_enum(Variant(place))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple_struct map
        identifier ignored_any
    }
}

/// A place among names, which is how what serde derives is told which is meant where names do not travel.
fn by_place(place: usize) -> U32Deserializer<Wrong> {
    u32::try_from(place).unwrap_or(u32::MAX).into_deserializer()
}

/// The fields of an object that are wanted. Others, of a newer version of the format, are not looked at.
struct Fields {
    object: JsValue,
    fields: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        while let Some(field) = self.fields.get(self.next) {
            let place = self.next;
            self.next += 1;
            self.value = Reflect::get(&self.object, &(*field).into()).unwrap_or_default();
            if !self.value.is_undefined() {
                return seed.deserialize(by_place(place)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let value = std::mem::take(&mut self.value);
        let field = self.fields.get(self.next.wrapping_sub(1)).unwrap_or(&"");
        let named = |Wrong(message)| Wrong([field, ": ", &message].concat());
        seed.deserialize(Value(value)).map_err(named)
    }
}

struct List {
    array: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for List {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        if self.next == self.array.length() {
            return Ok(None);
        }
        let value = Value(self.array.get(self.next));
        self.next += 1;
        seed.deserialize(value).map(Some)
    }
}

/// A name that stands for itself.
struct Variant(usize);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Wrong> {
        Ok((seed.deserialize(by_place(self.0))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Wrong> {
        Err(Wrong("a name holds nothing".to_owned()))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Wrong> {
        Err(de::Error::invalid_type(Unexpected::UnitVariant, &visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        Err(de::Error::invalid_type(Unexpected::UnitVariant, &visitor))
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use serde::Deserialize;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        First,
        Second,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Thing {
        #[serde(rename = "_name")]
        name: String,
        count: u32,
        #[serde(default)]
        bytes: u64,
        #[serde(default)]
        is_new: bool,
        size: Option<(u32, u32)>,
        #[serde(default)]
        kinds: Vec<Kind>,
    }

    fn read(text: &str) -> Result<Thing, String> {
        parse(text).and_then(from_value).map_err(|Wrong(message)| message)
    }

    #[wasm_bindgen_test]
    fn every_kind_of_value_is_read() {
        assert_eq!(
            read(
                r#"{"kinds": ["second", "first"], "size": [3, 4], "more": {}, "is_new": true, "count": 4294967295, "bytes": 9007199254740991, "_name": "é"}"#
            ),
            Ok(Thing {
                name: "é".to_owned(),
                count: u32::MAX,
                bytes: MOST_WHOLE,
                is_new: true,
                size: Some((3, 4)),
                kinds: vec![Kind::Second, Kind::First],
            })
        );
        let least = read(r#"{"_name": "", "count": 0, "size": null}"#).unwrap();
        assert_eq!((least.size, least.is_new, least.kinds.len()), (None, false, 0));
    }

    #[wasm_bindgen_test]
    fn what_is_wrong_is_told_with_its_field() {
        for (text, message) in [
            (r#"{"count": 1}"#, "missing field `_name`"),
            (r#"{"_name": 1, "count": 1}"#, "_name: a value is not text"),
            (
                r#"{"_name": "", "count": 1.5}"#,
                "count: a value is not a whole number",
            ),
            (
                r#"{"_name": "", "count": -1}"#,
                "count: a value is not a whole number",
            ),
            (
                r#"{"_name": "", "count": "1"}"#,
                "count: a value is not a whole number",
            ),
            (
                r#"{"_name": "", "count": 4294967296}"#,
                "count: a value is not a whole number",
            ),
            (
                r#"{"_name": "", "count": 1, "is_new": 1}"#,
                "is_new: a value is not true or false",
            ),
            (
                r#"{"_name": "", "count": 1, "size": [1]}"#,
                "size: a tuple of size 2",
            ),
            (
                r#"{"_name": "", "count": 1, "kinds": {}}"#,
                "kinds: a value is not a list",
            ),
            (
                r#"{"_name": "", "count": 1, "kinds": ["third"]}"#,
                "kinds: there is no `third`",
            ),
            ("[]", "missing field `_name`"),
            ("null", "a value is not an object"),
            ("\"text\"", "a value is not an object"),
        ] {
            assert_eq!(read(text).unwrap_err(), message, "{text}");
        }
        assert!(read("{").is_err());
    }
}
