//! Programs that serve: asked the same, then driven.

use std::collections::BTreeMap;

use model::contract::{Case, Origin};
use model::service::{CompanionKind, Drive, Service};
use model::{AnswerOutcome, Answered, Aspect, CaseId, Contract, Metric, Series, TrialStatus};

use super::NotReady;
use super::side::{Means, Ready};
use super::turn::Taken;
use crate::event::{Event, Observer, Step};
use crate::schedule::{self, Turn};
use crate::service::{
    self, Beside, Cluster, Goldens, Grounds, Processors, ServiceError, Subject, Unlike,
};

/// What the drives of a contract stand on.
pub(super) struct Served<'a> {
    contract: &'a Contract,
    means: Means<'a>,
    grounds: Grounds<'a>,
    /// Each case's drive, limits of the contract put in, and what is right.
    cases: BTreeMap<CaseId, (Drive, Goldens)>,
}

impl<'a> Served<'a> {
    /// Asks every side what the contract asks; hands over what came of it.
    pub(super) fn prepare(
        contract: &'a Contract,
        means: Means<'a>,
        sides: &[Ready<'_>],
        known: &[Answered],
        observer: &mut dyn Observer,
    ) -> Result<Option<Self>, NotReady> {
        let Some(service) = &contract.service else { return Ok(None) };
        observer.observe(Event::Step(Step::Agreeing(&contract.name)))?;
        let running = &contract.running;
        let processors =
            Processors::choose(&running.server_processors, running.generator_processor);
        let beside = beside(service, &means, &processors)?;
        let grounds = Grounds { launcher: means.launcher, service, beside, processors };
        let mut served = Self { contract, means, grounds, cases: BTreeMap::new() };
        for case in &contract.cases {
            let Some(drive) = &case.drive else { continue };
            let drive = Drive {
                processors: drive.processors.or(running.processors),
                memory: drive.memory.or(running.memory),
                ..drive.clone()
            };
            let contestants: Vec<(String, Subject)> = sides
                .iter()
                .map(|ready| (ready.name.to_string(), served.subject(ready, case)))
                .collect();
            let asked = service::agree(&served.grounds, &drive, &contestants);
            for (ready, unlike) in sides.iter().zip(asked.outcomes) {
                let (outcome, told) = match unlike {
                    None => (AnswerOutcome::Same, None),
                    Some(Unlike::Differs(text)) => (AnswerOutcome::Differs, Some(text)),
                    Some(Unlike::Missing(text)) => (AnswerOutcome::Missing, Some(text)),
                };
                let (case, side) = (case.id.clone(), ready.name.clone());
                let answered = Answered { case, side, aspect: Aspect::Output, outcome, told };
                if !known.contains(&answered) {
                    observer.observe(Event::Answered(&answered))?;
                }
            }
            served.cases.insert(case.id.clone(), (drive, asked.goldens));
        }
        Ok(Some(served))
    }

    fn subject(&self, ready: &Ready<'_>, case: &Case) -> Subject {
        let running = &self.contract.running;
        let side = self.contract.side(&ready.name);
        let language = side.and_then(|side| match &side.origin {
            Origin::Project { language, .. } => self.means.languages.get(language),
            Origin::Built { .. } | Origin::Program { .. } => None,
        });
        let mut env = running.env.clone();
        env.extend(side.map(|side| side.env.clone()).unwrap_or_default());
        Subject {
            program: ready.program.clone(),
            args: ready.args.iter().chain(&case.args).cloned().collect(),
            env,
            directory: Some(
                running.directory.clone().unwrap_or_else(|| self.contract.folder.clone()),
            ),
            container: language.map(|known| known.container_env.clone()).unwrap_or_default(),
            padding: 0,
        }
    }

    /// Takes one turn.
    pub(super) fn drive(
        &self,
        ready: &Ready<'_>,
        (series, case): (&Series, &Case),
        (seed, block): (u64, u32),
        turn: &Turn,
    ) -> Taken {
        let Some((drive, goldens)) = self.cases.get(&case.id) else {
            let detail = Some("its answers were not compared".to_owned());
            return Taken::nothing().failed(TrialStatus::Crashed, detail);
        };
        let subject = Subject { padding: turn.padding, ..self.subject(ready, case) };
        // Of a program that fails, what a request costs says nothing, unless failing is the question.
        let goodput = self.contract.measure(Metric::Goodput);
        let may_fail = goodput.is_some_and(|measure| measure.primary);
        let seed = schedule::seed_of_block(seed, series, block);
        let driven = service::drive(
            &self.grounds,
            &subject,
            service::Turn { drive, may_fail, goldens, seed },
        );
        Taken::driven(driven)
    }
}

/// Only what needs no building stands beside programs of the user's own.
fn beside(
    service: &Service,
    means: &Means<'_>,
    processors: &Processors,
) -> Result<Vec<Beside>, ServiceError> {
    let one = |companion: &model::service::Companion| match &companion.kind {
        CompanionKind::Program { folder, args, .. } => Ok(Beside::Program {
            variable: companion.variable.clone(),
            path: folder.clone(),
            args: args.clone(),
        }),
        CompanionKind::Postgresql { schema } => {
            let cluster = Cluster::start(means.launcher, schema, processors.generator)?;
            let variable = companion.variable.clone();
            Ok(Beside::Postgresql { variable, cluster: Box::new(cluster) })
        }
    };
    service.companions.iter().map(one).collect()
}
