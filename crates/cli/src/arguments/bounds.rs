//! Values of flags with a shape of their own: `NAME=VALUE`, `2%`, `cpu=500m`.

use std::str::FromStr;

use model::Metric;

/// `NAME=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// Reads `NAME=VALUE`.
pub(crate) fn named(text: &str) -> Result<Named, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok(Named { name: name.to_owned(), value: value.to_owned() })
        }
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

/// Reads `2%`, `2 %` or `0` as the factor 1.02 or 1.
pub(crate) fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches('%').trim_end();
    let percent: f64 = number.parse().map_err(|_| format!("`{text}` is not a share such as 2%"))?;
    let written = text.trim().ends_with('%') || percent == 0.0;
    if !written {
        return Err(format!("`{text}` has no unit: write {text}%"));
    }
    if !(percent.is_finite() && (0.0..=10_000.0).contains(&percent)) {
        return Err(format!("`{text}` is not a share from 0% to 10000%"));
    }
    Ok(1.0 + percent / 100.0)
}

/// `METRIC=PERCENT`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MarginOf {
    pub(crate) metric: Metric,
    /// At least 1.
    pub(crate) factor: f64,
}

/// Reads `cpu=2%`.
pub(crate) fn margin_of(text: &str) -> Result<MarginOf, String> {
    let Named { name, value } = named(text).map_err(|_| "write METRIC=PERCENT, such as cpu=2%")?;
    Ok(MarginOf { metric: metric(&name)?, factor: percent(&value)? })
}

/// A metric of ours or, if there is none of that name, of the user's own.
pub(crate) fn metric(name: &str) -> Result<Metric, String> {
    let ours = name.parse::<Metric>();
    ours.or_else(|unknown| name.parse().map(Metric::Own).map_err(|_| unknown.to_string()))
}

/// `cpu=500m,memory=256Mi`, each at most once.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Limits {
    /// Processor time per time.
    pub(crate) processors: Option<f64>,
    /// Bytes.
    pub(crate) memory: Option<u64>,
}

impl FromStr for Limits {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut limits = Self::default();
        for part in text.split(',') {
            let Named { name, value } = named(part.trim())
                .map_err(|_| format!("`{part}` is no limit: write cpu=500m or memory=256Mi"))?;
            match name.as_str() {
                "cpu" => limits.processors = Some(processors(&value)?),
                "memory" => limits.memory = Some(bytes(&value)?),
                _ => return Err(format!("no limit on `{name}`: there are cpu and memory")),
            }
        }
        Ok(limits)
    }
}

fn processors(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is no number of processors: write 500m or 0.5");
    let value = match text.strip_suffix('m') {
        Some(thousandths) => thousandths.parse::<f64>().map_err(|_| wrong())? / 1000.0,
        None => text.parse().map_err(|_| wrong())?,
    };
    if value.is_finite() && value > 0.0 { Ok(value) } else { Err(wrong()) }
}

const SIZES: &[(&str, f64)] = &[
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("kB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
];

fn bytes(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no size: write 256Mi");
    let (number, factor) = SIZES
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
        .unwrap_or((text, 1.0));
    let value = number.trim().parse::<f64>().map_err(|_| wrong())? * factor;
    if value.is_finite() && value >= 1.0 { Ok(value as u64) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_written_as_containers_have_them() {
        let limits = |text: &str| text.parse::<Limits>();
        let both = Limits { processors: Some(0.5), memory: Some(256 << 20) };
        assert_eq!(limits("cpu=500m,memory=256Mi"), Ok(both));
        assert_eq!(limits("cpu=1.5").map(|l| l.processors), Ok(Some(1.5)));
        for bad in ["cpu=", "cpu=0", "disk=1G", "memory=lots", "", "cpu"] {
            assert!(limits(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_margin_says_its_unit() {
        assert!(matches!(margin_of("cpu=2%"), Ok(m) if (m.factor - 1.02).abs() < 1e-12));
        assert!(matches!(margin_of("cpu=0"), Ok(m) if m.factor == 1.0));
        assert!(matches!(margin_of("rows=5 %"), Ok(m) if matches!(m.metric, Metric::Own(_))));
        for bad in ["cpu=2", "cpu", "cpu=-1%", "cpu=nan%", "C P U=2%"] {
            assert!(margin_of(bad).is_err(), "{bad}");
        }
    }
}
