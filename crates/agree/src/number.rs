//! Numbers as they stand in an output, and whether two are near enough.

use std::cmp::Ordering;
use std::fmt;

/// How far two numbers may lie apart: either will do. Rounding to a double is
/// forgiven where a double is all there is: 1.00 and 1.01 are 0.01 apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// Of the larger of the two, by size: 0.01 is one percent.
    pub relative: f64,
    /// In itself.
    pub absolute: f64,
}

/// A finite number. Equality is of value and kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    /// Also for numbers with a fraction or exponent whose value is an integer
    /// of 64 bits.
    Integer(i128),
    Double(f64),
}

impl Number {
    pub(crate) fn of_double(value: f64) -> Self {
        let fits = (i64::MIN as f64..u64::MAX as f64).contains(&value);
        if fits && value.fract() == 0.0 {
            Self::Integer(value as i128)
        } else {
            Self::Double(value)
        }
    }

    /// A decimal number, unless that would change it or make it infinite.
    pub(crate) fn parse(decimal: &str) -> Option<Self> {
        if decimal.contains(['.', 'e', 'E']) {
            let value: f64 = decimal.parse().ok()?;
            return value.is_finite().then(|| Self::of_double(value));
        }
        if let Ok(integer) = decimal.parse() {
            return Some(Self::Integer(integer));
        }
        // Some languages write 1e300 in full, and those zeros mean a double;
        // other digits of such a length are an identifier rather.
        let value: f64 = decimal.parse().ok()?;
        let is_double = value.is_finite() && format!("{value}") == decimal.trim_start_matches('+');
        is_double.then_some(Self::Double(value))
    }

    pub(crate) fn is_integer(self) -> bool {
        matches!(self, Self::Integer(_))
    }

    fn double(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Double(value) => value,
        }
    }

    /// One text for each number: integers plain, others with an exponent.
    pub(crate) fn canonical(self) -> String {
        match self {
            Self::Integer(value) => value.to_string(),
            Self::Double(value) => format!("{value:e}"),
        }
    }

    /// By value; total, for no number is a NaN.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.double().total_cmp(&other.double()).then_with(|| match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (Self::Integer(_), Self::Double(_)) => Ordering::Less,
            (Self::Double(_), Self::Integer(_)) => Ordering::Greater,
            (Self::Double(_), Self::Double(_)) => Ordering::Equal,
        })
    }
}

/// As people write it.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Double(value) => write!(f, "{value:?}"),
        }
    }
}

impl Tolerance {
    pub(crate) fn allows(self, a: Number, b: Number) -> bool {
        if a == b {
            return true;
        }
        let (apart, largest, rounding) = match (a, b) {
            (Number::Integer(a), Number::Integer(b)) => {
                (a.abs_diff(b) as f64, a.unsigned_abs().max(b.unsigned_abs()) as f64, 0.0)
            }
            _ => {
                let (a, b) = (a.double(), b.double());
                let largest = a.abs().max(b.abs());
                ((a - b).abs(), largest, largest * f64::EPSILON)
            }
        };
        let forgiven = |distance: f64| if distance > 0.0 { rounding } else { 0.0 };
        // 0.29 * 100 is a little less than 29.
        let relative = self.relative * largest * (1.0 + 2.0 * f64::EPSILON);
        apart <= self.absolute + forgiven(self.absolute) || apart <= relative + forgiven(relative)
    }
}
