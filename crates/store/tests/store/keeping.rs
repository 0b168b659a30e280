//! What was appended comes back, in its order, and nothing else gets in.

use crate::sample::{answer, at, attempt, caught, effect, fact, note, program, run, trial};
use model::{Caught, EffectSeen, Metric, ProgramSeen, RunEnd, RunFacts, Trial};
use store::{Store, StoreError};
use tempfile::TempDir;

fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("of/facts.db")).unwrap();
    (folder, store)
}

#[test]
fn a_run_comes_back_as_it_was_appended() {
    let (_folder, mut store) = store();
    let head = run("r1");
    store.begin_run(&head).unwrap();
    let trials: Vec<Trial> = [7, 3, 5, 4].map(trial).into();
    store.append_trial(&head.id, &trials[0]).unwrap();
    store.append_block(&head.id, &trials[1..]).unwrap();
    store.append_fact(&head.id, &fact()).unwrap();
    store.append_attempt(&head.id, &attempt()).unwrap();
    for index in [2, 1] {
        store.append_caught(&head.id, &caught(index)).unwrap();
        store.append_answer(&head.id, &answer(index)).unwrap();
        store.append_effect(&head.id, &effect(index)).unwrap();
        store.append_program(&head.id, &program(index)).unwrap();
    }
    store.append_note(&head.id, &note()).unwrap();
    let facts = RunFacts {
        run: head.clone(),
        trials,
        facts: vec![fact()],
        answers: vec![answer(2), answer(1)],
        effects: vec![effect(2), effect(1)],
        programs: vec![program(2), program(1)],
        attempts: vec![attempt()],
        caught: vec![caught(2), caught(1)],
        notes: vec![note()],
        end: None,
    };
    assert_eq!(store.facts_of(&head.id).unwrap(), facts);
}

#[test]
fn runs_are_kept_apart() {
    let (_folder, mut store) = store();
    for id in ["r1", "r2"] {
        let head = run(id);
        store.begin_run(&head).unwrap();
        store.append_trial(&head.id, &trial(0)).unwrap();
    }
    let r2 = run("r2").id;
    store.append_trial(&r2, &trial(1)).unwrap();
    assert_eq!(store.facts_of(&run("r1").id).unwrap().trials, [trial(0)]);
    assert_eq!(store.facts_of(&r2).unwrap().trials, [trial(0), trial(1)]);
}

#[test]
fn a_run_that_was_resumed_ended_as_it_ended_last() {
    let (_folder, mut store) = store();
    let head = run("r1");
    store.begin_run(&head).unwrap();
    assert_eq!(store.runs().unwrap()[0].end, None);
    store.end_run(&head.id, RunEnd::Interrupted, at(1)).unwrap();
    assert_eq!(store.facts_of(&head.id).unwrap().end, Some(RunEnd::Interrupted));
    store.end_run(&head.id, RunEnd::Complete, at(2)).unwrap();
    assert_eq!(store.facts_of(&head.id).unwrap().end, Some(RunEnd::Complete));
    assert_eq!(store.runs().unwrap()[0].end, Some((RunEnd::Complete, at(2))));
}

#[test]
fn runs_are_listed_newest_first_whatever_the_order_of_their_arrival() {
    let (_folder, mut store) = store();
    for (id, second) in [("b", 20), ("c", 30), ("a", 10)] {
        let mut head = run(id);
        head.started = at(second);
        store.begin_run(&head).unwrap();
    }
    store.append_block(&run("b").id, &[trial(0), trial(1)]).unwrap();
    let runs = store.runs().unwrap();
    let seen: Vec<_> = runs.iter().map(|run| (run.id.as_str(), run.trials)).collect();
    assert_eq!(seen, [("c", 0), ("b", 2), ("a", 0)]);
    assert_eq!(runs[0].fingerprint, "f1");
    assert_eq!(runs[0].mode, model::PlanMode::Quick);
    assert_eq!(store.latest("left-vs-right").unwrap(), Some(run("c").id));
    assert_eq!(store.latest("another").unwrap(), None);
}

#[test]
fn the_run_to_resume_is_the_newest_of_this_pack_and_machine_that_is_not_complete() {
    let (_folder, mut store) = store();
    let mut begin = |id, second, pack_hash: &str, fingerprint: &str, end: Option<RunEnd>| {
        let mut head = run(id);
        head.started = at(second);
        head.plan.seed = second as u64;
        head.pack_hash = pack_hash.to_owned();
        head.environment.fingerprint = fingerprint.to_owned();
        store.begin_run(&head).unwrap();
        if let Some(end) = end {
            store.end_run(&head.id, RunEnd::Interrupted, at(second + 1)).unwrap();
            store.end_run(&head.id, end, at(second + 2)).unwrap();
        }
    };
    begin("killed", 1, "a1", "f1", None);
    begin("stopped", 2, "a1", "f1", Some(RunEnd::Interrupted));
    begin("done", 3, "a1", "f1", Some(RunEnd::Complete));
    begin("elsewhere", 4, "a1", "f2", None);
    begin("another", 5, "a2", "f1", None);
    let find = |hash: &str, fingerprint: &str, seeds: &[u64]| {
        let head = store.unfinished(hash, fingerprint, |plan| seeds.contains(&plan.seed));
        head.unwrap().map(|head| head.id.to_string())
    };
    assert_eq!(find("a1", "f1", &[1, 2, 3, 4, 5]).as_deref(), Some("stopped"));
    assert_eq!(find("a1", "f1", &[1]).as_deref(), Some("killed"));
    assert_eq!(find("a1", "f1", &[3]), None);
    assert_eq!(find("a3", "f1", &[1, 2, 3, 4, 5]), None);
}

#[test]
fn evidence_is_what_complete_runs_of_this_very_pack_saw_since_then() {
    let (_folder, mut store) = store();
    let mut begin = |id, second, pack: &str, pack_hash: &str, ends: &[RunEnd]| {
        let mut head = run(id);
        head.started = at(second);
        head.pack = pack.to_owned();
        head.pack_hash = pack_hash.to_owned();
        store.begin_run(&head).unwrap();
        for (end, after) in ends.iter().zip(1..) {
            store.end_run(&head.id, *end, at(second + after)).unwrap();
        }
        head
    };
    let old = begin("old", 1, "compare:x", "a1", &[RunEnd::Complete]);
    let resumed = begin("resumed", 2, "compare:x", "a1", &[RunEnd::Interrupted, RunEnd::Complete]);
    begin("stopped", 3, "compare:x", "a1", &[RunEnd::Complete, RunEnd::Interrupted]);
    begin("killed", 4, "compare:x", "a1", &[]);
    begin("other-programs", 5, "compare:x", "a2", &[RunEnd::Complete]);
    begin("other-pack", 6, "compare:y", "a1", &[RunEnd::Complete]);
    let new = begin("new", 7, "compare:x", "a1", &[RunEnd::Complete]);
    let since = |second| store.evidence("compare:x", "a1", at(second)).unwrap();
    assert_eq!(since(1), [new.clone(), resumed.clone(), old]);
    assert_eq!(since(2), [new, resumed]);
    assert_eq!(since(8), []);
}

#[test]
fn the_same_trial_is_refused_and_nothing_of_its_block_stays() {
    let (_folder, mut store) = store();
    let head = run("r1");
    store.begin_run(&head).unwrap();
    store.append_trial(&head.id, &trial(1)).unwrap();
    let error = store.append_block(&head.id, &[trial(0), trial(1)]).unwrap_err();
    assert!(matches!(error, StoreError::DuplicateTrial { block: 1, .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "run r1 already has the trial of left in block 1, replica 0, of line-search run large \
         (release-practice, idiomatic)"
    );
    assert_eq!(store.facts_of(&head.id).unwrap().trials, [trial(1)]);
}

#[test]
fn a_trial_without_a_case_is_the_same_only_once_too() {
    let (_folder, mut store) = store();
    let head = run("r1");
    store.begin_run(&head).unwrap();
    let mut build = trial(0);
    build.series.case = None;
    store.append_trial(&head.id, &build).unwrap();
    store.append_trial(&head.id, &build).unwrap_err();
    build.replica = 1;
    store.append_trial(&head.id, &build).unwrap();
}

#[test]
fn a_run_is_begun_once() {
    let (_folder, mut store) = store();
    store.begin_run(&run("r1")).unwrap();
    let error = store.begin_run(&run("r1")).unwrap_err();
    assert!(matches!(error, StoreError::DuplicateRun { .. }), "{error}");
}

#[test]
fn nothing_is_appended_to_a_run_that_was_not_begun() {
    let (_folder, mut store) = store();
    let id = run("r1").id;
    let errors = [
        store.append_trial(&id, &trial(0)).unwrap_err(),
        store.append_fact(&id, &fact()).unwrap_err(),
        store.append_answer(&id, &answer(0)).unwrap_err(),
        store.append_effect(&id, &effect(0)).unwrap_err(),
        store.append_program(&id, &program(0)).unwrap_err(),
        store.append_note(&id, &note()).unwrap_err(),
        store.end_run(&id, RunEnd::Complete, at(0)).unwrap_err(),
        store.facts_of(&id).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, StoreError::NoSuchRun { .. }), "{error}");
    }
}

#[test]
fn only_finite_numbers_are_kept() {
    let (_folder, mut store) = store();
    let head = run("r1");
    store.begin_run(&head).unwrap();
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut bad = trial(1);
        bad.values.insert(Metric::Cpu, value);
        let error = store.append_block(&head.id, &[trial(0), bad]).unwrap_err();
        assert!(matches!(error, StoreError::NotFinite { metric: Metric::Cpu, .. }), "{error}");
        let mut head = run("r2");
        head.plan.budget_seconds = value;
        let error = store.begin_run(&head).unwrap_err();
        assert!(matches!(error, StoreError::NotStorable { what: "plan", .. }), "{error}");
        let mut head = run("r2");
        head.environment.machine.cpu_limit = model::CpuLimit(Some(value));
        let error = store.begin_run(&head).unwrap_err();
        assert!(matches!(error, StoreError::NotStorable { what: "environment", .. }), "{error}");
    }
    let mut countless = fact();
    countless.count = u64::MAX;
    let error = store.append_fact(&head.id, &countless).unwrap_err();
    assert!(matches!(error, StoreError::NotStorable { what: "fact", .. }), "{error}");
    let countless = EffectSeen { count: Some(u64::MAX), ..effect(0) };
    let error = store.append_effect(&head.id, &countless).unwrap_err();
    assert!(matches!(error, StoreError::NotStorable { what: "side effect", .. }), "{error}");
    let endless = ProgramSeen { bytes: 1 << 63, ..program(0) };
    let error = store.append_program(&head.id, &endless).unwrap_err();
    assert!(matches!(error, StoreError::NotStorable { what: "program", .. }), "{error}");
    assert_eq!(store.runs().unwrap().len(), 1);
    assert_eq!(store.facts_of(&head.id).unwrap(), RunFacts::of(head));
}

#[test]
fn what_a_tool_said_is_found_by_its_key_in_whichever_run() {
    let (_folder, mut store) = store();
    for (name, second) in [("r1", 1), ("r2", 2)] {
        let head = run(name);
        store.begin_run(&head).unwrap();
        let later = Caught { seconds: f64::from(second), ..caught(5) };
        store.append_caught(&head.id, &later).unwrap();
    }
    let keys = [caught(5).key, caught(6).key];
    let found = store.caught_by_keys(&keys).unwrap();
    assert_eq!(found, [Caught { seconds: 2.0, ..caught(5) }]);
    assert_eq!(store.caught_of(&caught(5).defect).unwrap(), found);
}
