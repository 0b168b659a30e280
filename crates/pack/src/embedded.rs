//! Packs inside the binary, and how they come to stand in the cache.
//!
//! A pack is unpacked into a folder named by its content, first beside its
//! place and then renamed into it: a kill leaves no half-written pack behind
//! that could be taken for a whole one. A copy that is no longer what its name
//! says is replaced.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use rust_embed::RustEmbed;

use crate::files::{ContentHash, belongs};

// `belongs` has the last word; the patterns keep products out of the binary.
#[derive(RustEmbed)]
#[folder = "../../comparisons"]
#[include = "*.*"]
#[exclude = "**/target/**"]
#[exclude = "**/.*"]
#[exclude = "*.{exe,o,a,so,dylib,test,prof}"]
struct Comparisons;

#[derive(RustEmbed)]
#[folder = "../../languages"]
#[include = "*.*"]
#[exclude = "**/target/**"]
#[exclude = "**/.*"]
#[exclude = "*.{exe,o,a,so,dylib,test,prof}"]
struct Languages;

/// A comparison embedded in the binary, with its languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    name: String,
    /// Paths as in the repository, sorted, with their contents.
    files: Vec<(String, Cow<'static, [u8]>)>,
    hash: String,
}

/// Why a pack could not be put into the cache.
#[derive(Debug, thiserror::Error)]
#[error("cannot unpack {pack} into {folder}; set another cache folder or make this one writable")]
pub struct UnpackError {
    /// The pack's name.
    pub pack: String,
    /// The folder that could not be made or filled.
    pub folder: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// How far an unfinished copy must lie behind a new one to count as abandoned.
const ABANDONED: Duration = Duration::from_secs(3600);
const UNFINISHED: &str = ".unfinished-";

impl Pack {
    /// Names of all embedded packs, sorted.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = Comparisons::iter()
            .filter_map(|path| path.strip_suffix("/comparison.toml").map(str::to_owned))
            .filter(|name| !name.contains('/'))
            .collect();
        names.sort();
        names
    }

    /// The embedded pack of that name, if there is one.
    pub fn embedded(name: &str) -> Option<Self> {
        Comparisons::get(&format!("{name}/comparison.toml"))?;
        let own = Comparisons::iter()
            .filter(|path| path.split_once('/').is_some_and(|(pack, _)| pack == name))
            .filter_map(|path| {
                Some((format!("comparisons/{path}"), Comparisons::get(&path)?.data))
            });
        let languages = Languages::iter()
            .filter_map(|path| Some((format!("languages/{path}"), Languages::get(&path)?.data)));
        let mut files: Vec<_> = own.chain(languages).filter(|(path, _)| belongs(path)).collect();
        files.sort();
        let mut hash = ContentHash::new();
        for (path, content) in &files {
            hash.add(path, content);
        }
        Some(Self { name: name.to_owned(), files, hash: hash.finish() })
    }

    /// Puts the embedded languages into the cache, for packs that stand outside
    /// of a repository with languages of its own; `None` if no pack is embedded.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn languages(cache: &Path) -> Result<Option<PathBuf>, UnpackError> {
        let pack = Self::names().first().and_then(|name| Self::embedded(name));
        let folder = pack.map(|pack| pack.unpack(cache)).transpose()?;
        Ok(folder.and_then(|folder| Some(folder.ancestors().nth(2)?.join("languages"))))
    }

    /// The pack's name, such as `rust-vs-go`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Paths as in the repository, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// Puts the pack into `<cache>/packs/<name>-<hash>/`, unless it stands
    /// there already, and hands over the folder for [`crate::read`]:
    /// `comparisons/<name>` in it.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn unpack(&self, cache: &Path) -> Result<PathBuf, UnpackError> {
        let packs = cache.join("packs");
        let place = packs.join(format!("{}-{}", self.name, &self.hash[..12]));
        self.put(&packs, &place).map_err(|source| UnpackError {
            pack: self.name.clone(),
            folder: place.clone(),
            source,
        })?;
        Ok(place.join("comparisons").join(&self.name))
    }

    fn put(&self, packs: &Path, place: &Path) -> io::Result<()> {
        if self.stands_in(place) {
            return Ok(());
        }
        fs::create_dir_all(packs)?;
        let fresh = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(packs)?;
        self.write_to(fresh.path())?;
        let inner = fresh.path().join("pack");
        // Two processes may arrive together: whoever comes second finds a whole
        // copy and drops its own.
        if fs::rename(&inner, place).is_err() && !self.stands_in(place) {
            fs::rename(place, fresh.path().join("damaged"))?;
            if let Err(error) = fs::rename(&inner, place)
                && !self.stands_in(place)
            {
                return Err(error);
            }
        }
        sweep(packs, fresh.path());
        Ok(())
    }

    fn write_to(&self, folder: &Path) -> io::Result<()> {
        for (path, content) in &self.files {
            let file = folder.join("pack").join(path);
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(file, content)?;
        }
        Ok(())
    }

    fn stands_in(&self, place: &Path) -> bool {
        let mut hash = ContentHash::new();
        hash.add_folder("", place).is_ok() && hash.finish() == self.hash
    }
}

/// Clears away copies that a kill left unfinished, judged by the file system's
/// own times. What cannot be removed now will be next time.
fn sweep(packs: &Path, newest: &Path) {
    let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    let Ok(now) = modified(newest) else { return };
    for entry in fs::read_dir(packs).into_iter().flatten().flatten() {
        let path = entry.path();
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let age = modified(&path).ok().and_then(|then| now.duration_since(then).ok());
        if unfinished && age.is_some_and(|age| age > ABANDONED) {
            let _ = fs::remove_dir_all(path);
        }
    }
}
