//! Builds that are measured begin where they should.

use std::fs;

use model::{Activity, CleanCache, Edit, Metric, NoteKind, Profile, Relation, TrialStatus};

use crate::place::{Place, SeenRun, words};

/// A build that writes into its product folder and its cache, and fails where something of an
/// earlier build is left. In the cache the compiled standard packages must be, and nothing else.
const TIDY: &str = r#"
set -e
if [ -n "$SHELL_CACHE" ]; then
    [ "$(ls "$SHELL_CACHE")" = standard ] || { echo "the cache holds $(ls "$SHELL_CACHE")" >&2; exit 9; }
    echo compiled >"$SHELL_CACHE/own"
fi
[ -z "$(ls "$1")" ] || { echo "products of before: $(ls "$1")" >&2; exit 9; }
echo object >"$1/object"
cp main "$1/$2"
"#;

/// A build that keeps what it built from, and fails when that has not changed since.
const INCREMENTAL: &str = r#"
set -e
if [ -e "$1/built-from" ] && cmp -s main "$1/built-from"; then
    echo 'nothing has changed' >&2
    exit 9
fi
cp main "$1/built-from"
cp main "$1/$2"
"#;

fn building(metric: Metric, script: &str) -> Place {
    let mut place =
        Place::of("# version one", "# version one").claim(metric, Relation::Inside, (1.5, 2.0));
    place.workload().metrics = vec![metric];
    place.recipe().command = words(&["sh", "-c", script, "build", "{out}", "{program}"]);
    place
}

fn all_done(seen: &SeenRun) {
    for trial in &seen.trials {
        assert_eq!(trial.status, TrialStatus::Done, "{:?}", trial.detail);
    }
}

#[test]
fn a_clean_build_starts_clean() {
    let mut place = building(Metric::BuildClean, TIDY);
    place.language().clean_cache = Some(CleanCache {
        variable: "SHELL_CACHE".to_owned(),
        list_standard: words(&["echo", "standard"]),
        build_standard: words(&["sh", "-c", "mkdir -p \"$SHELL_CACHE\"; : >\"$SHELL_CACHE/$0\""]),
        flags: std::collections::BTreeMap::new(),
    });
    let seen = place.run();
    assert_eq!(seen.trials.len(), 12);
    all_done(&seen);
    assert!(seen.trials.iter().all(|trial| trial.series.activity == Activity::BuildClean));
    assert!(seen.trials.iter().all(|trial| trial.values.contains_key(&Metric::BuildClean)));
}

#[test]
fn an_incremental_build_meets_a_real_change_each_time() {
    let mut place = building(Metric::BuildIncremental, INCREMENTAL);
    for program in &mut place.workload().programs {
        program.edit = Some(Edit {
            file: "main".into(),
            find: "version one".to_owned(),
            replace: "version {n}".to_owned(),
        });
    }
    let seen = place.run();
    assert_eq!(seen.trials.len(), 12);
    all_done(&seen);
    let source = fs::read_to_string(place.path("left").join("main")).unwrap();
    assert!(source.contains("version one"), "the program itself was edited: {source}");
}

#[test]
fn an_incremental_build_without_a_change_would_be_seen() {
    let seen = building(Metric::BuildIncremental, INCREMENTAL).run();
    assert!(seen.trials.iter().all(|trial| trial.status == TrialStatus::Crashed));
    let detail = seen.trials[0].detail.as_deref().unwrap_or_default();
    assert!(detail.contains("nothing has changed"), "{detail}");
    // Given up after twice the declared number.
    assert_eq!(seen.blocks(), 12);
}

#[test]
fn a_failing_build_is_noted_with_its_last_lines_and_nothing_runs() {
    let mut place = Place::of("", "").claim(Metric::Cpu, Relation::Below, (1.1, 0.0));
    place.recipe().command = words(&["sh", "-c", "echo 'main:1: no such thing' >&2; exit 2"]);
    let seen = place.run();
    assert!(seen.trials.is_empty());
    let told: Vec<_> = seen.notes.iter().map(|note| (note.kind, note.side.clone())).collect();
    let side = |name| Some(crate::place::side(name));
    let failed = NoteKind::BuildFailed;
    assert_eq!(told, [(failed, side("left")), (failed, side("right"))]);
    assert!(seen.notes[0].text.contains("main:1: no such thing"), "{}", seen.notes[0].text);
}

#[test]
fn what_has_to_be_installed_first_is_noted_with_the_way_out() {
    let mut place = Place::of("", "").claim(Metric::Cpu, Relation::Below, (1.1, 0.0));
    place.recipe().needs = Some(model::Need {
        command: words(&["echo", "/nowhere"]),
        file: "{stdout}/part".to_owned(),
        hint: "install the part".to_owned(),
    });
    let seen = place.run();
    assert!(seen.trials.is_empty());
    let told: Vec<_> = seen.notes.iter().map(|note| (note.kind, note.text.as_str())).collect();
    assert_eq!(
        told,
        [(NoteKind::Need, "not all that this profile needs is installed: install the part"); 2]
    );
}

#[test]
fn a_program_is_built_once_and_kept() {
    let mut place = Place::of("", "").claim(Metric::Size, Relation::Inside, (1.1, 0.0));
    place.workload().metrics = vec![Metric::Size];
    let log = place.path("builds");
    let script = format!("echo built >>'{}'; cp main \"$0\"", log.display());
    place.recipe().command = words(&["sh", "-c", &script, "{out}/{program}"]);
    let (first, second) = (place.run(), place.run());
    assert_eq!(first.trials[0].values, second.trials[0].values);
    // Both sides have the same sources here.
    assert_eq!(fs::read_to_string(&log).unwrap().lines().count(), 1);
    place.language().profiles.get_mut(&Profile::ReleasePractice).unwrap().content.push('!');
    place.run();
    assert_eq!(fs::read_to_string(&log).unwrap().lines().count(), 2, "another recipe");
}
