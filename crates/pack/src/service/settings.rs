//! Variables, and other settings of a process.

use std::collections::BTreeMap;

use crate::document::Sheet;
use crate::shape::Text;

/// Faults what cannot be the name of a variable.
pub(super) fn is_variable(sheet: &mut Sheet, name: &Text) {
    let word = name.get_ref();
    if word.is_empty() || word.contains(['=', '\0']) {
        let help = "a variable's name has one letter or more, and no `=`";
        sheet.fault(name.span(), format!("\"{word}\" is not the name of a variable"), help);
    }
}

/// Variables that a process can be given.
pub(crate) fn variables(
    sheet: &mut Sheet,
    given: &BTreeMap<Text, Text>,
) -> BTreeMap<String, String> {
    for (name, value) in given {
        is_variable(sheet, name);
        if value.get_ref().contains('\0') {
            let help = "remove \\u0000";
            sheet.fault(value.span(), "a variable cannot contain a zero byte", help);
        }
    }
    given.iter().map(|(name, value)| (name.get_ref().clone(), value.get_ref().clone())).collect()
}
