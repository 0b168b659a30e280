//! Sides of every origin, made ready with the toolchains that are installed.

mod built;
mod cargo;
mod go;
mod same;
mod switched;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use launch::Launcher;
use launch::tool::{self, Tool};
use model::contract::{AnswerTerms, EffectTerms, Effort, Measure, Origin, Running, Side};
use model::{Contract, Language, LanguageId, Metric, Profile};
use tempfile::TempDir;

use super::{Means, Ready, SideError, make_ready};
use crate::compare::identity;

/// A folder with projects in it, and what making them ready takes.
struct Ground {
    folder: TempDir,
    launcher: Launcher,
    languages: BTreeMap<LanguageId, Language>,
    contract: Contract,
}

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages");
        let contract = Contract {
            service: None,
            name: "pair".parse().unwrap(),
            folder: folder.path().to_owned(),
            sides: Vec::new(),
            cases: Vec::new(),
            each_case: false,
            answers: AnswerTerms::default(),
            effects: EffectTerms::default(),
            measures: [Metric::Size, Metric::Dependencies, Metric::SourceLines]
                .map(Measure::of)
                .to_vec(),
            own: Vec::new(),
            allow: Vec::new(),
            profile: Profile::Default,
            running: Running::default(),
            effort: Effort::default(),
            guards: Vec::new(),
        };
        Self {
            folder,
            launcher: Launcher::beside_tests().unwrap(),
            languages: pack::languages(&known).unwrap(),
            contract,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes files below the folder.
    fn write(&self, files: &[(&str, &str)]) -> &Self {
        for (name, text) in files {
            let path = self.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        self
    }

    /// Makes a script that can be started. Another process writes it: while a
    /// file is open for writing, even in a child that is just being started by
    /// another test, it cannot be started.
    fn script(&self, name: &str, text: &str) -> PathBuf {
        let draft = format!("{name}.draft");
        self.write(&[(&draft, text)]);
        let install = ["-m", "755", &draft, name];
        let tool = Tool::of("install", self.folder.path()).with_args(install);
        assert!(tool::run(&self.launcher, &tool).unwrap().ended.is_success());
        fs::remove_file(self.path(&draft)).unwrap();
        self.path(name)
    }

    fn cache(&self) -> PathBuf {
        self.path("cache")
    }

    fn means<'a>(&'a self, cache: &'a Path) -> Means<'a> {
        Means { launcher: &self.launcher, languages: &self.languages, cache, offline: true }
    }

    /// A side that is a project.
    fn project(&self, language: &str, folder: &str) -> Side {
        side(Origin::Project {
            language: language.parse().unwrap(),
            folder: self.path(folder),
            package: None,
            binary: None,
            features: Vec::new(),
        })
    }

    /// The program that the side gives, run: what it writes.
    fn says(&self, side: &Side) -> String {
        let cache = self.cache();
        let means = self.means(&cache);
        let ready = make_ready(side, &self.contract, &means).unwrap_or_else(|e| panic!("{e}"));
        self.run(&ready)
    }

    fn run(&self, ready: &Ready<'_>) -> String {
        assert!(ready.program.is_absolute(), "{}", ready.program.display());
        let tool = Tool::of(&ready.program, self.folder.path()).with_args(&ready.args);
        let outcome = tool::run(&self.launcher, &tool).unwrap();
        assert!(outcome.ended.is_success(), "{}", outcome.last_lines(5));
        outcome.stdout_text().trim().to_owned()
    }

    fn refuses(&self, side: &Side) -> SideError {
        let cache = self.cache();
        make_ready(side, &self.contract, &self.means(&cache))
            .map(|ready| ready.program)
            .unwrap_err()
    }

    fn identity(&self, side: &Side) -> String {
        let cache = self.cache();
        identity::of(side, &self.contract, &self.means(&cache)).unwrap_or_else(|e| panic!("{e}"))
    }
}

fn side(origin: Origin) -> Side {
    Side {
        env: BTreeMap::new(),
        name: "mine".parse().unwrap(),
        origin,
        args: Vec::new(),
        toolchain: None,
    }
}

/// The side with another part of its project.
fn part(mut side: Side, package: Option<&str>, binary: Option<&str>, features: &[&str]) -> Side {
    let Origin::Project { package: p, binary: b, features: f, .. } = &mut side.origin else {
        panic!("no project")
    };
    *p = package.map(str::to_owned);
    *b = binary.map(str::to_owned);
    *f = features.iter().map(|&feature| feature.to_owned()).collect();
    side
}
