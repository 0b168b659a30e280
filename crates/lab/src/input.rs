//! Inputs of workloads: generated from a seed or shipped with the pack, laid
//! out in one folder a workload, and never used unless their hash is right.

mod records;
mod text_tree;
mod vocabulary;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use model::{Input, InputKind, Workload};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// Why an input cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// Reading or writing failed.
    #[error("cannot make input `{name}` in {folder}: {reason}")]
    Io {
        /// The input.
        name: String,
        /// Where.
        folder: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// It is not what the pack says.
    #[error(
        "input `{name}` has SHA-256 {found}, but the pack says {expected}; \
         if the change is meant, write the new one into workload.toml"
    )]
    Hash {
        /// The input.
        name: String,
        /// As in the pack.
        expected: String,
        /// As it came out.
        found: String,
    },
}

/// Makes sure that every input of a workload stands in a folder under `cache`
/// with the right content; returns the folder.
///
/// # Errors
/// An input that cannot be written or has another hash than the pack says.
pub fn prepare(workload: &Workload, cache: &Path) -> Result<PathBuf, InputError> {
    let folder = cache.join("inputs").join(format!("{}-{}", workload.id, key(workload)));
    for (name, input) in &workload.inputs {
        let found = make(workload, name, input, &folder)?;
        if found != input.sha256 {
            return Err(InputError::Hash {
                name: name.clone(),
                expected: input.sha256.clone(),
                found,
            });
        }
    }
    fs::create_dir_all(&folder).map_err(io_error("", &folder))?;
    Ok(folder)
}

/// Makes an input if it is not there yet; returns the hash of what stands there.
///
/// # Errors
/// When reading or writing fails.
pub fn make(
    workload: &Workload,
    name: &str,
    input: &Input,
    folder: &Path,
) -> Result<String, InputError> {
    let path = folder.join(name);
    let failed = |reason| io_error(name, folder)(reason);
    if path.exists() {
        let found = hash(&path).map_err(failed)?;
        if found == input.sha256 {
            return Ok(found);
        }
        remove(&path).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let unfinished = folder.join(format!(".{name}.{}", std::process::id()));
    remove(&unfinished).map_err(failed)?;
    write(&input.kind, &workload.folder, &unfinished).map_err(failed)?;
    fs::rename(&unfinished, &path).map_err(failed)?;
    hash(&path).map_err(failed)
}

fn io_error(name: &str, folder: &Path) -> impl Fn(io::Error) -> InputError {
    move |reason| InputError::Io { name: name.to_owned(), folder: folder.to_owned(), reason }
}

fn write(kind: &InputKind, workload: &Path, path: &Path) -> io::Result<()> {
    match kind {
        InputKind::File(source) => fs::copy(workload.join(source), path).map(|_| ()),
        InputKind::CsvRecords { rows, seed } => records::write_csv(path, *rows, *seed),
        InputKind::JsonRecords { rows, seed } => records::write_json_lines(path, *rows, *seed),
        InputKind::TextTree { files, bytes, seed } => text_tree::write(path, *files, *bytes, *seed),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// SHA-256 of a file, or of all paths and contents of a folder in order.
fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    if path.is_dir() {
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() {
                let relative = entry.path().strip_prefix(path).unwrap_or(entry.path());
                hasher.update(relative.as_os_str().as_encoded_bytes());
                hasher.update([0]);
                feed(&mut hasher, entry.path())?;
                hasher.update([0]);
            }
        }
    } else {
        feed(&mut hasher, path)?;
    }
    Ok(hex(&hasher.finalize()))
}

fn feed(hasher: &mut Sha256, path: &Path) -> io::Result<()> {
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            n => hasher.update(&buffer[..n]),
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short name for the set of a workload's input definitions.
fn key(workload: &Workload) -> String {
    let mut hasher = Sha256::new();
    for (name, input) in &workload.inputs {
        hasher.update(format!("{name}\0{}\0", input.sha256));
    }
    hex(&hasher.finalize()[..6])
}

#[cfg(test)]
mod tests;
