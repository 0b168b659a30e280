//! The inputs that workloads declare, for whoever makes them and looks at
//! their hashes. A new input has no right hash yet, so its pack does not
//! [`crate::read`]; this is how the hash is found.

use std::path::{Path, PathBuf};

use model::{InputKind, WorkloadId};

use crate::document::Sheet;
use crate::fault::Faults;
use crate::meaning;
use crate::read::Reading;

/// An input as its workload declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredInput {
    /// The workload.
    pub workload: WorkloadId,
    /// The workload's folder, absolute.
    pub folder: PathBuf,
    /// The input's name within the workload.
    pub name: String,
    /// What to make.
    pub kind: InputKind,
    /// As written, right or wrong; `None` if left out.
    pub sha256: Option<String>,
}

/// Every input of every workload of the pack in `folder`.
///
/// # Errors
/// When a workload.toml does not fit its form, or an input cannot be made from
/// what is said of it. Whatever else is wrong in the pack does not matter here.
pub fn inputs(folder: &Path) -> Result<Vec<DeclaredInput>, Faults> {
    let mut reading = Reading::of(folder);
    let mut declared = Vec::new();
    for (workload, file) in reading.workload_files() {
        let folder = reading.folder.join("workloads").join(workload.as_str());
        let mut sheet = Sheet::new(&file.document);
        for (name, entry) in &file.content.input {
            let Some(kind) = meaning::input_kind(&mut sheet, name, entry, &folder) else {
                continue;
            };
            declared.push(DeclaredInput {
                workload: workload.clone(),
                folder: folder.clone(),
                name: name.get_ref().clone(),
                kind,
                sha256: entry.sha256.as_ref().map(|hash| hash.get_ref().clone()),
            });
        }
        reading.faults.extend(sheet.finish());
    }
    if reading.faults.is_empty() { Ok(declared) } else { Err(Faults(reading.faults)) }
}
