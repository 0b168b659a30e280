//! Outputs as JSON values. A tree of our own and not `serde_json::Value`,
//! because that one lets the last of two equal names win in silence and keeps
//! `1` and `1.0` apart.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::difference::{Difference, Has};
use crate::excerpt::{Excerpt, common_prefix};

/// A JSON value whose equality is equality of values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// Also for numbers with a fraction or exponent whose value is an integer
    /// of 64 bits.
    Integer(i128),
    Double(f64),
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
            Self::Integer(value) => write!(f, "{value}"),
            Self::Double(value) => write!(f, "{value:e}"),
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
pub(crate) fn first(reference: &[u8], other: &[u8]) -> Option<Difference> {
    match (Json::parse(reference), Json::parse(other)) {
        (Ok(reference), Ok(other)) => {
            first_within(&reference, &other).map(|parting| Difference::Value {
                path: format!("${}", parting.steps.into_iter().rev().collect::<String>()),
                reference: parting.reference,
                other: parting.other,
            })
        }
        (reference, other) => Some(Difference::NotJson {
            reference: reference.err().map(|error| error.to_string()),
            other: other.err().map(|error| error.to_string()),
        }),
    }
}

/// Where two values part; the steps that lead there are gathered on the way
/// back, so that comparing equal values costs no text.
struct Parting {
    /// The innermost first.
    steps: Vec<String>,
    reference: Has,
    other: Has,
}

fn first_within(reference: &Json, other: &Json) -> Option<Parting> {
    match (reference, other) {
        (Json::Array(a), Json::Array(b)) => (0..a.len().max(b.len())).find_map(|index| {
            let mut parting = first_between(a.get(index), b.get(index))?;
            parting.steps.push(format!("[{index}]"));
            Some(parting)
        }),
        (Json::Object(a), Json::Object(b)) => {
            let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().find_map(|name| {
                let mut parting = first_between(a.get(name), b.get(name))?;
                parting.steps.push(step(name));
                Some(parting)
            })
        }
        (Json::Text(a), Json::Text(b)) if a != b => {
            let at = common_prefix(a.as_bytes(), b.as_bytes());
            let has = |text: &str| Has::Text(Excerpt::around(text.as_bytes(), at));
            Some(Parting { steps: Vec::new(), reference: has(a), other: has(b) })
        }
        _ if reference == other => None,
        _ => Some(parting(Some(reference), Some(other))),
    }
}

fn first_between(reference: Option<&Json>, other: Option<&Json>) -> Option<Parting> {
    match (reference, other) {
        (Some(reference), Some(other)) => first_within(reference, other),
        _ => Some(parting(reference, other)),
    }
}

fn parting(reference: Option<&Json>, other: Option<&Json>) -> Parting {
    Parting { steps: Vec::new(), reference: has(reference), other: has(other) }
}

fn has(value: Option<&Json>) -> Has {
    match value {
        None => Has::Nothing,
        Some(Json::Text(text)) => Has::Text(Excerpt::around(text.as_bytes(), 0)),
        Some(value) => Has::Text(Excerpt::words(value.to_string())),
    }
}

fn step(name: &str) -> String {
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
        Ok(Json::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        let fits = (i64::MIN as f64..u64::MAX as f64).contains(&value);
        Ok(if fits && value.fract() == 0.0 {
            Json::Integer(value as i128)
        } else {
            Json::Double(value)
        })
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
