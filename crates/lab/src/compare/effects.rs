//! Same side effects before any number: what each program does beside its
//! answer, counted in a watched run of each measured case.

use launch::probe::{EffectsReading, Seen};
use model::contract::{Case, CaseUse};
use model::{Effect, EffectSeen, SideName};

use super::answers::Expected;
use super::side::Ready;
use super::turn::{Starter, watched};
use crate::event::{Event, Observer, Stop};

/// Cases that are looked at when none is measured.
const FEW: usize = 10;

/// Counts the side effects of every side; hands each over.
pub(super) fn count(
    starter: Starter<'_>,
    sides: &[Ready<'_>],
    expected: &Expected,
    known: &[EffectSeen],
    observer: &mut dyn Observer,
) -> Result<(), Stop> {
    for case in looked_at(&starter.contract.cases) {
        for side in sides {
            // A program that gave no answer would only be waited for.
            let Some(took) = expected.took(&side.name, case) else { continue };
            let is_known = |effect: &Effect| {
                known.iter().any(|one| {
                    (&one.case, &one.side, &one.effect) == (&case.id, &side.name, effect)
                })
            };
            if Effect::ALL.iter().all(is_known) {
                continue;
            }
            let mut trial = starter.trial(side, case);
            trial.deadline = watched(took);
            let probe = || launch::probe::effects(starter.launcher, &trial);
            let seen = match starter.between(probe) {
                Ok(probe) => all(&probe.reading).to_vec(),
                Err(error) => Effect::ALL
                    .iter()
                    .map(|effect| (*effect, Seen::Unseen { reason: error.to_string() }))
                    .collect(),
            };
            // Of a run that was stopped amid them the first few may be there.
            for (effect, seen) in seen.into_iter().filter(|(effect, _)| !is_known(effect)) {
                observer.observe(Event::Affected(&told(case, &side.name, effect, seen)))?;
            }
        }
    }
    Ok(())
}

fn looked_at(cases: &[Case]) -> Vec<&Case> {
    let measured: Vec<&Case> = cases.iter().filter(|case| case.used != CaseUse::Compared).collect();
    if measured.is_empty() { cases.iter().take(FEW).collect() } else { measured }
}

fn all(reading: &EffectsReading) -> [(Effect, Seen); 6] {
    [
        (Effect::BytesWritten, reading.bytes_written.clone()),
        (Effect::BytesSent, reading.bytes_sent.clone()),
        (Effect::Syncs, reading.syncs.clone()),
        (Effect::FilesCreated, reading.files_created.clone()),
        (Effect::Connections, reading.connections.clone()),
        (Effect::Processes, reading.processes.clone()),
    ]
}

fn told(case: &Case, side: &SideName, effect: Effect, seen: Seen) -> EffectSeen {
    let (count, told) = match seen {
        Seen::Counted { count, first } => {
            (Some(count), (!first.is_empty()).then(|| first.join(", ")))
        }
        Seen::Unseen { reason } => (None, Some(reason)),
    };
    EffectSeen { case: case.id.clone(), side: side.clone(), effect, count, told }
}
