//! Names: lower-case words joined by hyphens, and the one that is offered for
//! what is none.

use std::str::FromStr;

use model::{IdError, WorkloadId};

use super::place::Place;
use crate::document::Sheet;
use crate::shape::{ContractFile, Text};

/// The name nearest to a text: `Big File.json` becomes `big-file-json`; `None`
/// if no letter or digit is left.
pub fn slug(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    (!slug.is_empty()).then_some(slug)
}

/// What to write instead of a text that is no name.
pub(crate) fn way_out(text: &str) -> String {
    let form = "lower-case words joined by hyphens";
    slug(text).map_or_else(|| format!("write {form}"), |slug| format!("write \"{slug}\": {form}"))
}

/// A name given by the author, or a fault that offers one.
pub(super) fn named<T>(sheet: &mut Sheet, given: &Text, noun: &str) -> Option<T>
where
    T: FromStr<Err = IdError>,
{
    let word = given.get_ref();
    let parsed = word.parse();
    if parsed.is_err() {
        let message = format!("\"{word}\" is not the name of a {noun}");
        sheet.fault(given.span(), message, way_out(word));
    }
    parsed.ok()
}

/// The contract's name, or the folder's as one.
pub(super) fn of_contract(
    sheet: &mut Sheet,
    place: &Place,
    file: &ContractFile,
) -> Option<WorkloadId> {
    if let Some(given) = &file.name {
        return named(sheet, given, "contract");
    }
    let folder = place.folder.file_name().unwrap_or_default().to_string_lossy();
    let name = slug(&folder).and_then(|slug| slug.parse().ok());
    if name.is_none() {
        sheet.fault_of_file(
            "the contract has no name, and none can be made of the folder's",
            "write name = \"…\" at the top: lower-case words joined by hyphens",
        );
    }
    name
}
