//! A number beside the answer, such as how much a compressor wrote, has to be alike as well.

use std::collections::BTreeMap;

use model::{Alike, Metric, NoteKind, Program, Relation, Tier};

use crate::place::{Place, SeenRun};

/// Two programs that answer alike and tell these sizes, but only when asked.
fn sizes(left: &str, right: &str) -> Place {
    let script = |size: &str| {
        format!("echo answer; if [ \"$TELL\" = 1 ]; then echo 'bytes: {size}' >&2; fi")
    };
    let mut place = Place::of(&script(left), &script(right));
    place.workload().cases[0].alike = Some(Alike {
        env: BTreeMap::from([("TELL".to_owned(), "1".to_owned())]),
        pattern: r"(?m)^bytes: (\S+)$".to_owned(),
        factor: 1.02,
    });
    place.most_pairs = Some(8);
    place.claim(Metric::Cpu, Relation::Inside, (1.5, 0.1))
}

fn notes(seen: &SeenRun) -> Vec<(NoteKind, &str)> {
    seen.notes.iter().map(|note| (note.kind, note.text.as_str())).collect()
}

#[test]
fn numbers_within_the_factor_are_measured() {
    let seen = sizes("1000", "1020").run();
    assert_eq!(notes(&seen), []);
    assert!(!seen.trials.is_empty());
}

#[test]
fn numbers_further_apart_withhold_what_would_have_been_measured() {
    let seen = sizes("1021", "1000").run();
    assert!(seen.trials.is_empty());
    let told = "case only (release-practice, idiomatic): bytes: left 1021, right 1000: \
                more than 2 % apart";
    assert_eq!(notes(&seen), [(NoteKind::Disagree, told)]);
}

#[test]
fn a_side_that_does_not_tell_its_number_is_named() {
    for wrong in ["", "many", "-3"] {
        let seen = sizes("1000", wrong).run();
        assert!(seen.trials.is_empty());
        let told = r"case only, right: no line on standard error matches `(?m)^bytes: (\S+)$` with a number in its first group";
        assert_eq!(notes(&seen), [(NoteKind::CaseFailed, told)]);
    }
}

#[test]
fn programs_of_different_tiers_need_not_be_alike() {
    let mut place = sizes("1000", "1000");
    let tuned = sizes("500", "500");
    for side in ["left", "right"] {
        let folder = place.path(&format!("{side}-tuned"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(tuned.path(side).join("main"), folder.join("main")).unwrap();
        let workload = place.workload();
        let idiomatic = workload.programs.iter().find(|known| known.side.as_str() == side).unwrap();
        let program = Program { tier: Tier::Tuned, folder, ..idiomatic.clone() };
        workload.programs.push(program);
    }
    let mut claim = place.comparison.claims[0].clone();
    claim.id = "test/tuned".parse().unwrap();
    if let Some(model::Predicate::Ratio { cells, .. }) = &mut claim.predicate {
        cells[0].tier = Tier::Tuned;
    }
    place.comparison.claims.push(claim);
    let seen = place.run();
    assert_eq!(notes(&seen), []);
    let tiers: std::collections::BTreeSet<Tier> =
        seen.trials.iter().map(|trial| trial.series.tier).collect();
    assert_eq!(tiers.len(), 2);
}
