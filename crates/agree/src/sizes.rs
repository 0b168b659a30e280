//! Whether outputs are of about the same size: of two compressors, the one that
//! may write more is faster for no merit of its own.

use std::fmt;

/// The size of what one side wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideSize {
    /// Whose.
    pub name: String,
    /// In bytes.
    pub bytes: u64,
}

/// Sizes that are too far apart.
#[derive(Debug, Clone, PartialEq)]
pub struct SizesDiffer {
    /// The first of the smallest.
    pub smallest: SideSize,
    /// The first of the largest.
    pub largest: SideSize,
    /// What was allowed.
    pub factor: f64,
}

/// Sizes by name, in bytes, of which the largest may be `factor` times the
/// smallest; beside nothing only nothing will do.
pub fn sizes(sizes: &[(&str, u64)], factor: f64) -> Option<SizesDiffer> {
    let sized = |(name, bytes): (&str, u64)| SideSize { name: name.to_owned(), bytes };
    let smallest = sizes.iter().copied().min_by_key(|&(_, bytes)| bytes)?;
    // `max_by_key` would hand over the last of the largest.
    let largest = sizes.iter().copied().rev().max_by_key(|&(_, bytes)| bytes)?;
    let differ = largest.1 as f64 > smallest.1 as f64 * factor;
    differ.then(|| SizesDiffer { smallest: sized(smallest), largest: sized(largest), factor })
}

impl fmt::Display for SizesDiffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { smallest, largest, factor } = self;
        let (small, large) = told_apart(smallest.bytes, largest.bytes);
        let (of_small, of_large) = (&smallest.name, &largest.name);
        write!(f, "{small} of {of_small}, {large} of {of_large}: more than ")?;
        if *factor < 2.0 {
            // 1.02 is not a sum of powers of two: it would read 2.0000000000000018.
            write!(f, "{} % apart", ((factor - 1.0) * 1e4).round() / 1e2)
        } else {
            write!(f, "{factor} times apart")
        }
    }
}

/// Two numbers of bytes with as many digits as show that they are not the same.
fn told_apart(small: u64, large: u64) -> (String, String) {
    [1, 3]
        .into_iter()
        .map(|decimals| (in_units(small, decimals), in_units(large, decimals)))
        .find(|(small, large)| small != large)
        .unwrap_or_else(|| (format!("{small} B"), format!("{large} B")))
}

fn in_units(bytes: u64, decimals: usize) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = UNITS.into_iter().find(|&(one, _)| bytes >= one);
    unit.map_or_else(
        || format!("{bytes} B"),
        |(one, name)| format!("{:.decimals$} {name}", bytes as f64 / one as f64),
    )
}
