//! Lines on standard error while a run goes on.

use judge::JudgedClaim;
use model::Note;

/// Columns of a line.
const WIDTH: usize = 80;

/// A verdict that nothing can change any more.
pub(crate) fn verdict(claim: &JudgedClaim) -> String {
    let verdict = claim.verdict.map_or("", |verdict| verdict.phrase());
    shortened(format!("  {verdict}: {}  {}", claim.id, claim.reason))
}

/// Something to know.
pub(crate) fn note(note: &Note) -> String {
    let parts = [
        note.workload.as_ref().map(ToString::to_string),
        note.side.as_ref().map(ToString::to_string),
        note.profile.map(|profile| profile.to_string()),
    ];
    let place: Vec<String> = parts.into_iter().flatten().collect();
    format!("  note: {}: {}", place.join(", "), note.text)
}

fn shortened(line: String) -> String {
    match line.char_indices().nth(WIDTH - 1) {
        None => line,
        Some((end, _)) => format!("{}…", &line[..end]),
    }
}
