//! Sizes, times and counts as people write them: `"5 MiB"`, `"10 ms"`, `10`.

use std::fmt;

use model::Unit;
use serde::{Deserialize, Deserializer, de};

/// A number, or a number with a unit in a string.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Quantity {
    /// Without a unit.
    Plain(f64),
    /// As written.
    Written(String),
}

const BYTES: &[(&str, f64)] = &[
    ("B", 1.0),
    ("kB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
];
const SECONDS: &[(&str, f64)] =
    &[("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1.0), ("min", 60.0)];

impl Quantity {
    /// The value in the unit, or what should have been written.
    pub(crate) fn in_unit(&self, unit: Unit) -> Result<f64, &'static str> {
        let (units, form) = match unit {
            Unit::Count | Unit::PerSecond => {
                return self.plain().ok_or("write a plain number, such as 10");
            }
            Unit::Bytes => (BYTES, "write a size such as \"5 MiB\" (B, kB, MB, GB, KiB, MiB, GiB)"),
            Unit::Seconds => (SECONDS, "write a time such as \"10 ms\" (us, ms, s, min)"),
        };
        self.with_unit(units).ok_or(form)
    }

    /// Without a unit, where the key names it already.
    pub(crate) fn plain(&self) -> Option<f64> {
        match self {
            Self::Plain(value) if value.is_finite() => Some(*value),
            _ => None,
        }
    }

    fn with_unit(&self, units: &[(&str, f64)]) -> Option<f64> {
        let Self::Written(text) = self else { return None };
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '_'))?;
        let (number, word) = text.split_at(end);
        let number: f64 = number.replace('_', "").parse().ok()?;
        let (_, factor) = units.iter().find(|(name, _)| *name == word.trim_start())?;
        Some(number * factor)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

struct QuantityVisitor;

impl de::Visitor<'_> for QuantityVisitor {
    type Value = Quantity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a number with a unit in quotes")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Quantity, E> {
        Ok(Quantity::Plain(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Quantity, E> {
        Ok(Quantity::Plain(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Quantity, E> {
        Ok(Quantity::Written(value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, unit: Unit) -> Option<f64> {
        Quantity::Written(text.to_owned()).in_unit(unit).ok()
    }

    #[test]
    fn sizes_and_times_carry_their_unit() {
        assert_eq!(written("5 MiB", Unit::Bytes), Some(5_242_880.0));
        assert_eq!(written("1.5kB", Unit::Bytes), Some(1500.0));
        assert_eq!(written("10 ms", Unit::Seconds), Some(0.010));
        assert_eq!(written("-1 s", Unit::Seconds), Some(-1.0));
    }

    #[test]
    fn a_unit_of_another_kind_is_refused() {
        assert_eq!(written("5 MiB", Unit::Seconds), None);
        assert_eq!(written("5", Unit::Bytes), None);
        assert_eq!(Quantity::Plain(5.0).in_unit(Unit::Bytes).ok(), None);
    }

    #[test]
    fn counts_are_plain_numbers() {
        assert_eq!(Quantity::Plain(10.0).in_unit(Unit::Count), Ok(10.0));
        assert_eq!(written("10", Unit::Count), None);
        assert!(Quantity::Plain(f64::NAN).in_unit(Unit::Count).is_err());
    }
}
