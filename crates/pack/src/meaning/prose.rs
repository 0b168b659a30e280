//! page.md: every claim stands in the prose exactly once.

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
        let given = toml::Spanned::new(
            start..start + length,
            page.text[start..start + length].trim().to_owned(),
        );
        let id = given.get_ref();
        if !claims.claims.iter().any(|claim| claim.id.as_str() == id) {
            let known = claims.claims.iter().map(|claim| claim.id.as_str());
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
    let mut faults = sheet.faults;
    for (claim, (document, span)) in claims.claims.iter().zip(&claims.places) {
        if !placed.iter().any(|id| id == claim.id.as_str()) {
            faults.push(document.fault(
                Some(span.clone()),
                format!("claim \"{}\" has no place on the page", claim.id),
                format!("put {{{{claim:{}}}}} where it belongs in page.md", claim.id),
            ));
        }
    }
    faults
}
