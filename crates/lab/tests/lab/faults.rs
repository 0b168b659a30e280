//! Programs, inputs and toolchains with which something is wrong: told, and left out.

use model::{
    Case, Detect, Input, InputKind, Metric, NoteKind, Relation, RunEnd, ToolchainState, TrialStatus,
};

use crate::place::{Place, SeenRun, becomes, words};

/// Answers `wrong` at one start, counted with the one in which answers are compared.
fn wrong_at(start: u32) -> String {
    format!(
        "n=$(cat {{counter}} 2>/dev/null || echo 0); n=$((n + 1)); echo $n >{{counter}}\n\
         if [ $n = {start} ]; then echo wrong; else echo right; fi"
    )
}

fn only_note(seen: &SeenRun) -> (NoteKind, &str) {
    let [note] = seen.notes.as_slice() else { panic!("not one note: {:?}", seen.notes) };
    (note.kind, &note.text)
}

fn cpu(left: &str, right: &str) -> Place {
    Place::of(left, right).claim(Metric::Cpu, Relation::Inside, (1.5, 0.1))
}

#[test]
fn programs_that_disagree_are_not_measured() {
    let mut place = cpu("echo one", "echo two").claim(Metric::Size, Relation::Inside, (1.5, 0.0));
    place.workload().metrics = vec![Metric::Size];
    let seen = place.run();
    assert!(seen.trials.is_empty(), "{:?}", seen.trials);
    let (kind, text) = only_note(&seen);
    assert_eq!(kind, NoteKind::Disagree);
    assert!(text.starts_with("case only: "), "{text}");
    assert!(text.contains("left") && text.contains("right"), "{text}");
}

#[test]
fn a_disagreement_in_a_case_that_is_only_compared_withholds_the_numbers_too() {
    let mut place = cpu("[ \"$1\" = 2 ] && echo other; true", "true");
    let only_compared =
        Case { args: words(&["2"]), metrics: Vec::new(), ..crate::place::case("second") };
    place.workload().cases.push(only_compared);
    let seen = place.run();
    assert!(seen.trials.is_empty());
    let (kind, text) = only_note(&seen);
    assert_eq!(kind, NoteKind::Disagree);
    assert!(text.starts_with("case second: "), "{text}");
}

#[test]
fn a_program_that_fails_before_anything_is_timed_is_told_by_side_and_words() {
    let seen = cpu("echo 'out of luck' >&2; exit 3", "true").run();
    assert!(seen.trials.is_empty());
    assert_eq!(
        only_note(&seen),
        (
            NoteKind::CaseFailed,
            "case only, left: ended with exit code 3, not with exit code 0: out of luck"
        )
    );
}

#[test]
fn an_input_with_another_hash_than_the_packs_is_not_used() {
    let mut place = cpu("true", "true");
    std::fs::write(place.path("data.txt"), "data\n").unwrap();
    let input = Input { kind: InputKind::File("data.txt".into()), sha256: "0".repeat(64) };
    place.workload().inputs.insert("data".to_owned(), input);
    let seen = place.run();
    assert!(seen.trials.is_empty());
    let (kind, text) = only_note(&seen);
    assert_eq!(kind, NoteKind::Input);
    assert!(text.contains("`data` has SHA-256") && text.contains("workload.toml"), "{text}");
}

#[test]
fn a_wrong_answer_in_the_middle_voids_its_pair_and_is_told() {
    // The 1st start is the comparison, the 2nd and 3rd are block 0.
    let mut place = cpu("echo right", &wrong_at(5));
    place.most_pairs = Some(12);
    let seen = place.run();
    let wrong: Vec<_> =
        seen.trials.iter().filter(|trial| trial.status == TrialStatus::WrongAnswer).collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!((wrong[0].block, wrong[0].side.as_str()), (1, "right"));
    assert_eq!(wrong[0].detail.as_deref(), Some("another answer than the one agreed on"));
    assert!(wrong[0].values.is_empty());
    let estimate = seen.estimate();
    // The pair is void if the first of the two runs in that block was the wrong one.
    let voids = usize::from(wrong[0].replica == 0);
    assert_eq!((estimate.voids.crashed.a, estimate.voids.crashed.b), (0, voids));
    assert_eq!(estimate.pairs + voids, seen.blocks());
}

#[test]
fn crashes_void_their_pairs_and_are_counted_by_side() {
    let (never, each_tenth) = (becomes("flaky 0 {counter}"), becomes("flaky 10 {counter}"));
    let mut place = Place::of(&never, &each_tenth).claim(Metric::Cpu, Relation::Below, (1.0, 0.0));
    place.most_pairs = Some(40);
    let seen = place.run();
    let crashed: Vec<_> =
        seen.of_side("right").filter(|trial| trial.status == TrialStatus::Crashed).collect();
    let starts = seen.of_side("right").count() + 1;
    assert_eq!(crashed.len(), starts / 10);
    assert!(crashed.iter().all(|trial| trial.values.is_empty() && trial.detail.is_some()));
    let estimate = seen.estimate();
    let void = crashed.iter().filter(|trial| trial.replica == 0).count();
    assert_eq!((estimate.voids.crashed.a, estimate.voids.crashed.b), (0, void));
    assert_eq!(estimate.pairs + void, seen.blocks());
}

#[test]
fn a_side_that_never_ends_is_above_whatever_the_other_takes() {
    let hangs = "n=$(cat {counter} 2>/dev/null || echo 0); echo $((n + 1)) >{counter}\n\
                 [ $n = 0 ] || exec sleep 60";
    let mut place = Place::of("true", hangs).claim(Metric::Cpu, Relation::Above, (1.10, 0.001));
    place.workload().cases[0].deadline_seconds = 0.5;
    let seen = place.run();
    assert!(seen.of_side("right").all(|trial| trial.status == TrialStatus::TimedOut));
    let estimate = seen.estimate();
    assert_eq!(estimate.relation, stats::Relation::Above);
    assert_eq!(estimate.b.median, None);
    assert_eq!(estimate.voids.crashed, stats::PerSide::default());
}

#[test]
fn a_missing_toolchain_is_noted_once_and_nothing_of_it_runs() {
    let mut place = cpu("true", "true");
    place.language().detect = Detect {
        command: words(&["no-such-tool", "--version"]),
        ..place.language().detect.clone()
    };
    let state = place.environment().toolchains.remove(&crate::place::side("left")).unwrap().state;
    let expected = "there is no `no-such-tool` on PATH; install a shell".to_owned();
    assert_eq!(state, ToolchainState::Missing { reason: expected.clone() });
    let seen = place.run();
    assert!(seen.trials.is_empty());
    assert_eq!(seen.end, Some(Ok(RunEnd::Complete)));
    let told: Vec<_> = seen.notes.iter().map(|note| (note.kind, &note.text)).collect();
    assert_eq!(told, [(NoteKind::Toolchain, &expected); 2]);
}

#[test]
fn an_old_toolchain_says_what_is_needed() {
    let mut place = cpu("true", "true");
    place.language().minimum = "2.0".parse().unwrap();
    let seen = place.run();
    let told = "Shell 1.2.3 is older than 2.0.0, which the programs need; install a shell";
    assert!(seen.notes.iter().all(|note| note.text == told), "{:?}", seen.notes);
}

#[test]
fn what_a_program_leaves_behind_is_ended_and_told() {
    let mut place = cpu("true", &format!("{} >/dev/null", becomes("leave-listener")));
    place.most_pairs = Some(8);
    let seen = place.run();
    let contained = seen.notes.iter().filter(|note| note.kind == NoteKind::Contained);
    let texts: Vec<&str> = contained.map(|note| note.text.as_str()).collect();
    let [text] = texts.as_slice() else { panic!("not told once: {texts:?}") };
    assert!(text.starts_with("left a process behind, listening on port "), "{text}");
}
