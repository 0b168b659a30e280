//! Whatever the types allow comes back exactly.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{
    Activity, AnswerOutcome, Answered, Aspect, Attempt, AttemptEnd, CatchGate, Caught, CaughtRun,
    DefectVariant, Diagnostic, Effect, EffectSeen, Experiment, Fact, Gate, Level, MemorySource,
    Metric, MetricName, Note, NoteKind, ProbeId, Profile, ProgramSeen, Run, RunEnd, RunEnding,
    RunFacts, Series, Tier, Trial, TrialStatus,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use store::Store;

fn name<T: std::str::FromStr<Err = model::IdError> + std::fmt::Debug>() -> impl Strategy<Value = T>
{
    "[a-z0-9]([a-z0-9-]{0,4}[a-z0-9])?".prop_map(|text| text.parse().expect("the shape of an id"))
}

fn time() -> impl Strategy<Value = Timestamp> {
    (-60_000_000_000..250_000_000_000_i64, 0..1_000_000_000).prop_map(|(second, nanosecond)| {
        Timestamp::new(second, nanosecond).expect("within the range of timestamps")
    })
}

fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("finite", |value| value.is_finite())
}

fn one<T: Copy + std::fmt::Debug + 'static>(of: &'static [T]) -> impl Strategy<Value = T> {
    select(of)
}

/// Those of the user's own too, also by the name of one that is not.
fn metric() -> impl Strategy<Value = Metric> {
    let own = prop_oneof![name(), Just("cpu".parse().expect("a name")), Just(longest_name())];
    prop_oneof![one(Metric::ALL), own.prop_map(Metric::Own)]
}

fn longest_name() -> MetricName {
    "x".repeat(MetricName::MOST).parse().expect("a name")
}

prop_compose! {
    fn series()(
        workload in name(), activity in one(Activity::ALL), case in option::of(name()),
        profile in one(Profile::ALL), tier in one(Tier::ALL),
    ) -> Series {
        Series { workload, activity, case, profile, tier }
    }
}

prop_compose! {
    fn trial()(
        series in series(),
        (block, position, replica) in any::<(u32, u32, u32)>(),
        side in name(),
        status in one(TrialStatus::ALL),
        started in time(),
        values in btree_map(metric(), finite(), 0..4),
        memory_source in option::of(one(MemorySource::ALL)),
        stdout_sha256 in option::of("[0-9a-f]{64}"),
        detail in option::of(any::<String>()),
    ) -> Trial {
        Trial { series, block, position, side, replica, status, started, values, memory_source,
            stdout_sha256, detail }
    }
}

prop_compose! {
    fn fact()(
        workload in name(), fact in name(), side in name(), profile in one(Profile::ALL),
        tier in one(Tier::ALL), count in 0..=i64::MAX as u64, example in option::of(any::<String>()),
    ) -> Fact {
        Fact { workload, fact, side, profile, tier, count, example }
    }
}

prop_compose! {
    fn diagnostic()(
        level in one(Level::ALL), code in option::of(any::<String>()),
        line in option::of(any::<u32>()), text in any::<String>(),
    ) -> Diagnostic {
        Diagnostic { level, code, line, text }
    }
}

prop_compose! {
    fn attempt()(
        (item, side, probe) in (name(), name(), name::<ProbeId>()), version in any::<String>(),
        (started, seconds) in (time(), finite()), end in one(AttemptEnd::ALL),
        stopped_at in option::of(one(Gate::ALL)), diagnostics in vec(diagnostic(), 0..3),
        (stdout, stderr) in any::<(String, String)>(), made in option::of(any::<bool>()),
        detail in option::of(any::<String>()),
    ) -> Attempt {
        let experiment = Experiment::Probe(probe);
        Attempt {
            experiment, item, side, version, started, seconds, end, stopped_at, diagnostics,
            stdout, stderr, made, detail,
        }
    }
}

fn ending() -> impl Strategy<Value = RunEnding> {
    prop_oneof![
        any::<i32>().prop_map(RunEnding::Exited),
        any::<i32>().prop_map(RunEnding::Signalled),
        Just(RunEnding::TimedOut),
    ]
}

prop_compose! {
    fn caught_run()(
        ended in ending(), (stdout, stderr) in any::<(String, String)>(),
    ) -> CaughtRun {
        CaughtRun { ended, stdout, stderr }
    }
}

prop_compose! {
    fn caught()(
        (defect, side) in (name(), name()), variant in one(DefectVariant::ALL),
        gate in one(CatchGate::ALL), (tool, version, key) in any::<(String, String, String)>(),
        started in time(), (seconds, cpu_seconds) in (finite(), finite()),
        not_run in option::of(any::<String>()), diagnostics in vec(diagnostic(), 0..3),
        runs in vec(caught_run(), 0..3),
    ) -> Caught {
        Caught {
            defect, side, variant, gate, tool, version, key, started, seconds, cpu_seconds, not_run,
            diagnostics, runs,
        }
    }
}

prop_compose! {
    fn answer()(
        case in name(), side in name(), aspect in one(Aspect::ALL),
        outcome in one(AnswerOutcome::ALL), told in option::of(any::<String>()),
    ) -> Answered {
        Answered { case, side, aspect, outcome, told }
    }
}

prop_compose! {
    fn effect()(
        case in name(), side in name(), effect in one(Effect::ALL),
        count in option::of(0..=i64::MAX as u64), told in option::of(any::<String>()),
    ) -> EffectSeen {
        EffectSeen { case, side, effect, count, told }
    }
}

prop_compose! {
    fn program()(
        side in name(), sha256 in "[0-9a-f]{64}", bytes in 0..=i64::MAX as u64,
        (toolchain, content) in any::<(Option<String>, Option<String>)>(),
        stripped in any::<Option<bool>>(),
    ) -> ProgramSeen {
        ProgramSeen { side, sha256, bytes, toolchain, content, stripped }
    }
}

prop_compose! {
    fn note()(
        kind in one(NoteKind::ALL), workload in option::of(name()), side in option::of(name()),
        profile in option::of(one(Profile::ALL)), text in any::<String>(),
    ) -> Note {
        Note { kind, workload, side, profile, text }
    }
}

prop_compose! {
    fn run()(
        id in name(),
        (pack, pack_hash, version, cpu) in any::<(String, String, String, String)>(),
        started in time(),
        (factor, floor, load, budget) in (finite(), finite(), finite(), finite()),
        seed in any::<u64>(),
    ) -> Run {
        let mut run = Run { id, pack, pack_hash, version, started, ..crate::sample::run("r") };
        run.plan.cells[0].margin = model::Margin { factor, floor };
        run.plan.budget_seconds = budget;
        run.plan.seed = seed;
        run.environment.machine.load = load;
        run.environment.machine.cpu = cpu;
        run
    }
}

prop_compose! {
    fn facts()(
        run in run(), mut trials in vec(trial(), 0..12), facts in vec(fact(), 0..4),
        attempts in vec(attempt(), 0..4), caught in vec(caught(), 0..4), answers in vec(answer(), 0..4),
        effects in vec(effect(), 0..4), programs in vec(program(), 0..4),
        notes in vec(note(), 0..4), end in option::of(one(RunEnd::ALL)),
    ) -> RunFacts {
        let mut seen = BTreeSet::new();
        trials.retain(|trial| {
            seen.insert((trial.series.clone(), trial.block, trial.side.clone(), trial.replica))
        });
        RunFacts { run, trials, facts, attempts, caught, answers, effects, programs, notes, end }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn a_run_comes_back_exactly(seen in facts()) {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("facts.db");
        let id = &seen.run.id;
        let mut store = Store::open(&path)?;
        store.begin_run(&seen.run)?;
        store.append_block(id, &seen.trials)?;
        seen.facts.iter().try_for_each(|fact| store.append_fact(id, fact))?;
        seen.attempts.iter().try_for_each(|attempt| store.append_attempt(id, attempt))?;
        seen.caught.iter().try_for_each(|caught| store.append_caught(id, caught))?;
        seen.answers.iter().try_for_each(|answer| store.append_answer(id, answer))?;
        seen.effects.iter().try_for_each(|effect| store.append_effect(id, effect))?;
        seen.programs.iter().try_for_each(|program| store.append_program(id, program))?;
        seen.notes.iter().try_for_each(|note| store.append_note(id, note))?;
        if let Some(end) = seen.end {
            store.end_run(id, end, crate::sample::at(0))?;
        }
        prop_assert_eq!(&store.facts_of(id)?, &seen);
        drop(store);
        prop_assert_eq!(&Store::open_for_reading(&path)?.facts_of(id)?, &seen);
    }
}
