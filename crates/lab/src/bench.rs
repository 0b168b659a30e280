//! A workload made ready: programs built, inputs in place, answers agreed on,
//! facts counted. What cannot be had is noted and left out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

use model::{
    Activity, CaseId, Comparison, Environment, Fact, FactId, FactProbe, Note, NoteKind, Plan,
    Predicate, Profile, Program, RunFacts, SideName, Tier, Workload,
};

use crate::agreement::{self, Agreed, Contained, Contestant, Disagreement};
use crate::build::{self, Artefact, BuildError, Sources};
use crate::count;
use crate::event::{Event, Step, Stop};
use crate::input;
use crate::run::Conductor;
use crate::series::{Contender, Means, SeriesRunner, Shared};
use crate::timed_build::BuildPlace;
use crate::toolchain::Tools;

mod serving;

use serving::Serving;

/// One way of building one side's program.
type Build = (SideName, Profile, Tier);

/// A workload made ready.
pub(crate) struct Bench<'a> {
    comparison: &'a Comparison,
    plan: &'a Plan,
    workload: &'a Workload,
    environment: &'a Environment,
    artefacts: BTreeMap<Build, Artefact>,
    /// Where the inputs are, and what the answers are; `None`: nothing to run.
    answers: Option<(PathBuf, Rc<Agreed>)>,
    /// What programs that serve stand on.
    serving: Option<Serving<'a>>,
}

impl<'a> Bench<'a> {
    /// Builds, agrees and counts.
    pub(crate) fn set_up(
        comparison: &'a Comparison,
        plan: &'a Plan,
        workload: &'a Workload,
        environment: &'a Environment,
        prior: Option<&RunFacts>,
        conductor: &mut Conductor<'a>,
    ) -> Result<Self, Stop> {
        let mut bench = Self {
            comparison,
            plan,
            workload,
            environment,
            artefacts: BTreeMap::new(),
            answers: None,
            serving: None,
        };
        conductor.building(|conductor| bench.build_all(conductor))?;
        bench.agree(conductor)?;
        bench.serving = bench.serve(conductor)?;
        bench.count_facts(prior, conductor)?;
        Ok(bench)
    }

    /// The facts of this workload that the plan's claims ask for.
    fn probes(&self) -> Vec<&'a FactProbe> {
        let claims = self.plan.claims.iter().filter_map(|id| self.comparison.claim(id));
        let wanted: BTreeSet<&FactId> = claims
            .filter_map(|claim| match &claim.predicate {
                Some(Predicate::Fact { facts }) => Some(facts),
                _ => None,
            })
            .flatten()
            .filter(|selector| selector.workload == self.workload.id)
            .map(|selector| &selector.fact)
            .collect();
        self.workload.facts.iter().filter(|probe| wanted.contains(&probe.id)).collect()
    }

    /// Profile and tier of every program that a cell or fact needs.
    fn builds(&self) -> BTreeSet<(Profile, Tier)> {
        let ours = self.plan.cells.iter().filter(|cell| cell.series.workload == self.workload.id);
        let cells = ours.map(|cell| (cell.series.profile, cell.series.tier));
        let facts = self.probes().into_iter().map(|probe| (probe.profile, Tier::Idiomatic));
        cells.chain(facts).collect()
    }

    fn tools(&self, program: &Program, conductor: &Conductor<'a>) -> Option<(Tools<'a>, &'a str)> {
        let toolchain = self.environment.toolchains.get(&program.side)?;
        let language = self.comparison.languages.get(&program.language)?;
        let settings = conductor.settings;
        let tools = Tools { launcher: &settings.launcher, language, offline: settings.offline };
        Some((tools, toolchain.ready_version()?))
    }

    fn build_all(&mut self, conductor: &mut Conductor<'a>) -> Result<(), Stop> {
        for (profile, tier) in self.builds() {
            for program in self.workload.programs.iter().filter(|program| program.tier == tier) {
                let Some((tools, version)) = self.tools(program, conductor) else { continue };
                conductor.tell(Event::Step(Step::Building {
                    workload: &self.workload.id,
                    side: &program.side,
                    profile,
                }))?;
                let name = self.workload.id.as_str();
                let sources = Sources { folder: &program.folder, name, version };
                match build::artefact(&tools, sources, profile, conductor.cache()) {
                    Ok(artefact) => {
                        self.artefacts.insert((program.side.clone(), profile, tier), artefact);
                    }
                    Err(error) => {
                        conductor.note(self.build_note(&program.side, profile, &error))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn build_note(&self, side: &SideName, profile: Profile, error: &BuildError) -> Note {
        let kind = match error {
            BuildError::Need(_) => NoteKind::Need,
            _ => NoteKind::BuildFailed,
        };
        self.note(kind, Some(side), Some(profile), error.to_string())
    }

    fn note(
        &self,
        kind: NoteKind,
        side: Option<&SideName>,
        profile: Option<Profile>,
        text: String,
    ) -> Note {
        Note { kind, workload: Some(self.workload.id.clone()), side: side.cloned(), profile, text }
    }

    fn agree(&mut self, conductor: &mut Conductor<'a>) -> Result<(), Stop> {
        if self.artefacts.is_empty() {
            return Ok(());
        }
        conductor.tell(Event::Step(Step::Inputs(&self.workload.id)))?;
        let inputs = match input::prepare(self.workload, conductor.cache()) {
            Ok(inputs) => inputs,
            Err(error) => {
                return conductor.note(self.note(NoteKind::Input, None, None, error.to_string()));
            }
        };
        conductor.tell(Event::Step(Step::Agreeing(&self.workload.id)))?;
        let contestants = self.contestants();
        let mut contained = Vec::new();
        let launcher = conductor.launcher();
        let compared =
            agreement::compare(launcher, self.workload, &inputs, &contestants, &mut contained);
        for Contained { side, profile, text } in contained {
            let note = self.note(NoteKind::Contained, Some(&side), Some(profile), text);
            conductor.note(note)?;
        }
        match compared {
            Ok(agreed) => {
                self.answers = Some((inputs, Rc::new(agreed)));
                Ok(())
            }
            Err(error) => {
                let (kind, side) = match &error {
                    Disagreement::Failed { side, .. } | Disagreement::Untold { side, .. } => {
                        (NoteKind::CaseFailed, Some(side))
                    }
                    _ => (NoteKind::Disagree, None),
                };
                let note = self.note(kind, side, None, error.to_string());
                conductor.note(note)
            }
        }
    }

    fn contestants(&self) -> Vec<Contestant<'_>> {
        self.artefacts
            .iter()
            .map(|((side, profile, tier), artefact)| Contestant {
                side,
                profile: *profile,
                tier: *tier,
                label: format!("{side} ({profile}, {tier})"),
                program: &artefact.path,
            })
            .collect()
    }

    fn count_facts(
        &self,
        prior: Option<&RunFacts>,
        conductor: &mut Conductor<'a>,
    ) -> Result<(), Stop> {
        let inputs = self.answers.as_ref().map(|(inputs, _)| inputs.clone()).unwrap_or_default();
        for probe in self.probes() {
            for ((side, profile, tier), artefact) in &self.artefacts {
                let known = prior.is_some_and(|facts| self.is_known(facts, probe, side));
                if *profile != probe.profile || *tier != Tier::Idiomatic || known {
                    continue;
                }
                let launcher = conductor.launcher();
                match count::count(launcher, self.workload, probe, &artefact.path, &inputs) {
                    Ok(counted) => conductor.tell(Event::Counted(&Fact {
                        workload: self.workload.id.clone(),
                        fact: probe.id.clone(),
                        side: side.clone(),
                        profile: *profile,
                        tier: *tier,
                        count: counted.count,
                        example: counted.example,
                    }))?,
                    Err(error) => conductor.note(self.note(
                        NoteKind::Fact,
                        Some(side),
                        Some(*profile),
                        format!("{}: {error}", probe.id),
                    ))?,
                }
            }
        }
        Ok(())
    }

    fn is_known(&self, facts: &RunFacts, probe: &FactProbe, side: &SideName) -> bool {
        facts.facts.iter().any(|fact| {
            fact.workload == self.workload.id && fact.fact == probe.id && &fact.side == side
        })
    }

    /// A runner for every series of the plan whose two sides are there.
    pub(crate) fn runners(
        mut self,
        conductor: &Conductor<'a>,
    ) -> Result<Vec<SeriesRunner<'a>>, Stop> {
        let Some((inputs, agreed)) = self.answers.take() else { return Ok(Vec::new()) };
        let serving = self.serving.take();
        let (grounds, goldens) = serving.map(|serving| (serving.grounds, serving.goldens)).unzip();
        let shared = Rc::new(Shared {
            workload: self.workload,
            launcher: conductor.launcher(),
            inputs,
            agreed,
            realtime: self.plan.realtime,
            grounds,
            goldens: goldens.unwrap_or_default(),
            seed: self.plan.seed,
        });
        let mut runners = Vec::new();
        for series in self.plan.series() {
            if series.workload != self.workload.id {
                continue;
            }
            let wanted = self.sides_of(series);
            let contenders: Vec<Contender<'a>> =
                wanted.iter().filter_map(|side| self.contender(side, series, conductor)).collect();
            let unheard = |case: &CaseId| !shared.goldens.contains_key(case);
            if series.activity == Activity::Serve && series.case.as_ref().is_none_or(unheard) {
                continue;
            }
            if contenders.len() == wanted.len() {
                runners.push(SeriesRunner::new(series.clone(), contenders, Rc::clone(&shared)));
            }
        }
        Ok(runners)
    }

    fn sides_of(&self, series: &model::Series) -> Vec<SideName> {
        let cells = self.plan.cells.iter().filter(|cell| &cell.series == series);
        let sides: BTreeSet<&SideName> =
            cells.flat_map(|cell| [&cell.numerator, &cell.denominator]).collect();
        sides.into_iter().cloned().collect()
    }

    fn contender(
        &self,
        side: &SideName,
        series: &model::Series,
        conductor: &Conductor<'a>,
    ) -> Option<Contender<'a>> {
        let base = self.workload.base(side);
        let artefact = self.artefacts.get(&(base.clone(), series.profile, series.tier))?;
        let program = self.workload.program(side, series.tier)?;
        let (tools, version) = self.tools(program, conductor)?;
        let means = match series.activity {
            Activity::Serve => {
                let case = series.case.as_ref().and_then(|id| self.workload.case(id))?;
                Means::Service(self.subject(side, series, case)?)
            }
            Activity::Run | Activity::Memory | Activity::Instructions => {
                Means::Program(artefact.path.clone())
            }
            Activity::Artefact => Means::Artefact { tools, program, size: artefact.size },
            Activity::BuildClean | Activity::BuildIncremental => {
                let (name, cache) = (self.workload.id.as_str(), conductor.cache());
                let place = BuildPlace::new(tools, program, name, version, series.profile, cache);
                Means::Build(Box::new(RefCell::new(place)))
            }
        };
        Some(Contender { side: side.clone(), means })
    }
}
