//! Margins of metrics and of guards: a share, a floor, and what holds if one of
//! them is left out.

use model::{Margin, Metric};

use super::written;
use crate::document::Sheet;
use crate::quantity::Quantity;
use crate::spanned::Spanned;

/// A margin and floor; what is left out is as in `otherwise`, but a margin of 0
/// takes the floor along.
pub(super) fn margin(
    sheet: &mut Sheet,
    metric: Metric,
    share: Option<&Spanned<Quantity>>,
    floor: Option<&Spanned<Quantity>>,
    otherwise: Margin,
) -> Margin {
    let factor = share.and_then(|given| quantity(sheet, given, "margin", written::factor_of));
    let floor =
        floor.and_then(|given| quantity(sheet, given, "floor", |it| written::floor_of(metric, it)));
    let left = if factor == Some(1.0) { 0.0 } else { otherwise.floor };
    Margin { factor: factor.unwrap_or(otherwise.factor), floor: floor.unwrap_or(left) }
}

/// A quantity, or a fault that names the key and says how it is written.
pub(crate) fn quantity<T>(
    sheet: &mut Sheet,
    given: &Spanned<Quantity>,
    key: &str,
    read: impl FnOnce(&Quantity) -> Result<T, &'static str>,
) -> Option<T> {
    let value = read(given.get_ref());
    value
        .map_err(|help| {
            let shown = match given.get_ref() {
                Quantity::Plain(number) => number.to_string(),
                Quantity::Written(text) => format!("\"{text}\""),
            };
            sheet.fault(given.span(), format!("{shown} is not a {key}"), help);
        })
        .ok()
}
