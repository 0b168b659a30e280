//! Under which licences packages of others come into the programs: each
//! language's own tool lists them, and each has to be one that the comparison
//! accepts.
//!
//! What cannot be listed here, for want of a toolchain or of a network, is a
//! note and not a fault. Texts are told apart in [`text`], by what they say.

#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use launch::Launcher;
use launch::tool::ToolOutcome;
use model::service::CompanionKind;
use model::{
    Comparison, LanguageId, LicenceForm, Licences, Program, SideName, Tier, ToolchainState,
    Workload, WorkloadId,
};
use spdx::{Expression, Licensee, ParseMode};

use crate::toolchain::Tools;

/// What was seen of the licences of a comparison's programs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LicenceCheck {
    /// Workloads with a program that was looked at.
    pub workloads: usize,
    /// Packages of others in those programs, each counted once.
    pub packages: usize,
    /// Packages that may not be used, each with a program that has it.
    pub faults: Vec<LicenceFault>,
    /// What could not be looked at.
    pub notes: Vec<LicenceNote>,
}

/// A package in a program whose licence is not an accepted one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceFault {
    /// The program.
    pub program: ProgramName,
    /// Name and version, as the language's tool writes them.
    pub package: String,
    /// What is wrong.
    pub why: LicenceProblem,
}

/// Which program of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramName {
    /// Its workload.
    pub workload: WorkloadId,
    /// Which of the workload's.
    pub of: ProgramOf,
}

/// Which of a workload's programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgramOf {
    /// One that is compared.
    Side {
        /// Whose it is.
        side: SideName,
        /// How far it goes.
        tier: Tier,
    },
    /// One that stands beside them.
    Companion {
        /// The name of its folder.
        folder: String,
    },
}

/// Why a package may not be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum LicenceProblem {
    /// It names a licence, or an expression of several, that is not accepted.
    #[error("its licence {0} is not among those accepted")]
    NotAccepted(String),
    /// It names something that is no SPDX expression.
    #[error("\"{0}\" is not a licence that SPDX knows")]
    Unknown(String),
    /// It names none.
    #[error("it names no licence")]
    NoLicence,
    /// A file of its folder says what no known licence says.
    #[error("the text of its {0} is not that of a known licence")]
    UnknownText(String),
    /// Its folder has no text of a licence.
    #[error("its folder has no LICENSE or COPYING")]
    NoText,
}

/// What could not be looked at, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LicenceNote {
    /// All programs in a language.
    Language {
        /// As people write it.
        name: String,
        /// Why, with a way out where one is known.
        reason: String,
    },
    /// One program.
    Program {
        /// Which.
        program: ProgramName,
        /// Why.
        reason: String,
    },
}

/// Looks at every program of every workload; at none if the comparison accepts
/// no licence by name. Programs made from templates have to be made before.
pub fn licences(comparison: &Comparison, launcher: &Launcher, offline: bool) -> LicenceCheck {
    let mut check = LicenceCheck::default();
    // The pack's reader has parsed each of them before.
    let accepted: Vec<Licensee> =
        comparison.licences.iter().filter_map(|word| Licensee::parse(word).ok()).collect();
    if accepted.is_empty() {
        return check;
    }
    let mut usable = BTreeMap::new();
    for (id, language) in &comparison.languages {
        let tools = Tools { launcher, language, offline };
        match recipe(&tools) {
            Ok(recipe) => drop(usable.insert(id, Teller { tools, recipe, accepted: &accepted })),
            Err(reason) => {
                check.notes.push(LicenceNote::Language { name: language.name.clone(), reason });
            }
        }
    }
    let mut packages = BTreeSet::new();
    for workload in comparison.workloads.values() {
        let before = check.notes.len();
        let mut programs = 0;
        for (language, folder, of) in parts(workload) {
            let Some(teller) = usable.get(language) else { continue };
            programs += 1;
            let name = ProgramName { workload: workload.id.clone(), of };
            let found = check.look_at(teller, folder, name);
            packages.extend(found.into_iter().map(|package| (language, package)));
        }
        let failed = check.notes.len() - before;
        check.workloads += usize::from(programs > failed);
    }
    check.packages = packages.len();
    check
}

/// Every program of a workload, those beside the sides' too: language and folder.
fn parts(workload: &Workload) -> Vec<(&LanguageId, &Path, ProgramOf)> {
    let of_side =
        |program: &Program| ProgramOf::Side { side: program.side.clone(), tier: program.tier };
    let programs = workload.programs.iter();
    let programs =
        programs.map(|program| (&program.language, program.folder.as_path(), of_side(program)));
    let beside = workload.service.iter().flat_map(|service| &service.companions);
    let beside = beside.filter_map(|companion| match &companion.kind {
        CompanionKind::Program { language, folder, .. } => {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Some((language, folder.as_path(), ProgramOf::Companion { folder: name }))
        }
        CompanionKind::Postgresql { .. } => None,
    });
    programs.chain(beside).collect()
}

impl LicenceCheck {
    /// Looks at one program; its packages of others.
    fn look_at(&mut self, teller: &Teller<'_>, folder: &Path, name: ProgramName) -> Vec<String> {
        let told = match teller.packages(folder) {
            Ok(told) => told,
            Err(reason) => {
                self.notes.push(LicenceNote::Program { program: name, reason });
                return Vec::new();
            }
        };
        for (package, licence) in &told {
            if let Err(why) = teller.judged(licence) {
                let (program, package) = (name.clone(), package.clone());
                self.faults.push(LicenceFault { program, package, why });
            }
        }
        told.into_keys().collect()
    }
}

/// A language that can tell licences here.
struct Teller<'a> {
    tools: Tools<'a>,
    recipe: &'a Licences,
    accepted: &'a [Licensee],
}

impl Teller<'_> {
    /// Packages of others in a program, each with what was told of its licence.
    fn packages(&self, folder: &Path) -> Result<BTreeMap<String, String>, String> {
        let tools = &self.tools;
        let fetch = &tools.language.fetch;
        if !tools.offline && !fetch.is_empty() {
            succeeded(tools, fetch, folder)?;
        }
        let outcome = succeeded(tools, &self.recipe.command, folder)?;
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let own = [folder.to_string_lossy(), real.to_string_lossy()];
        let text = outcome.stdout_text();
        // The program itself, and what stands in its folder, is nobody else's.
        let others = text.lines().filter(|line| !own.iter().any(|folder| line.contains(&**folder)));
        Ok(others.filter_map(package).collect())
    }

    fn judged(&self, told: &str) -> Result<(), LicenceProblem> {
        match self.recipe.form {
            LicenceForm::SpdxLines => evaluated(told, self.accepted),
            LicenceForm::FolderLines => {
                let source = self.tools.language.source.as_ref();
                let sources = source.map_or(&[][..], |form| &form.extensions);
                evaluated(&in_folder(told, sources)?, self.accepted)
            }
        }
    }
}

/// How the language tells licences, if its toolchain is here.
fn recipe<'a>(tools: &Tools<'a>) -> Result<&'a Licences, String> {
    let language = tools.language;
    let recipe = language.licences.as_ref().ok_or_else(|| {
        format!("languages/{}.toml has no `licences` that would tell them", language.id)
    })?;
    match tools.detect().state {
        ToolchainState::Ready { .. } => Ok(recipe),
        ToolchainState::Missing { reason } | ToolchainState::TooOld { reason, .. } => Err(reason),
    }
}

/// Runs a command that must succeed, or says why it did not.
fn succeeded(tools: &Tools<'_>, command: &[String], folder: &Path) -> Result<ToolOutcome, String> {
    let shown = command.first().map_or("", String::as_str);
    let shown = command.get(1).map_or(shown.to_owned(), |word| format!("{shown} {word}"));
    match tools.run(command, folder, &[], &BTreeMap::new()) {
        Ok(outcome) if outcome.ended.is_success() => Ok(outcome),
        Ok(outcome) => {
            Err(format!("`{shown}` ended with {}: {}", outcome.ended, outcome.last_lines(1).trim()))
        }
        Err(error) => Err(format!("`{shown}`: {error}")),
    }
}

/// Name and version, and what comes after a tab or two spaces.
fn package(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    let (package, told) =
        line.split_once('\t').or_else(|| line.split_once("  ")).unwrap_or((line, ""));
    let package = package.trim();
    (!package.is_empty()).then(|| (package.to_owned(), told.trim().to_owned()))
}

/// Whether the expression can be met with accepted licences alone. Cargo's old
/// `A/B` means either.
fn evaluated(told: &str, accepted: &[Licensee]) -> Result<(), LicenceProblem> {
    if told.is_empty() {
        return Err(LicenceProblem::NoLicence);
    }
    let expression = Expression::parse_mode(told, ParseMode::LAX)
        .map_err(|_| LicenceProblem::Unknown(told.to_owned()))?;
    match expression.evaluate(|needed| accepted.iter().any(|licence| licence.satisfies(needed))) {
        true => Ok(()),
        false => Err(LicenceProblem::NotAccepted(told.to_owned())),
    }
}

/// All licences whose texts stand in the folder, as an expression: whoever uses
/// the package has to meet each of them.
fn in_folder(folder: &str, sources: &[String]) -> Result<String, LicenceProblem> {
    let mut found = BTreeSet::new();
    // The tool knows no folder of the package, so its path would be ours.
    let entries = if folder.is_empty() { None } else { fs::read_dir(folder).ok() };
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !entry.path().is_file() || !is_licence(&name, sources) {
            continue;
        }
        let content = fs::read(entry.path()).unwrap_or_default();
        let licences = text::licences_in(&String::from_utf8_lossy(&content));
        if licences.is_empty() {
            return Err(LicenceProblem::UnknownText(name));
        }
        found.extend(licences);
    }
    match found.is_empty() {
        true => Err(LicenceProblem::NoText),
        false => Ok(found.into_iter().collect::<Vec<_>>().join(" AND ")),
    }
}

/// Whether a file of that name holds a licence; sources of a package about
/// licences do not.
fn is_licence(name: &str, sources: &[String]) -> bool {
    let name = name.to_lowercase();
    let starts = ["license", "licence", "copying", "unlicense"];
    let source = sources.iter().any(|ending| name.ends_with(&format!(".{ending}")));
    starts.iter().any(|start| name.starts_with(start)) && !source
}
