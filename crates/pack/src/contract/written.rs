//! Margins, times, sizes and shares of a processor as people write them, and
//! back: what is written of a value is read as the very same value.

use model::{Metric, Unit};

use crate::quantity::Quantity;

/// A text that is not the quantity it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` cannot be used here; {way_out}")]
pub struct NotWritten {
    /// As written.
    pub given: String,
    /// What should have been written.
    pub way_out: &'static str,
}

const SHARE: &str = "write a share such as \"2 %\"";
const PROCESSORS: &str = "write thousandths such as \"500m\", or processors such as 0.5";
const DAYS: &str = "write days such as \"14 days\"";

/// A margin of more than this is a slip.
const MOST_PERCENT: u64 = 1_000_000;

/// `2 %` or `2%` as the factor 1.02; `0` as 1.
///
/// # Errors
/// When it is no share.
pub fn factor(text: &str) -> Result<f64, NotWritten> {
    let quantity = match text.trim() {
        "0" => Quantity::Plain(0.0),
        text => Quantity::Written(text.to_owned()),
    };
    tell(text, factor_of(&quantity))
}

/// `1 ms` in seconds.
///
/// # Errors
/// When it is no time.
pub fn seconds(text: &str) -> Result<f64, NotWritten> {
    tell(text, Quantity::Written(text.to_owned()).in_unit(Unit::Seconds))
}

/// `256 MiB`, or `256Mi`, in bytes.
///
/// # Errors
/// When it is no size.
pub fn bytes(text: &str) -> Result<u64, NotWritten> {
    tell(text, whole_bytes(&Quantity::Written(text.to_owned())))
}

/// `500m` or `0.5` in processors.
///
/// # Errors
/// When it is no share of processors.
pub fn processors(text: &str) -> Result<f64, NotWritten> {
    let quantity = match text.trim().parse() {
        Ok(number) => Quantity::Plain(number),
        Err(_) => Quantity::Written(text.to_owned()),
    };
    tell(text, processors_of(&quantity))
}

/// `14 days` in days.
///
/// # Errors
/// When it is no number of days.
pub fn days(text: &str) -> Result<u32, NotWritten> {
    tell(text, days_of(&Quantity::Written(text.to_owned())))
}

/// A floor in a metric's unit: `1 ms`, `5 MiB`, `100`; `0` in any.
///
/// # Errors
/// When it is of another unit.
pub fn floor(metric: Metric, text: &str) -> Result<f64, NotWritten> {
    let quantity = match text.trim().parse() {
        Ok(number) => Quantity::Plain(number),
        Err(_) => Quantity::Written(text.to_owned()),
    };
    tell(text, floor_of(metric, &quantity))
}

fn tell<T>(text: &str, read: Result<T, &'static str>) -> Result<T, NotWritten> {
    read.map_err(|way_out| NotWritten { given: text.to_owned(), way_out })
}

/// A share as a factor, digit by digit: 2.5 % is the number nearest to 1.025.
pub(super) fn factor_of(quantity: &Quantity) -> Result<f64, &'static str> {
    let text = match quantity {
        Quantity::Plain(number) if *number == 0.0 => return Ok(1.0),
        Quantity::Plain(_) => return Err(SHARE),
        Quantity::Written(text) => text.trim(),
    };
    let number = text.strip_suffix('%').ok_or(SHARE)?.trim_end();
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) || number.ends_with('.') {
        return Err(SHARE);
    }
    let whole = whole.parse::<u64>().ok().filter(|it| *it <= MOST_PERCENT).ok_or(SHARE)?;
    format!("{}.{:02}{rest}", 1 + whole / 100, whole % 100).parse().map_err(|_| SHARE)
}

/// A whole number of bytes.
pub(super) fn whole_bytes(quantity: &Quantity) -> Result<u64, &'static str> {
    const LARGEST: f64 = (1_u64 << 53) as f64;
    let form = "write a size such as \"256 MiB\" (B, kB, MB, GB, KiB, MiB, GiB)";
    let full = match quantity {
        Quantity::Written(text) if text.trim_end().ends_with('i') => {
            Quantity::Written(format!("{}B", text.trim_end()))
        }
        other => other.clone(),
    };
    let value = full.in_unit(Unit::Bytes).map_err(|_| form)?;
    let whole = (0.0..=LARGEST).contains(&value) && value.fract() == 0.0;
    if whole { Ok(value as u64) } else { Err(form) }
}

pub(crate) fn processors_of(quantity: &Quantity) -> Result<f64, &'static str> {
    let value = match quantity {
        Quantity::Plain(number) => *number,
        Quantity::Written(text) => {
            let thousandths = text.trim().strip_suffix('m').ok_or(PROCESSORS)?;
            thousandths.trim_end().parse::<u32>().map(f64::from).map_err(|_| PROCESSORS)? / 1000.0
        }
    };
    if value.is_finite() && value > 0.0 { Ok(value) } else { Err(PROCESSORS) }
}

pub(super) fn days_of(quantity: &Quantity) -> Result<u32, &'static str> {
    let Quantity::Written(text) = quantity else { return Err(DAYS) };
    let (number, unit) = text.trim().split_once(' ').ok_or(DAYS)?;
    let each = match unit.trim_start() {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        _ => return Err(DAYS),
    };
    let days = number.parse::<u32>().ok().and_then(|number| number.checked_mul(each));
    days.filter(|days| *days > 0).ok_or(DAYS)
}

pub(super) fn floor_of(metric: Metric, quantity: &Quantity) -> Result<f64, &'static str> {
    let form = match metric.unit() {
        Unit::Seconds => "write a time of zero or more, such as \"1 ms\"",
        Unit::Bytes => "write a size of zero or more, such as \"64 KiB\"",
        Unit::Count | Unit::PerSecond => "write a number of zero or more, such as 10",
    };
    let value = match quantity {
        Quantity::Plain(number) if *number == 0.0 => 0.0,
        other => other.in_unit(metric.unit()).map_err(|_| form)?,
    };
    if value.is_finite() && value >= 0.0 { Ok(value) } else { Err(form) }
}

/// A factor of 1 or more as a share: `2 %`.
pub fn percent(factor: f64) -> String {
    let text = factor.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let (hundredths, finer) = rest.split_at(rest.len().min(2));
    let whole = whole.parse::<u64>().unwrap_or(1).saturating_sub(1);
    let percent = whole * 100 + format!("{hundredths:0<2}").parse::<u64>().unwrap_or(0);
    if finer.is_empty() { format!("{percent} %") } else { format!("{percent}.{finer} %") }
}

const TIMES: &[(&str, f64)] = &[("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("min", 60.0)];
const SIZES: &[(&str, f64)] = &[
    ("B", 1.0),
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("kB", 1e3),
    ("MB", 1e6),
];

/// Seconds as a time: `1 ms`.
pub fn time(seconds: f64) -> String {
    shortest(seconds, TIMES)
}

/// Bytes as a size: `256 MiB`.
pub fn size(bytes: f64) -> String {
    shortest(bytes, SIZES)
}

/// A value in a metric's unit, as a floor is written.
pub fn in_unit(metric: Metric, value: f64) -> String {
    match metric.unit() {
        Unit::Seconds => time(value),
        Unit::Bytes => size(value),
        Unit::Count | Unit::PerSecond => value.to_string(),
    }
}

/// Days: `14 days`.
pub fn age(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// In the unit that gives the fewest letters, of those that give the value back.
fn shortest(value: f64, units: &[(&str, f64)]) -> String {
    let texts = units.iter().filter_map(|(unit, each)| {
        let number = (value / each).to_string();
        let back = number.parse::<f64>().ok()? * each;
        (back == value).then(|| format!("{number} {unit}"))
    });
    // Of equally short ones the first.
    texts.min_by_key(String::len).unwrap_or_else(|| format!("{value} {}", units[0].0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_factors() {
        for (text, factor_) in
            [("2 %", 1.02), ("2%", 1.02), ("0 %", 1.0), ("0", 1.0), ("250.5 %", 3.505)]
        {
            assert_eq!(factor(text), Ok(factor_), "{text}");
        }
        for text in ["2", "-2 %", "% 2", "1e3 %", ".5 %", "5. %", "", "9999999999 %"] {
            assert!(factor(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_times_and_shares_of_processors_read_as_people_write_them() {
        assert_eq!(bytes("256Mi"), Ok(268_435_456));
        assert_eq!(bytes("256 MiB"), Ok(268_435_456));
        assert!(bytes("0.3 B").is_err() && bytes("-1 B").is_err());
        assert_eq!(processors("500m"), Ok(0.5));
        assert_eq!(processors("2"), Ok(2.0));
        assert!(processors("0").is_err() && processors("inf").is_err());
        assert_eq!(days("2 weeks"), Ok(14));
        assert!(days("0 days").is_err() && days("14").is_err());
    }

    #[test]
    fn values_are_written_in_the_unit_that_suits_them() {
        assert_eq!(time(0.001), "1 ms");
        assert_eq!(time(60.0), "60 s");
        assert_eq!(size(268_435_456.0), "256 MiB");
        assert_eq!(size(4096.0), "4 KiB");
        assert_eq!(percent(1.02), "2 %");
        assert_eq!(percent(1.0), "0 %");
        assert_eq!(percent(1.125), "12.5 %");
        assert_eq!(percent(3.0), "200 %");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(value in 0.0..1e9f64, more in 0.0..100.0f64) {
            let more = 1.0 + more;
            proptest::prop_assert_eq!(factor(&percent(more)), Ok(more));
            proptest::prop_assert_eq!(seconds(&time(value)), Ok(value));
            proptest::prop_assert_eq!(floor(Metric::Memory, &size(value)), Ok(value));
        }
    }
}
