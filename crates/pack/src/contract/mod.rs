//! evenhand.toml: two programs or more, what is asked of them, and what has to
//! hold.
//!
//! [`read`] hands over a [`Contract`] in which every path leads somewhere and
//! every name names something, or all faults at once; [`cases`] reads a folder
//! of cases alone. [`write()`] makes the text that reads as the same contract
//! again, [`with_guards`] and [`with_allowance`] add to a text and leave the
//! rest of it as it is. [`contract_hash`] is over what decides what is measured,
//! [`lock`] holds what has to hold against what it was. docs/contract-format.md
//! describes the files.
//!
//! Whether programs build, run and agree is for `lab` to find out.

mod amend;
mod case;
mod folder;
mod guard;
mod hash;
mod limit;
pub mod lock;
mod measure;
mod name;
mod place;
mod running;
mod serve;
mod side;
mod terms;
mod write;
pub mod written;

use std::collections::BTreeMap;
use std::path::Path;

use model::contract::Case;
use model::{Contract, Language, LanguageId, Profile};

pub use amend::{NotToml, with_allowance, with_guards};
pub use case::ONLY_CASE;
pub use hash::contract_hash;
pub(crate) use limit::quantity;
pub use measure::default_measures;
pub(crate) use measure::{SCALES, path_of, pattern_of};
pub use name::slug;
pub(crate) use name::way_out;
pub use place::relative;
pub(crate) use place::{command, words};
pub(crate) use running::some_bytes;
pub use write::write;
pub(crate) use written::processors_of;

use crate::document::{Document, Guide, Sheet};
use crate::fault::Faults;
use crate::shape::ContractFile;
use place::Place;

const GUIDE: Guide = Guide {
    page: "docs/contract-format.md",
    missing: "`evenhand compare --write` writes one; docs/contract-format.md shows every key",
    hyphens: true,
};

/// What evidence may be used again for, if a guard does not say.
const MAX_AGE_DAYS: u32 = 14;

/// Reads an evenhand.toml; `languages` are those that a project may be of.
///
/// # Errors
/// The first thing that does not fit the form of the file; if all does, every
/// fault in what it says.
pub fn read(path: &Path, languages: &BTreeMap<LanguageId, Language>) -> Result<Contract, Faults> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let one = |fault| Faults(vec![fault]);
    let document = Document::open_by(&GUIDE, path, name).map_err(one)?;
    let file: ContractFile = document.decode().map_err(one)?;
    let mut sheet = Sheet::new(&document);
    let (contract, elsewhere) = meaning(&mut sheet, &Place::of(path, languages), &file);
    let mut faults = sheet.finish();
    faults.extend(elsewhere);
    match contract {
        Some(contract) if faults.is_empty() => Ok(contract),
        _ => Err(Faults(faults)),
    }
}

/// Reads a folder of cases: each file is fed to standard input, each folder has
/// `args`, and may have `stdin` and `exit`.
///
/// # Errors
/// Everything in the folder that cannot be a case, or that there is nothing.
pub fn cases(folder: &Path) -> Result<Vec<Case>, Faults> {
    let shown = folder.to_string_lossy();
    let found = folder::cases(&place::absolute(folder), &shown);
    if found.faults.is_empty() { Ok(found.cases) } else { Err(Faults(found.faults)) }
}

/// The contract, and faults in files of its folder of cases.
fn meaning(
    sheet: &mut Sheet,
    place: &Place,
    file: &ContractFile,
) -> (Option<Contract>, Vec<crate::Fault>) {
    let profile = file.profile.as_ref().and_then(|word| sheet.word(word));
    let profile = profile.unwrap_or(Profile::ReleasePractice);
    let name = name::of_contract(sheet, place, file);
    let sides = side::sides(sheet, place, file, profile);
    let service = serve::service(sheet, place, file);
    let found = case::cases(sheet, place, file, service.as_ref());
    let cases = found.cases;
    let ground = measure::Ground { sides: &sides, cases: &cases, languages: place.languages };
    let (measures, own) = measure::measures(sheet, &ground, file);
    let answers = terms::answers(sheet, file, &cases);
    let guards = guard::guards(
        sheet,
        &guard::Ground {
            sides: &sides,
            cases: &cases,
            measures: &measures,
            each_case: file.each_case,
        },
        &file.guard,
    );
    let contract = name.map(|name| Contract {
        name,
        folder: place.folder.clone(),
        each_case: file.each_case,
        service,
        answers,
        effects: terms::effects(sheet, file.effects.as_ref()),
        measures,
        own,
        allow: terms::allow(sheet, file, &cases),
        profile,
        running: running::running(sheet, place, file.running.as_ref()),
        effort: running::effort(sheet, file.effort.as_ref()),
        guards,
        sides,
        cases,
    });
    (contract, found.faults)
}
