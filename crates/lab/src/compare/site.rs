//! Programs made ready side by side: built, agreed, their side effects counted.

use model::contract::{Case, Origin};
use model::{Activity, Contract, Metric, Plan, RunEnd, RunFacts, Series};

use super::answers::{self, Expected};
use super::served::Served;
use super::side::{Means, Ready};
use super::turn::{Contender, Runner, Starter};
use super::{NotReady, effects, own, rounds, side};
use crate::event::{Event, Observer, Step, Stop};
use crate::timed_build::BuildPlace;
use launch::Scratch;

/// Programs that are ready to be measured.
pub struct Site<'a> {
    pub(super) contract: &'a Contract,
    means: Means<'a>,
    sides: Vec<Ready<'a>>,
    expected: Expected,
    served: Option<Served<'a>>,
    scratch: Scratch,
}

impl<'a> Site<'a> {
    /// Builds what has to be built, compares answers, counts side effects, and
    /// hands each over as it comes. Whether what was seen lets numbers follow is
    /// for the caller to say.
    ///
    /// # Errors
    /// A side without a program, terms that cannot be applied, or the
    /// observer's reason to stop.
    pub fn prepare(
        contract: &'a Contract,
        means: Means<'a>,
        prior: &RunFacts,
        observer: &mut dyn Observer,
    ) -> Result<Self, NotReady> {
        own::check(&contract.own)?;
        let terms = answers::terms(&contract.answers)?;
        let mut sides = Vec::new();
        for side in &contract.sides {
            if !matches!(side.origin, Origin::Program { .. }) {
                let (workload, profile) = (&contract.name, contract.profile);
                let building = Step::Building { workload, side: &side.name, profile };
                observer.observe(Event::Step(building))?;
            }
            let ready = side::make_ready(side, contract, &means)?;
            if !prior.programs.contains(&ready.seen) {
                observer.observe(Event::Ready(&ready.seen))?;
            }
            sides.push(ready);
        }
        let scratch = Scratch::fresh()?;
        let starter = Starter { launcher: means.launcher, contract, scratch: scratch.path() };
        observer.observe(Event::Step(Step::Agreeing(&contract.name)))?;
        let expected = answers::compare(starter, &sides, terms, &prior.answers, observer)?;
        let served = Served::prepare(contract, means, &sides, &prior.answers, observer)?;
        if contract.effects.look {
            observer.observe(Event::Step(Step::Effects(&contract.name)))?;
            effects::count(starter, &sides, &expected, &prior.effects, observer)?;
        }
        Ok(Self { contract, means, sides, expected, served, scratch })
    }

    /// Measures the cells of a plan, going on after what is known already.
    ///
    /// # Errors
    /// The observer's reason to stop.
    pub fn measure(
        &self,
        plan: &Plan,
        prior: &RunFacts,
        observer: &mut dyn Observer,
    ) -> Result<RunEnd, Stop> {
        rounds::measure(self, plan, prior, observer)
    }

    /// A runner a series; series of a primary cell come first, as in the plan.
    pub(super) fn runners(&self, plan: &Plan) -> Vec<Runner<'_>> {
        plan.series().into_iter().map(|series| self.runner(plan, series)).collect()
    }

    fn runner(&self, plan: &Plan, series: &Series) -> Runner<'_> {
        let launcher = self.means.launcher;
        let starter = Starter { launcher, contract: self.contract, scratch: self.scratch.path() };
        let ours = plan.cells.iter().filter(|cell| &cell.series == series);
        let own = ours.map(|cell| cell.metric).filter(|metric| matches!(metric, Metric::Own(_)));
        let mut wanted: Vec<Metric> = own.collect();
        wanted.sort_unstable();
        wanted.dedup();
        let cases: Vec<&Case> = self.contract.cases_of(series);
        let contenders = self
            .sides
            .iter()
            .map(|ready| Contender { ready, place: self.place(ready, series.activity) });
        Runner {
            series: series.clone(),
            starter,
            expected: &self.expected,
            served: self.served.as_ref(),
            seed: plan.seed,
            cases,
            contenders: contenders.collect(),
            wanted,
        }
    }

    fn place<'b>(&'b self, ready: &'b Ready<'_>, activity: Activity) -> Option<BuildPlace<'b>> {
        match activity {
            Activity::BuildClean | Activity::BuildIncremental => {
                ready.build_place(self.contract.profile, self.means.cache)
            }
            _ => None,
        }
    }
}
