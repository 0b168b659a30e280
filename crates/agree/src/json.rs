//! Outputs as JSON values. A tree of our own and not `serde_json::Value`,
//! because that one lets the last of two equal names win in silence and keeps
//! `1` and `1.0` apart.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::iter;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::Tolerance;
use crate::difference::{Difference, Has};
use crate::excerpt::{Excerpt, common_prefix};
use crate::number::Number;

/// A JSON value whose equality is equality of values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

impl Json {
    pub(crate) fn parse(output: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(output)
    }

    /// Hands the canonical text over piece by piece.
    pub(crate) fn feed(&self, to: &mut impl FnMut(&[u8])) {
        match self {
            Self::Array(items) => {
                to(b"[");
                for (index, item) in items.iter().enumerate() {
                    to(if index > 0 { b"," } else { b"" });
                    item.feed(to);
                }
                to(b"]");
            }
            Self::Object(members) => {
                to(b"{");
                for (index, (name, value)) in members.iter().enumerate() {
                    to(if index > 0 { b"," } else { b"" });
                    to(quoted(name).as_bytes());
                    to(b":");
                    value.feed(to);
                }
                to(b"}");
            }
            Self::Number(number) => to(number.canonical().as_bytes()),
            scalar => to(scalar.to_string().as_bytes()),
        }
    }
}

/// Scalars as JSON; arrays and objects in words, for they may be large.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => value.fmt(f),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Array(items) => write!(f, "an array of {}", items.len()),
            Self::Object(members) => write!(f, "an object of {}", members.len()),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The first value that is not the same; members are looked at by name.
pub(crate) fn first(
    reference: &[u8],
    other: &[u8],
    tolerance: Option<Tolerance>,
) -> Option<Difference> {
    match (Json::parse(reference), Json::parse(other)) {
        (Ok(reference), Ok(other)) => {
            let first = partings(&reference, &other, tolerance, 1).pop()?;
            let (reference, other) = first.has();
            Some(Difference::Value { path: first.path, reference, other })
        }
        (reference, other) => Some(Difference::NotJson {
            reference: reference.err().map(|error| error.to_string()),
            other: other.err().map(|error| error.to_string()),
        }),
    }
}

/// A place where two values part.
pub(crate) struct Parting<'a> {
    /// Such as `$.users[3].name`.
    pub(crate) path: String,
    /// What the reference has there, if anything.
    pub(crate) reference: Option<&'a Json>,
    /// What the other has there.
    pub(crate) other: Option<&'a Json>,
}

/// The first places, at most so many, in the order of the reference's items
/// and of the members' names.
pub(crate) fn partings<'a>(
    reference: &'a Json,
    other: &'a Json,
    tolerance: Option<Tolerance>,
    most: usize,
) -> Vec<Parting<'a>> {
    let mut walk = Walk { tolerance, most, way: Vec::new(), found: Vec::new() };
    walk.between(Some(reference), Some(other));
    walk.found
}

impl Parting<'_> {
    fn has(&self) -> (Has, Has) {
        let at = match (self.reference, self.other) {
            (Some(Json::Text(a)), Some(Json::Text(b))) => common_prefix(a.as_bytes(), b.as_bytes()),
            _ => 0,
        };
        let has = |value: Option<&Json>| match value {
            None => Has::Nothing,
            Some(Json::Text(text)) => Has::Text(Excerpt::around(text.as_bytes(), at)),
            Some(value) => Has::Text(Excerpt::words(value.to_string())),
        };
        (has(self.reference), has(self.other))
    }
}

/// A step into a value. Kept as it is, so that equal values cost no text.
enum Step<'a> {
    Item(usize),
    Member(&'a str),
}

/// Two values walked through side by side.
struct Walk<'a> {
    tolerance: Option<Tolerance>,
    most: usize,
    way: Vec<Step<'a>>,
    found: Vec<Parting<'a>>,
}

impl<'a> Walk<'a> {
    fn between(&mut self, reference: Option<&'a Json>, other: Option<&'a Json>) {
        match (reference, other) {
            (Some(Json::Array(a)), Some(Json::Array(b))) => {
                for index in 0..a.len().max(b.len()) {
                    self.step(Step::Item(index), a.get(index), b.get(index));
                }
            }
            (Some(Json::Object(a)), Some(Json::Object(b))) => {
                let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
                names.sort_unstable();
                names.dedup();
                for name in names {
                    self.step(Step::Member(name), a.get(name), b.get(name));
                }
            }
            (Some(Json::Number(a)), Some(Json::Number(b)))
                if self.tolerance.is_some_and(|tolerance| tolerance.allows(*a, *b)) => {}
            _ if reference == other => {}
            _ => self.found.push(Parting { path: self.path(), reference, other }),
        }
    }

    fn step(&mut self, step: Step<'a>, reference: Option<&'a Json>, other: Option<&'a Json>) {
        if self.found.len() < self.most {
            self.way.push(step);
            self.between(reference, other);
            self.way.pop();
        }
    }

    fn path(&self) -> String {
        let steps = self.way.iter().map(|step| match step {
            Step::Item(index) => format!("[{index}]"),
            Step::Member(name) => member(name),
        });
        iter::once("$".to_owned()).chain(steps).collect()
    }
}

fn member(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !name.is_empty() && name.len() <= 64 && name.bytes().all(is_plain) {
        format!(".{name}")
    } else {
        format!("[{}]", Excerpt::around(name.as_bytes(), 0))
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(Number::Integer(value.into())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(Number::Integer(value.into())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(Number::of_double(value)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = BTreeMap::new();
        while let Some((name, value)) = entries.next_entry::<String, Json>()? {
            match object.entry(name) {
                Entry::Vacant(free) => free.insert(value),
                Entry::Occupied(taken) => {
                    let name = Excerpt::around(taken.key().as_bytes(), 0);
                    return Err(A::Error::custom(format!("member {name} is there twice")));
                }
            };
        }
        Ok(Json::Object(object))
    }
}
