//! What people read: every verdict's reason and conditions, to be read aloud.

use std::fmt::Write;

use model::{Metric, NoteKind, Predicate, Profile, Relation, Seen, Witness};

use crate::facts::{counted, fact_claim};
use crate::given::{Given, around, claim, repeating, somewhere};

const MIB: f64 = 1024.0 * 1024.0;

/// Every claim: verdict, reason, conditions, warnings.
fn told(given: &Given) -> String {
    let judged = given.judged();
    let mut text = String::new();
    for claim in &judged.claims {
        let verdict = claim.verdict.map_or("none", model::Verdict::phrase);
        writeln!(text, "{verdict}: {}", claim.reason).unwrap();
        for condition in &claim.conditions {
            writeln!(text, "  - {condition}").unwrap();
        }
        for warning in claim.evidence.iter().flat_map(|row| &row.warnings) {
            writeln!(text, "  ! {warning}").unwrap();
        }
    }
    for remark in &judged.remarks {
        writeln!(text, "remark: {remark}").unwrap();
    }
    text
}

fn cpu() -> Given {
    Given::one(Metric::Cpu, Relation::Below)
}

fn three() -> Given {
    Given::of(vec![claim(
        "speed/first",
        Relation::Below,
        &[("search", Metric::Cpu), ("trees", Metric::Cpu), ("hello", Metric::Memory)],
    )])
}

#[test]
fn one_cell() {
    let mut text = String::new();
    let mut tell = |name: &str, given: Given| write!(text, "{name}\n{}\n", told(&given)).unwrap();
    tell("as claimed", cpu().pairs(0, around(0.61, 20)));
    tell("the other way", cpu().pairs(0, around(1.7, 20)));
    tell("the same", cpu().pairs(0, around(1.0, 30)));
    tell("across the margin", cpu().pairs(0, repeating(&[1.05, 1.15], 30)));
    tell("undecided", cpu().pairs(0, repeating(&[0.7, 0.9, 0.9, 1.2], 16)));
    tell("few pairs", cpu().pairs(0, around(0.5, 4)));
    tell("changed", cpu().pairs(0, around(0.5, 30)).pairs(0, around(2.0, 60)));
    tell("size", Given::one(Metric::Size, Relation::Below).pairs(0, [(4.0 * MIB, 40.0 * MIB)]));
    tell(
        "a small difference of a large ratio",
        Given::one(Metric::Size, Relation::Below).pairs(0, [(0.5 * MIB, 2.0 * MIB)]),
    );
    tell(
        "more packages",
        Given::one(Metric::Dependencies, Relation::Above).pairs(0, [(31.0, 0.0)]),
    );
    tell(
        "fewer packages",
        Given::one(Metric::Dependencies, Relation::Above).pairs(0, [(0.0, 31.0)]),
    );
    tell(
        "as many packages",
        Given::one(Metric::Dependencies, Relation::Above).pairs(0, [(4.0, 4.0)]),
    );
    let slow = |n| around(0.3, n).into_iter().map(|(rust, go)| (rust * 100.0, go * 100.0));
    tell("builds under way", Given::one(Metric::BuildClean, Relation::Below).pairs(0, slow(5)));
    let build = |ratios: &[f64]| {
        let pairs = repeating(ratios, 8).into_iter().map(|(rust, go)| (rust * 30.0, go * 30.0));
        Given::one(Metric::BuildClean, Relation::Below).pairs(0, pairs)
    };
    tell("builds undecided", build(&[0.4, 0.9, 1.3]));
    let mut one_crash = cpu().pairs(0, around(0.61, 20));
    one_crash.pair(0, Seen::Value(0.1), Seen::Failed);
    tell("a crash", one_crash);
    let mut hangs = cpu();
    around(1.0, 12).iter().for_each(|(_, go)| hangs.pair(0, Seen::TimedOut, Seen::Value(*go)));
    tell("one side hangs", hangs);
    tell("nothing yet", cpu());
    tell("no toolchain", cpu().note(NoteKind::Toolchain, Some("go"), "there is no `go` on PATH"));
    tell("disagree", cpu().note(NoteKind::Disagree, None, "case a: go has one line more"));
    insta::assert_snapshot!(text);
}

#[test]
fn several_cells() {
    let memory = |ratio| around(ratio, 20).into_iter().map(|(a, b)| (a * 1e9, b * 1e9));
    let mut text = String::new();
    let mut tell = |name: &str, given: Given| write!(text, "{name}\n{}\n", told(&given)).unwrap();
    let two =
        |first: f64, second: f64| three().pairs(0, around(first, 20)).pairs(1, around(second, 20));
    tell("all as said", two(0.6, 0.5).pairs(2, memory(0.3)));
    tell("one without a difference", two(0.6, 0.5).pairs(2, memory(1.0)));
    tell("both ways", two(0.6, 1.8).pairs(2, memory(0.3)));
    tell("all the other way", two(1.6, 1.5).pairs(2, memory(1.9)));
    tell("no difference anywhere", two(1.0, 1.01).pairs(2, memory(1.0)));
    tell("one undecided", two(0.6, 0.5).pairs(2, memory(0.4).take(4)));
    tell(
        "two undecided, for two reasons",
        three()
            .pairs(0, around(0.5, 30))
            .pairs(0, around(2.0, 60))
            .pairs(1, around(0.4, 4))
            .pairs(2, memory(0.3)),
    );
    tell("one cell left", three().pairs(0, around(0.6, 20)));
    tell("none", three());
    insta::assert_snapshot!(text);
}

#[test]
fn profiles_witnesses_and_facts() {
    let mut text = String::new();
    let mut tell = |name: &str, given: Given| write!(text, "{name}\n{}\n", told(&given)).unwrap();
    let mut sizes = claim("size/first", Relation::Below, &[("hello", Metric::Size)]);
    if let Some(Predicate::Ratio { cells, .. }) = &mut sizes.predicate {
        cells[0].profiles = vec![Profile::ReleasePractice, Profile::Static];
        cells[0].floor = Some(0.1 * MIB);
    }
    let sizes = Given::of(vec![sizes]);
    let both = [(0.4 * MIB, 1.5 * MIB)];
    tell("two profiles", sizes.clone().pairs(0, both).pairs(1, [(0.5 * MIB, 1.5 * MIB)]));
    let need = "install the target with `rustup target add x86_64-unknown-linux-musl`";
    let mut lacking = sizes.pairs(0, both).note(NoteKind::Need, Some("rust"), need);
    lacking.facts.notes[0].profile = Some(Profile::Static);
    tell("one profile lacks something", lacking);

    let cells = [("search", Metric::Cpu), ("trees", Metric::Cpu)];
    let some = || Given::of(vec![somewhere("speed/some", Witness::NotBelow, &cells)]);
    tell("a witness", some().pairs(0, around(0.5, 20)).pairs(1, around(1.02, 30)));
    tell("no witness", some().pairs(0, around(0.5, 20)).pairs(1, around(0.6, 20)));
    tell("no witness yet", some().pairs(0, around(0.5, 20)));
    tell("no witness, nothing run", some());

    let facts = |counts: &[(&str, &str, u64)]| {
        let mut given = Given::of(vec![fact_claim("memory/collector", &["search", "trees"])]);
        given.facts.facts = counts.iter().map(|(w, side, n)| counted(w, side, *n)).collect();
        given
    };
    let search = [("search", "go", 120), ("search", "rust", 0)];
    tell("facts alike", facts(&[search[0], search[1], ("trees", "go", 120), ("trees", "rust", 0)]));
    tell("facts", facts(&[search[0], search[1], ("trees", "go", 97), ("trees", "rust", 0)]));
    tell("not as said", facts(&[search[0], search[1], ("trees", "go", 97), ("trees", "rust", 2)]));
    tell("not counted", facts(&search));
    insta::assert_snapshot!(text);
}
