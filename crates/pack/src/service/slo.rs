//! A bound on a tail, as people write it: `p99<20ms`.

use model::Unit;

use crate::contract::written::time;
use crate::document::Sheet;
use crate::quantity::Quantity;
use crate::shape::Text;

/// The quantile and the bound in seconds.
pub(super) fn slo(sheet: &mut Sheet, given: &Text) -> Option<(f64, f64)> {
    let read = read(given.get_ref());
    if read.is_none() {
        sheet.fault(
            given.span(),
            format!("\"{}\" is not a bound on a tail", given.get_ref()),
            "write a quantile and a time, such as \"p99<20ms\" or \"p99.9 < 0.1 s\"",
        );
    }
    read
}

fn read(text: &str) -> Option<(f64, f64)> {
    let (quantile, bound) = text.split_once('<')?;
    let bound = Quantity::Written(bound.trim().to_owned()).in_unit(Unit::Seconds).ok()?;
    let quantile = fraction(quantile.trim().strip_prefix('p')?)?;
    (bound.is_finite() && bound > 0.0).then_some((quantile, bound))
}

/// `99` and `99.9` as 0.99 and 0.999, digit by digit; `999` as people say it, too.
fn fraction(text: &str) -> Option<f64> {
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) if !rest.is_empty() => (whole, rest),
        Some(_) => return None,
        None => text.split_at(text.len().min(2)),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 2 || !digits(whole) || !digits(rest) {
        return None;
    }
    let value: f64 = format!("0.{whole:0>2}{rest}").parse().ok()?;
    (value > 0.0 && value < 1.0).then_some(value)
}

/// What reads as this quantile and bound.
pub(crate) fn written(quantile: f64, bound_seconds: f64) -> String {
    let text = quantile.to_string();
    let digits = text.strip_prefix("0.").unwrap_or_default();
    let (whole, rest) = digits.split_at(digits.len().min(2));
    let point = if rest.is_empty() { "" } else { "." };
    format!("p{whole:0<2}{point}{rest} < {}", time(bound_seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_read_as_people_write_them() {
        for (text, quantile, bound) in [
            ("p99<20ms", 0.99, 0.02),
            ("p99.9 < 0.1 s", 0.999, 0.1),
            ("p999<20 ms", 0.999, 0.02),
            ("p50<500us", 0.5, 0.0005),
            ("p5 < 1 s", 0.05, 1.0),
        ] {
            assert_eq!(read(text), Some((quantile, bound)), "{text}");
        }
        for text in
            ["p99", "99<20ms", "p<20ms", "p99<20", "p99<-1ms", "p0<1ms", "p99.<1ms", "p-1<1s"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(quantile in 0.001..0.99999f64, bound in 1e-6..100.0f64) {
            proptest::prop_assert_eq!(read(&written(quantile, bound)), Some((quantile, bound)));
        }
    }
}
