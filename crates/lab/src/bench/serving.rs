//! What programs that serve stand on: companions built, a database started,
//! the same answers to the same questions.

use std::collections::BTreeMap;
use std::path::Path;

use model::service::{Companion, CompanionKind, Service};
use model::workload::Case;
use model::{Activity, CaseId, LanguageId, NoteKind, Profile, Series, SideName, Tier};

use super::Bench;
use crate::build::{self, Sources};
use crate::event::{Event, Step, Stop};
use crate::run::Conductor;
use crate::service::{self, Beside, Goldens, Grounds, Processors, ServiceError, Subject, Unlike};
use crate::toolchain::Tools;

/// Programs that serve, made ready.
pub(super) struct Serving<'a> {
    pub(super) grounds: Grounds<'a>,
    pub(super) goldens: BTreeMap<CaseId, Goldens>,
}

impl<'a> Bench<'a> {
    /// Makes ready what the planned drives need; what cannot be had is noted.
    pub(super) fn serve(&self, conductor: &mut Conductor<'a>) -> Result<Option<Serving<'a>>, Stop> {
        let Some(service) = &self.workload.service else { return Ok(None) };
        if self.drives().next().is_none() || self.artefacts.is_empty() {
            return Ok(None);
        }
        let beside = conductor.building(|conductor| Ok(self.beside(service, conductor)))?;
        let beside = match beside {
            Ok(beside) => beside,
            Err(error) => return self.not_served(&error, conductor).map(|()| None),
        };
        let processors = Processors::choose(&[], None);
        let launcher = conductor.launcher();
        let grounds = Grounds { launcher, service, beside, processors };
        conductor.tell(Event::Step(Step::Agreeing(&self.workload.id)))?;
        let mut goldens = BTreeMap::new();
        for case in &self.workload.cases {
            let Some(drive) = &case.drive else { continue };
            let contestants = self.served(case);
            if contestants.is_empty() {
                continue;
            }
            let asked = service::agree(&grounds, drive, &contestants);
            let unlike = asked.outcomes.iter().zip(&contestants);
            match unlike.into_iter().find_map(|(unlike, (who, _))| Some((unlike.as_ref()?, who))) {
                None => {
                    goldens.insert(case.id.clone(), asked.goldens);
                }
                Some((Unlike::Differs(difference), _)) => {
                    let text = format!("case {}: {difference}", case.id);
                    conductor.note(self.note(NoteKind::Disagree, None, None, text))?;
                }
                Some((Unlike::Missing(why), who)) => {
                    let text = format!("case {}, {who}: {why}", case.id);
                    conductor.note(self.note(NoteKind::CaseFailed, None, None, text))?;
                }
            }
        }
        Ok(Some(Serving { grounds, goldens }))
    }

    fn not_served(&self, error: &ServiceError, conductor: &mut Conductor<'a>) -> Result<(), Stop> {
        let kind = match error {
            ServiceError::Need(_) => NoteKind::Need,
            _ => NoteKind::CaseFailed,
        };
        conductor.note(self.note(kind, None, None, error.to_string()))
    }

    fn drives(&self) -> impl Iterator<Item = &'a Series> {
        let ours = self.plan.series().into_iter();
        let id = &self.workload.id;
        ours.filter(move |series| &series.workload == id && series.activity == Activity::Serve)
    }

    /// Every program that the plan drives in a case, each once.
    fn served(&self, case: &Case) -> Vec<(String, Subject)> {
        let mut all: BTreeMap<(SideName, Profile, Tier), Subject> = BTreeMap::new();
        for series in self.drives().filter(|series| series.case.as_ref() == Some(&case.id)) {
            for side in self.sides_of(series) {
                if let Some(subject) = self.subject(&side, series, case) {
                    all.insert((side, series.profile, series.tier), subject);
                }
            }
        }
        let label = |((side, profile, tier), subject): ((SideName, Profile, Tier), Subject)| {
            (format!("{side} ({profile}, {tier})"), subject)
        };
        all.into_iter().map(label).collect()
    }

    /// The program of a side or variant in a case.
    pub(super) fn subject(&self, side: &SideName, series: &Series, case: &Case) -> Option<Subject> {
        let base = self.workload.base(side);
        let artefact = self.artefacts.get(&(base.clone(), series.profile, series.tier))?;
        let program = self.workload.program(side, series.tier)?;
        let language = self.comparison.languages.get(&program.language)?;
        let variant = self.workload.variant(side);
        let of_variant = variant.map(|variant| variant.args.as_slice()).unwrap_or_default();
        Some(Subject {
            program: artefact.path.clone(),
            args: case.args.iter().chain(of_variant).cloned().collect(),
            env: variant.map(|variant| variant.env.clone()).unwrap_or_default(),
            directory: None,
            container: language.container_env.clone(),
            padding: 0,
        })
    }

    fn beside(
        &self,
        service: &Service,
        conductor: &Conductor<'a>,
    ) -> Result<Vec<Beside>, ServiceError> {
        service.companions.iter().map(|one| self.companion(one, conductor)).collect()
    }

    fn companion(
        &self,
        companion: &Companion,
        conductor: &Conductor<'a>,
    ) -> Result<Beside, ServiceError> {
        let variable = companion.variable.clone();
        match &companion.kind {
            CompanionKind::Program { language, folder, args } => {
                let path = self.built(language, folder, conductor)?;
                Ok(Beside::Program { variable, path, args: args.clone() })
            }
            CompanionKind::Postgresql { schema } => {
                let processor = Processors::choose(&[], None).generator;
                let cluster = service::Cluster::start(conductor.launcher(), schema, processor)?;
                Ok(Beside::Postgresql { variable, cluster: Box::new(cluster) })
            }
        }
    }

    /// A companion's program, built with the toolchain of whichever side has its language.
    fn built(
        &self,
        language: &LanguageId,
        folder: &Path,
        conductor: &Conductor<'a>,
    ) -> Result<std::path::PathBuf, ServiceError> {
        let need = |reason: String| {
            ServiceError::Need(format!("a companion of the programs cannot be built: {reason}"))
        };
        let sides = self.comparison.sides.iter();
        let side = sides.clone().find(|side| &side.language == language);
        let toolchain = side.and_then(|side| self.environment.toolchains.get(&side.name));
        let version = toolchain.and_then(model::Toolchain::ready_version);
        let version = version.ok_or_else(|| need(format!("no toolchain of {language}")))?;
        let language = self.comparison.languages.get(language);
        let language = language.ok_or_else(|| need("its language is not known".to_owned()))?;
        let settings = conductor.settings;
        let tools = Tools { launcher: &settings.launcher, language, offline: settings.offline };
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let sources = Sources { folder, name: &name, version };
        let built = build::artefact(&tools, sources, Profile::ReleasePractice, conductor.cache());
        built.map(|artefact| artefact.path).map_err(|error| need(error.to_string()))
    }
}
