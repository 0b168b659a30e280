//! A folder of cases. Each file is a case that is fed to standard input, named
//! by what stands before the first dot; each folder is a case with `args` (one
//! a line), and may have `stdin` and `exit`. Hidden files and a README are
//! passed over.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::CaseId;
use model::contract::{Case, CaseUse};

use super::name::way_out;
use crate::fault::Fault;

/// Files that a folder of a case consists of.
const PARTS: [&str; 3] = ["args", "stdin", "exit"];

/// Cases, and what could not be one.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) cases: Vec<Case>,
    pub(super) faults: Vec<Fault>,
}

/// Reads a folder of cases, which faults call `shown`; sorted by name.
pub(super) fn cases(folder: &Path, shown: &str) -> Found {
    let mut found = Found::default();
    let names = match names_in(folder) {
        Ok(names) => names,
        Err(error) => {
            let message = format!("cannot read the folder of cases: {error}");
            found.tell(shown, message, "name a folder that can be read");
            return found;
        }
    };
    for name in names {
        let path = folder.join(&name);
        let place = format!("{shown}/{name}");
        let case = match path.is_dir() {
            true => found.of_folder(&path, &name, &place),
            false => found.of_file(path, &name, &place),
        };
        if let Some(case) = case {
            found.add(case, &place);
        }
    }
    if found.cases.is_empty() && found.faults.is_empty() {
        let help = "put a file for each case into it: its content is fed to standard input";
        found.tell(shown, "there is no case in the folder", help);
    }
    found.cases.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

/// Sorted; names that are not UTF-8 as near as can be.
fn names_in(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let readme = name.split('.').next() == Some("README");
        if !name.starts_with('.') && !readme {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

impl Found {
    fn tell(&mut self, file: &str, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault {
            file: file.to_owned(),
            span: None,
            source: Arc::from(""),
            message: message.into(),
            help: help.into(),
        });
    }

    fn add(&mut self, case: Case, place: &str) {
        if self.cases.iter().any(|other| other.id == case.id) {
            let message = format!("there are two cases \"{}\"", case.id);
            let help = "rename one: a case is named by what stands before the first dot";
            return self.tell(place, message, help);
        }
        self.cases.push(case);
    }

    fn id(&mut self, name: &str, place: &str) -> Option<CaseId> {
        let id: Option<CaseId> = name.parse().ok();
        if id.is_none() {
            let message = format!("\"{name}\" is not the name of a case");
            self.tell(place, message, way_out(name).replacen("write", "rename it to", 1));
        }
        if name.parse::<model::Effect>().is_ok() {
            let help = "rename it: `[[allow]]` would not know which is meant";
            self.tell(place, format!("\"{name}\" is the name of a side effect"), help);
        }
        id
    }

    fn of_file(&mut self, path: PathBuf, name: &str, place: &str) -> Option<Case> {
        let stem = name.split('.').next().unwrap_or(name);
        let id = self.id(stem, place)?;
        if !path.is_file() {
            self.tell(place, "it is no regular file", "remove it, or what it leads to is missing");
            return None;
        }
        let used = CaseUse::Measured;
        Some(Case { id, args: Vec::new(), stdin: Some(path), exit: None, used, drive: None })
    }

    fn of_folder(&mut self, path: &Path, name: &str, place: &str) -> Option<Case> {
        let id = self.id(name, place);
        self.misnamed(path, place);
        if !path.join("args").is_file() {
            let help = "write its arguments into args, one a line; an empty file: none";
            self.tell(place, "there is no args in the folder of this case", help);
            return None;
        }
        let args = self.args(path, place);
        let exit = self.exit(path, place);
        let stdin = Some(path.join("stdin")).filter(|stdin| stdin.is_file());
        let used = CaseUse::Measured;
        Some(Case { id: id?, args: args?, stdin, exit: exit?, used, drive: None })
    }

    /// A part with an ending would be passed over without a word.
    fn misnamed(&mut self, path: &Path, place: &str) {
        for name in names_in(path).unwrap_or_default() {
            let stem = name.split('.').next().unwrap_or_default();
            if stem != name && PARTS.contains(&stem) {
                let help = format!("rename it to {stem}");
                self.tell(&format!("{place}/{name}"), format!("{stem} has no ending"), help);
            }
        }
    }

    fn text(&mut self, path: &Path, place: &str) -> Option<String> {
        let told = match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => return Some(text),
            Ok(Err(_)) => ("the file is not UTF-8".to_owned(), "save it as UTF-8"),
            Err(error) => (format!("cannot read the file: {error}"), "make it readable"),
        };
        self.tell(place, told.0, told.1);
        None
    }

    fn args(&mut self, folder: &Path, place: &str) -> Option<Vec<String>> {
        let place = format!("{place}/args");
        let text = self.text(&folder.join("args"), &place)?;
        if text.contains('\0') {
            let help = "write one argument a line";
            self.tell(&place, "an argument cannot contain a zero byte", help);
        }
        Some(text.lines().map(str::to_owned).collect())
    }

    /// The code; `Some(None)` if the folder does not say.
    fn exit(&mut self, folder: &Path, place: &str) -> Option<Option<i32>> {
        let path = folder.join("exit");
        if !path.is_file() {
            return Some(None);
        }
        let place = format!("{place}/exit");
        let code = self.text(&path, &place)?.trim().parse::<u8>();
        if code.is_err() {
            let help = "write a number from 0 to 255, or remove the file: whichever they share";
            self.tell(&place, "that is no exit code", help);
        }
        Some(Some(i32::from(code.ok()?)))
    }
}
