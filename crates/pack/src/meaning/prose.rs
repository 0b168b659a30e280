//! page.md: every claim stands in the prose exactly once.

use model::ClaimId;

use crate::document::{Document, Sheet};
use crate::fault::Fault;
use crate::meaning::Claims;

const OPEN: &str = "{{claim:";

/// Faults claims that the page does not place, places twice or does not know.
pub(crate) fn placed_once(page: &Document, claims: &Claims) -> Vec<Fault> {
    let mut sheet = Sheet::new(page);
    let mut placed: Vec<String> = Vec::new();
    for (at, _) in page.text.match_indices(OPEN) {
        let start = at + OPEN.len();
        let Some(length) = page.text[start..].find("}}") else {
            sheet.fault(at..start, "the mark is not closed", "write {{claim:DIMENSION/WORD}}");
            continue;
        };
        let given = crate::spanned::Spanned::new(
            start..start + length,
            page.text[start..start + length].trim().to_owned(),
        );
        let id = given.get_ref();
        if !claims.ids.iter().any(|(known, ..)| known == id) {
            let known = claims.ids.iter().map(|(known, ..)| *known);
            sheet.unknown(&given, "claim", "claims", known);
        } else if placed.contains(id) {
            sheet.fault(
                given.span(),
                format!("claim \"{id}\" stands on the page twice"),
                "a sentence has one place: remove one of the two",
            );
        }
        placed.push(id.clone());
    }
    let mut faults = sheet.finish();
    for (id, document, span) in &claims.ids {
        // What is no id has been told where it stands.
        if id.parse::<ClaimId>().is_ok() && !placed.iter().any(|placed| placed == id) {
            faults.push(document.fault(
                Some(span.clone()),
                format!("claim \"{id}\" has no place on the page"),
                format!("put {{{{claim:{id}}}}} where it belongs in page.md"),
            ));
        }
    }
    faults
}
