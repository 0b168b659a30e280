//! What `pack check` says of licences: a line when all are accepted, else each
//! package once, with the programs that have it and a way out.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use lab::{LicenceCheck, LicenceFault, LicenceNote, LicenceProblem, ProgramName, ProgramOf};
use launch::Launcher;
use model::Comparison;

use crate::failure::Failure;

/// Lines about the licences of all packages in the programs.
pub(super) fn check(
    comparison: &Comparison,
    cache: &Path,
    offline: bool,
) -> Result<String, Failure> {
    if comparison.licences.is_empty() {
        return Ok("licences: not checked; name those that are accepted in comparison.toml: \
                   licences = [\"MIT\", …]\n"
            .to_owned());
    }
    let comparison = lab::generated(comparison, cache)?;
    let check = lab::licences(&comparison, &Launcher::current_exe(), offline);
    if check.faults.is_empty() {
        return Ok(accepted(&check));
    }
    let mut texts = faults(&check.faults);
    texts.extend(check.notes.iter().map(|note| format!("note: {}", not_checked(note))));
    Err(Failure::rendered(texts.join("\n\n")))
}

fn accepted(check: &LicenceCheck) -> String {
    let mut text = String::new();
    if check.workloads > 0 {
        text = format!(
            "licences: {}, {}, all accepted\n",
            counted(check.workloads, "workload", "workloads"),
            counted(check.packages, "package of others", "packages of others"),
        );
    }
    for note in &check.notes {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", not_checked(note));
    }
    text
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn not_checked(note: &LicenceNote) -> String {
    match note {
        LicenceNote::Language { name, reason } => {
            format!("licences of {name} not checked: {reason}")
        }
        LicenceNote::Program { program, reason } => {
            format!("licences of {} not checked: {reason}", named(program))
        }
    }
}

fn named(program: &ProgramName) -> String {
    let workload = &program.workload;
    match &program.of {
        ProgramOf::Side { side, tier } => {
            format!("workload \"{workload}\", side \"{side}\", {tier}")
        }
        ProgramOf::Companion { folder } => {
            format!("workload \"{workload}\", companion {folder}")
        }
    }
}

/// A package that several programs have is told once, with all of them.
fn faults(all: &[LicenceFault]) -> Vec<String> {
    let mut by_package: BTreeMap<(&str, &LicenceProblem), Vec<&ProgramName>> = BTreeMap::new();
    for fault in all {
        by_package.entry((&fault.package, &fault.why)).or_default().push(&fault.program);
    }
    let told = by_package.into_iter().map(|((package, why), programs)| {
        let places: String =
            programs.iter().map(|program| format!("\n  --> {}", named(program))).collect();
        format!("error: package \"{package}\": {why}{places}\nhelp: {}", way_out(why))
    });
    told.collect()
}

fn way_out(why: &LicenceProblem) -> &'static str {
    match why {
        LicenceProblem::NotAccepted(_) => {
            "do without the package, or accept its licence in comparison.toml: licences = […]"
        }
        LicenceProblem::Unknown(_)
        | LicenceProblem::NoLicence
        | LicenceProblem::UnknownText(_)
        | LicenceProblem::NoText => {
            "do without the package, or use a version whose licence can be told"
        }
    }
}
