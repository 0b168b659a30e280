//! The `[[fact]]` tables of a workload: what is counted in its programs.

use model::{FactProbe, FactProbeKind, Profile};

use crate::document::Sheet;
use crate::shape::{FactProbeEntry, StderrEntry, WorkloadFile};
use crate::spanned::Spanned;

/// Reads one fact of a workload that builds the profiles `built`.
pub(super) fn probe(
    sheet: &mut Sheet,
    entry: &FactProbeEntry,
    file: &WorkloadFile,
    built: &[Profile],
) -> Option<FactProbe> {
    let profile = match &entry.profile {
        Some(word) => sheet.word(word)?,
        None => Profile::ReleasePractice,
    };
    if !built.contains(&profile) {
        let known: Vec<&str> = built.iter().map(|profile| profile.name()).collect();
        sheet.fault(
            entry.profile.as_ref().map_or(entry.id.span(), Spanned::span),
            format!("the workload does not build the profile {profile}"),
            format!("add it to `profiles` above, or use one of: {}", known.join(", ")),
        );
    }
    let kinds = kinds(sheet, entry, file);
    let (Some(kind), 1) = (kinds.first().cloned(), kinds.len()) else {
        sheet.fault(
            entry.id.span(),
            format!("fact \"{}\" is counted in {} ways", entry.id.get_ref(), kinds.len()),
            "give exactly one of: symbols, sections, native_executable = true, \
             statically_linked = true, stderr_lines, same_answers = true",
        );
        return None;
    };
    Some(FactProbe { id: sheet.id(&entry.id)?, about: entry.about.clone(), profile, kind })
}

fn kinds(sheet: &mut Sheet, entry: &FactProbeEntry, file: &WorkloadFile) -> Vec<FactProbeKind> {
    let said = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| *flag.get_ref());
    let mut kinds = Vec::new();
    kinds.extend(entry.symbols.as_ref().map(|e| FactProbeKind::Symbols(sheet.expression(e, 0))));
    kinds.extend(entry.sections.as_ref().map(|e| FactProbeKind::Sections(sheet.expression(e, 0))));
    kinds.extend(said(&entry.native_executable).then_some(FactProbeKind::NativeExecutable));
    kinds.extend(said(&entry.statically_linked).then_some(FactProbeKind::StaticallyLinked));
    kinds.extend(said(&entry.same_answers).then_some(FactProbeKind::SameAnswers));
    if let Some(lines) = &entry.stderr_lines {
        kinds.extend(stderr_lines(sheet, lines.get_ref(), file));
    }
    kinds
}

fn stderr_lines(
    sheet: &mut Sheet,
    entry: &StderrEntry,
    file: &WorkloadFile,
) -> Option<FactProbeKind> {
    let known: Vec<&str> = file.case.iter().map(|case| case.id.get_ref().as_str()).collect();
    if !known.contains(&entry.case.get_ref().as_str()) {
        sheet.unknown(&entry.case, "case", "cases", known);
    }
    Some(FactProbeKind::StderrLines {
        pattern: sheet.expression(&entry.pattern, 0),
        case: sheet.id(&entry.case)?,
        env: entry.env.clone(),
    })
}
