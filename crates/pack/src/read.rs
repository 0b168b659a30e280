//! A folder with comparison.toml, read as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{fs, io};

use model::{Comparison, CorpusForm, DefectId, DrillId, LanguageId, ProbeId, WorkloadId};
use serde::de::DeserializeOwned;

use crate::decision;
use crate::document::{Document, Sheet};
use crate::fault::{Fault, Faults};
use crate::files::{self, ContentHash};
use crate::meaning::{self, Claims, Ground};
use crate::shape::{
    ClaimsFile, ComparisonFile, CorpusFile, DefectFile, DrillFile, LanguageFile, ProbeFile,
    SourcesFile, WorkloadFile,
};

/// Reads the pack in `folder`. A language comes from `languages/` in that
/// folder if it is there, else from `../../languages`, else from `languages`.
///
/// # Errors
/// The first fault of every file that does not fit its form; if all fit, every
/// fault in what they say.
pub fn read(folder: &Path, languages: Option<&Path>) -> Result<Comparison, Faults> {
    let mut reading = Reading::of(folder);
    let Some(files) = reading.files(languages) else { return Err(Faults(reading.faults)) };
    if !reading.faults.is_empty() {
        return Err(Faults(reading.faults));
    }
    reading.meaning(&files)
}

/// A file and what it says.
pub(crate) struct Parsed<T> {
    pub(crate) document: Document,
    pub(crate) content: T,
}

/// Every file of a pack, in form.
struct Files {
    comparison: Parsed<ComparisonFile>,
    sources: Option<Parsed<SourcesFile>>,
    page: Document,
    /// With their names less `.toml`, in the order of the dimensions.
    claims: Vec<(String, Parsed<ClaimsFile>)>,
    workloads: BTreeMap<WorkloadId, Parsed<WorkloadFile>>,
    probes: BTreeMap<ProbeId, Parsed<ProbeFile>>,
    drills: BTreeMap<DrillId, Parsed<DrillFile>>,
    defects: BTreeMap<DefectId, Parsed<DefectFile>>,
    /// Of the languages that have one.
    corpora: BTreeMap<LanguageId, Parsed<CorpusFile>>,
    /// With the folder that each stands in.
    languages: BTreeMap<LanguageId, (PathBuf, Parsed<LanguageFile>)>,
}

/// A pack while it is read, with the faults found so far.
pub(crate) struct Reading {
    pub(crate) folder: PathBuf,
    pub(crate) faults: Vec<Fault>,
}

impl Reading {
    pub(crate) fn of(folder: &Path) -> Self {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        Self { folder, faults: Vec::new() }
    }

    /// All files; `None` if without the missing ones nothing can be said.
    fn files(&mut self, languages: Option<&Path>) -> Option<Files> {
        let comparison: Option<Parsed<ComparisonFile>> = self.parsed("comparison.toml");
        let sources = match self.folder.join("sources.toml").exists() {
            true => self.parsed("sources.toml"),
            false => None,
        };
        let page = Document::open(&self.folder.join("page.md"), "page.md".to_owned());
        let page = page.map_err(|fault| self.faults.push(fault)).ok();
        let claims = self.claim_files(comparison.as_ref());
        let workloads = self.workload_files();
        let probes = self.files_by_id("probe");
        let drills = self.files_by_id("drill");
        let defects = self.files_by_id("defect");
        let comparison = comparison?;
        let languages = self.language_files(&comparison, languages);
        let corpora = self.corpus_files(&languages);
        Some(Files {
            comparison,
            sources,
            page: page?,
            claims,
            workloads,
            probes,
            drills,
            defects,
            corpora,
            languages,
        })
    }

    fn parsed<T: DeserializeOwned>(&mut self, file: &str) -> Option<Parsed<T>> {
        let path = self.folder.join(file);
        self.parsed_from(&path, file)
    }

    fn parsed_from<T: DeserializeOwned>(&mut self, path: &Path, file: &str) -> Option<Parsed<T>> {
        let parsed = Document::open(path, file.to_owned()).and_then(|document| {
            let content = document.decode()?;
            Ok(Parsed { document, content })
        });
        parsed.map_err(|fault| self.faults.push(fault)).ok()
    }

    fn claim_files(
        &mut self,
        comparison: Option<&Parsed<ComparisonFile>>,
    ) -> Vec<(String, Parsed<ClaimsFile>)> {
        let names = self.names_in("claims");
        let mut stems: Vec<&str> = names.iter().filter_map(|n| n.strip_suffix(".toml")).collect();
        stems.sort_by_key(|stem| {
            let dimensions = comparison.iter().flat_map(|file| &file.content.dimension);
            let place = dimensions.into_iter().position(|known| known.id.get_ref() == stem);
            (place.unwrap_or(usize::MAX), *stem)
        });
        let mut files = Vec::new();
        for stem in stems {
            let parsed = self.parsed(&format!("claims/{stem}.toml"));
            files.extend(parsed.map(|parsed| (stem.to_owned(), parsed)));
        }
        files
    }

    pub(crate) fn workload_files(&mut self) -> BTreeMap<WorkloadId, Parsed<WorkloadFile>> {
        self.files_by_id("workload")
    }

    /// `NOUNs/ID/NOUN.toml` of every id.
    fn files_by_id<Id, T>(&mut self, noun: &str) -> BTreeMap<Id, Parsed<T>>
    where
        Id: FromStr + Ord,
        T: DeserializeOwned,
    {
        let mut files = BTreeMap::new();
        for name in self.names_in(&format!("{noun}s")) {
            // What a build left behind when its sources moved away is none.
            let content = files::list(&self.folder.join(format!("{noun}s")).join(&name));
            if content.is_ok_and(|content| content.is_empty()) {
                continue;
            }
            let file = format!("{noun}s/{name}/{noun}.toml");
            let Some(parsed) = self.parsed(&file) else { continue };
            match name.parse() {
                Ok(id) => {
                    files.insert(id, parsed);
                }
                Err(_) => self.faults.push(parsed.document.fault(
                    None,
                    format!("\"{name}\" is not a {noun}'s name"),
                    "rename the folder: lower-case words joined by hyphens",
                )),
            }
        }
        files
    }

    fn language_files(
        &mut self,
        comparison: &Parsed<ComparisonFile>,
        given: Option<&Path>,
    ) -> BTreeMap<LanguageId, (PathBuf, Parsed<LanguageFile>)> {
        let own = self.folder.join("languages");
        let shared = self.folder.join("../../languages");
        let shared = fs::canonicalize(&shared).unwrap_or(shared);
        let places: Vec<&Path> =
            [own.as_path(), shared.as_path()].into_iter().chain(given).collect();
        let mut files = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for side in &comparison.content.side {
            let word = &side.language;
            let Ok(id) = word.get_ref().parse::<LanguageId>() else { continue };
            let name = format!("{id}.toml");
            let Some(place) = places.iter().find(|place| place.join(&name).is_file()) else {
                let mut sheet = Sheet::new(&comparison.document);
                let known: Vec<String> =
                    places.iter().flat_map(|place| languages_in(place)).collect();
                sheet.unknown(word, "language", "languages", known.iter().map(String::as_str));
                self.faults.extend(sheet.finish());
                continue;
            };
            // Sides may share a language, and its faults are told once.
            if !seen.insert(id.clone()) {
                continue;
            }
            let parsed = self.parsed_from(&place.join(&name), &format!("languages/{name}"));
            files.extend(parsed.map(|parsed| (id, (place.to_path_buf(), parsed))));
        }
        files
    }

    /// `languages/ID/corpus.toml` of every language that has one.
    fn corpus_files(
        &mut self,
        languages: &BTreeMap<LanguageId, (PathBuf, Parsed<LanguageFile>)>,
    ) -> BTreeMap<LanguageId, Parsed<CorpusFile>> {
        let mut files = BTreeMap::new();
        for (id, (place, _)) in languages {
            let path = place.join(id.as_str()).join("corpus.toml");
            if path.is_file() {
                let parsed = self.parsed_from(&path, &format!("languages/{id}/corpus.toml"));
                files.extend(parsed.map(|parsed| (id.clone(), parsed)));
            }
        }
        files
    }

    /// Visible names in a folder of the pack, sorted; none if it is missing.
    fn names_in(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.folder.join(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    }

    fn meaning(mut self, files: &Files) -> Result<Comparison, Faults> {
        let mut ground = Ground::default();
        let mut sheet = Sheet::new(&files.comparison.document);
        let head = meaning::comparison(&mut sheet, &files.comparison.content);
        let pack = self.pack_name(&files.comparison.content);
        self.faults.extend(sheet.finish());
        ground.sides = head.sides;
        ground.classes = head.classes;
        ground.dimensions = head.dimensions;
        self.fill(&mut ground, files);
        match decision::all(&self.folder) {
            Ok(decisions) => ground.decisions = decisions,
            Err(faults) => self.faults.extend(faults.0),
        }
        let mut claims = Claims::new(&ground);
        for (stem, file) in &files.claims {
            self.faults.extend(claims.add(&file.document, stem, &file.content));
        }
        self.faults.extend(meaning::placed_once(&files.page, &claims));
        let claims = claims.claims;
        self.faults.extend(decision::dangling(&ground.decisions, &claims, &ground.workloads));
        let hash = self.hash(files).map_err(|error| self.unreadable(files, &error));
        match hash {
            Ok(hash) if self.faults.is_empty() => Ok(Comparison {
                pack,
                hash,
                title: files.comparison.content.title.clone(),
                text_date: head.text_date,
                sides: ground.sides,
                classes: ground.classes,
                licences: head.licences,
                dimensions: ground.dimensions,
                claims,
                workloads: ground.workloads,
                probes: ground.probes,
                drills: ground.drills,
                defects: ground.defects,
                decisions: ground.decisions,
                languages: ground.languages,
                sources: ground.sources,
                prose: files.page.text.to_string(),
            }),
            _ => Err(Faults(self.faults)),
        }
    }

    /// Languages, sources and workloads: what claims refer to.
    fn fill(&mut self, ground: &mut Ground, files: &Files) {
        for (id, (place, file)) in &files.languages {
            let mut sheet = Sheet::new(&file.document);
            let mut language = meaning::language(&mut sheet, id.clone(), &file.content, place);
            language.corpus = self.corpus(id, place, files);
            ground.languages.insert(id.clone(), language);
            self.faults.extend(sheet.finish());
        }
        if let Some(file) = &files.sources {
            let mut sheet = Sheet::new(&file.document);
            ground.sources = meaning::sources(&mut sheet, &file.content);
            self.faults.extend(sheet.finish());
        }
        for (id, file) in &files.workloads {
            let mut sheet = Sheet::new(&file.document);
            let folder = self.folder.join("workloads").join(id.as_str());
            let workload =
                meaning::workload(&mut sheet, ground, id.clone(), &file.content, &folder);
            ground.workloads.insert(id.clone(), workload);
            self.faults.extend(sheet.finish());
        }
        for (id, file) in &files.probes {
            let mut sheet = Sheet::new(&file.document);
            let folder = self.folder.join("probes").join(id.as_str());
            let probe = meaning::probe(&mut sheet, ground, id.clone(), &file.content, &folder);
            ground.probes.insert(id.clone(), probe);
            self.faults.extend(sheet.finish());
        }
        for (id, file) in &files.drills {
            let mut sheet = Sheet::new(&file.document);
            let folder = self.folder.join("drills").join(id.as_str());
            let drill = meaning::drill(&mut sheet, ground, id.clone(), &file.content, &folder);
            ground.drills.insert(id.clone(), drill);
            self.faults.extend(sheet.finish());
        }
        for (id, file) in &files.defects {
            let mut sheet = Sheet::new(&file.document);
            let folder = self.folder.join("defects").join(id.as_str());
            let defect = meaning::defect(&mut sheet, ground, id.clone(), &file.content, &folder);
            ground.defects.insert(id.clone(), defect);
            self.faults.extend(sheet.finish());
        }
    }

    fn corpus(&mut self, id: &LanguageId, place: &Path, files: &Files) -> Option<CorpusForm> {
        let file = files.corpora.get(id)?;
        let mut sheet = Sheet::new(&file.document);
        let form = meaning::corpus(&mut sheet, &file.content, &place.join(id.as_str()));
        self.faults.extend(sheet.finish());
        Some(form)
    }

    fn pack_name(&self, file: &ComparisonFile) -> String {
        let folder = self.folder.file_name().map(|name| name.to_string_lossy().into_owned());
        file.name.as_ref().map(|name| name.get_ref().clone()).or(folder).unwrap_or_default()
    }

    fn hash(&self, files: &Files) -> io::Result<String> {
        let mut hash = ContentHash::new();
        hash.add_folder("", &self.folder)?;
        for (id, (place, file)) in &files.languages {
            if place.starts_with(&self.folder) {
                continue;
            }
            hash.add(&format!("../../languages/{id}.toml"), file.document.text.as_bytes());
            let beside = place.join(id.as_str());
            if beside.is_dir() {
                hash.add_folder(&format!("../../languages/{id}/"), &beside)?;
            }
        }
        Ok(hash.finish())
    }

    fn unreadable(&mut self, files: &Files, error: &io::Error) {
        self.faults.push(files.comparison.document.fault(
            None,
            format!("cannot read all files of the pack: {error}"),
            "make every file below this folder readable",
        ));
    }
}

fn languages_in(place: &Path) -> Vec<String> {
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect()
}
