//! Numbers as people read them: SI base units become ms, MiB and the like,
//! with three significant digits.

use model::Unit;

/// A number with three significant digits and no exponent.
fn three_digits(value: f64) -> String {
    let size = value.abs();
    let decimals = match size {
        _ if size >= 99.95 || size == 0.0 => 0,
        _ if size >= 9.995 => 1,
        _ if size >= 0.9995 => 2,
        _ => 3,
    };
    let text = format!("{value:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// The value in the first unit of which there is at least one.
fn in_unit(value: f64, units: &[(f64, &str)]) -> String {
    let size = value.abs();
    let fits = units.iter().find(|(one, _)| size >= one * 0.9995);
    let (one, name) = fits.or(units.last()).copied().unwrap_or((1.0, ""));
    format!("{} {name}", three_digits(value / one))
}

/// An absolute value with its unit: `1.4 ms`, `14 MiB`, `7`.
pub(crate) fn quantity(value: f64, unit: Unit) -> String {
    const KIB: f64 = 1024.0;
    const BYTES: [(f64, &str); 4] =
        [(KIB * KIB * KIB, "GiB"), (KIB * KIB, "MiB"), (KIB, "KiB"), (1.0, "B")];
    const SECONDS: [(f64, &str); 5] =
        [(60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
    match unit {
        Unit::Seconds if value == 0.0 => "0 s".to_owned(),
        Unit::Seconds if value.abs() < 600.0 => in_unit(value, &SECONDS[1..]),
        Unit::Seconds => in_unit(value, &SECONDS),
        Unit::Bytes => in_unit(value, &BYTES),
        Unit::Count => count(value),
        Unit::PerSecond => format!("{} /s", three_digits(value)),
    }
}

/// Things counted: whole, unless a median of few fell between two, or they were counted a request.
pub(crate) fn count(value: f64) -> String {
    if value.fract() == 0.0 || value.abs() >= 100.0 {
        format!("{value:.0}")
    } else {
        three_digits(value)
    }
}

/// A value of a metric of the user's own: `1250 rows/s`, `0.035 s/row`.
pub(crate) fn labelled(value: f64, label: &str) -> String {
    let number = if value.fract() == 0.0 { count(value) } else { three_digits(value) };
    format!("{number} {label}").trim_end().to_owned()
}

/// A value that nobody knows exactly, with two digits: `13 weeks`, `0.5 weeks`, `130 MiB`.
pub(crate) fn about(value: f64, label: &str) -> String {
    if value == 0.0 || !value.is_finite() {
        return labelled(value, label);
    }
    let scale = 10_f64.powf(1.0 - value.abs().log10().floor());
    let rounded = (value * scale).round() / scale;
    labelled(rounded, label)
}

/// A ratio without its `x`: two decimals, more below a tenth, fewer from ten up.
pub(crate) fn ratio(value: f64) -> String {
    match value {
        _ if value >= 99.5 => format!("{value:.0}"),
        _ if value >= 9.95 => format!("{value:.1}"),
        _ if value >= 0.0995 => format!("{value:.2}"),
        _ if value >= 0.00995 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

/// A factor of 1 or more as a distance in percent: 1.03 is `±3 %`.
pub(crate) fn percent(factor: f64) -> String {
    let percent = (factor - 1.0) * 100.0;
    if percent >= 9.95 {
        format!("±{percent:.0} %")
    } else {
        format!("±{} %", one_decimal(percent))
    }
}

fn one_decimal(value: f64) -> String {
    format!("{value:.1}").trim_end_matches(".0").to_owned()
}

/// A level such as 0.95 in percent: `95 %`, `96.9 %`.
pub(crate) fn level(fraction: f64) -> String {
    format!("{} %", one_decimal(fraction * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_values_take_the_unit_that_people_would() {
        let seconds = |value| quantity(value, Unit::Seconds);
        assert_eq!(seconds(0.0014), "1.4 ms");
        assert_eq!(seconds(0.000_210_4), "210 µs");
        assert_eq!(seconds(0.999_99), "1 s");
        assert_eq!(seconds(125.0), "125 s");
        assert_eq!(seconds(1200.0), "20 min");
        assert_eq!(seconds(0.0), "0 s");
        let bytes = |value| quantity(value, Unit::Bytes);
        assert_eq!(bytes(14.0 * 1024.0 * 1024.0), "14 MiB");
        assert_eq!(bytes(463_000.0), "452 KiB");
        assert_eq!(bytes(12.0), "12 B");
        assert_eq!(quantity(-3.0, Unit::Count), "-3");
    }

    #[test]
    fn ratios_keep_two_digits_that_matter() {
        let shown: Vec<String> = [0.0012, 0.0191, 0.613, 1.0, 4.13, 12.34, 312.0].map(ratio).into();
        assert_eq!(shown, ["0.0012", "0.019", "0.61", "1.00", "4.13", "12.3", "312"]);
    }

    #[test]
    fn a_factor_is_a_distance_in_percent() {
        assert_eq!(percent(1.03), "±3 %");
        assert_eq!(percent(1.012), "±1.2 %");
        assert_eq!(percent(1.3), "±30 %");
        assert_eq!(level(0.969), "96.9 %");
        assert_eq!(level(0.95), "95 %");
    }
}
