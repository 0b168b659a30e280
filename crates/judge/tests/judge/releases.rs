//! What was refuted by a newer toolchain, and how old the measured ones are.

use model::{
    Attempt, BuildRecipe, Check, Detect, DiagnosticForm, Language, Metric, NoteKind, Relation,
    Standing, Toolchain, ToolchainState, Verdict, Version,
};

use crate::facts::{counted, fact_claim};
use crate::given::{Given, around, side};
use crate::tried::{passes, probe, stopped, was_stopped, went_through};

fn with(toolchain: &str, check: Check) -> Check {
    Check { toolchain: toolchain.parse().unwrap(), ..check }
}

fn by(version: &str, attempt: Attempt) -> Attempt {
    Attempt { version: version.to_owned(), ..attempt }
}

/// The same program asked of an older release and of the newest.
fn generic_method() -> Given {
    let before = with("old", stopped("before", "go", "syntax"));
    let after = Check { file: before.file.clone(), ..stopped("after", "go", "syntax") };
    probe(vec![before, with("newest", after)])
}

#[test]
fn what_only_the_newest_release_refutes_is_out_of_date() {
    let given = generic_method().saw([
        by("1.21.13", was_stopped("before", "go", "syntax")),
        by("1.27.4", went_through("after", "go")),
    ]);
    let reason =
        "go, after of moves: goes through silently with go 1.27.4; as expected with 1.21.13";
    assert_eq!(given.verdict(), (Verdict::OutOfDate, reason.to_owned()));
}

#[test]
fn what_no_release_bears_out_does_not_hold() {
    let given = generic_method().saw([
        by("1.21.13", went_through("before", "go")),
        by("1.27.4", went_through("after", "go")),
    ]);
    assert_eq!(given.verdict().0, Verdict::DoesNotHold);
}

#[test]
fn a_release_that_is_not_older_excuses_nothing() {
    let mut given = generic_method().saw([
        by("1.27.4", was_stopped("before", "go", "syntax")),
        by("1.21.13", went_through("after", "go")),
    ]);
    let probe = given.comparison.probes.values_mut().next().unwrap();
    probe.checks[1].toolchain = "installed".parse().unwrap();
    assert_eq!(given.verdict().0, Verdict::DoesNotHold);
}

#[test]
fn another_question_excuses_the_installed_release_of_nothing() {
    let checks = vec![with("old", passes("one", "go")), passes("other", "go")];
    let given = probe(checks).saw([
        by("1.21.13", went_through("one", "go")),
        by("1.26.8", was_stopped("other", "go", "syntax")),
    ]);
    assert_eq!(given.verdict().0, Verdict::DoesNotHold);
}

#[test]
fn another_question_excuses_the_newest_release_of_nothing() {
    let checks = vec![passes("one", "go"), with("newest", passes("two", "go"))];
    let given = probe(checks).saw([
        by("1.26.8", went_through("one", "go")),
        by("1.27.4", was_stopped("two", "go", "syntax")),
    ]);
    assert_eq!(given.verdict().0, Verdict::DoesNotHold);
}

pub(crate) fn language(newest: &str) -> Language {
    let newest: Version = newest.parse().unwrap();
    Language {
        id: "rust".parse().unwrap(),
        name: "Rust".to_owned(),
        detect: Detect {
            command: Vec::new(),
            version: String::new(),
            released_command: Vec::new(),
            released_file: None,
            released: None,
        },
        minimum: newest,
        hint: String::new(),
        manifest: String::new(),
        environment: Default::default(),
        unset: Vec::new(),
        offline: Default::default(),
        fetch: Vec::new(),
        dependencies: Vec::new(),
        licences: None,
        profiles: std::collections::BTreeMap::<_, BuildRecipe>::new(),
        project: Default::default(),
        clean_cache: None,
        sees: None,
        switch: None,
        toolchains: [("newest".parse().unwrap(), newest)].into(),
        gates: Default::default(),
        diagnostics: DiagnosticForm::Lines,
        source: None,
        corpus: None,
        container_env: std::collections::BTreeMap::new(),
    }
}

/// The rust side was measured with one version while another is the newest.
fn aged(mut given: Given, installed: &str, newest: &str) -> Given {
    let language = language(newest);
    given.comparison.languages.insert(language.id.clone(), language);
    let state = ToolchainState::Ready { version: installed.to_owned(), released: None };
    let toolchain = Toolchain { language: "Rust".to_owned(), state };
    given.facts.run.environment.toolchains.insert(side("rust"), toolchain);
    given
}

#[test]
fn a_toolchain_well_behind_is_a_condition_of_every_verdict() {
    let cpu = || Given::one(Metric::Cpu, Relation::Below).pairs(0, around(0.6, 20));
    let judged = aged(cpu(), "1.95.0", "1.99.1").first();
    assert_eq!(judged.verdict, cpu().first().verdict);
    assert_eq!(judged.conditions, ["with rust 1.95.0, 4 releases behind 1.99.1"]);
    for (installed, newest) in [("1.98.1", "1.99.1"), ("1.99.0", "1.99.1"), ("2.0.0", "1.99.1")] {
        assert!(aged(cpu(), installed, newest).first().conditions.is_empty(), "{installed}");
    }
    let judged = aged(cpu(), "1.95.0", "2.0.0").first();
    assert_eq!(judged.conditions, ["with rust 1.95.0, a major release behind 2.0.0"]);
}

#[test]
fn where_nothing_was_seen_no_age_matters() {
    let nothing = Given::one(Metric::Cpu, Relation::Below).note(NoteKind::Need, None, "missing");
    assert!(aged(nothing, "1.95.0", "1.99.1").first().conditions.is_empty());
}

#[test]
fn checks_and_facts_have_ages_too() {
    let seen = || probe(vec![passes("a", "rust")]).saw([went_through("a", "rust")]);
    assert_eq!(aged(seen(), "1.95.0", "1.99.1").first().conditions.len(), 1);
    let named = || {
        let newest = with("newest", passes("a", "rust"));
        probe(vec![newest]).saw([by("1.99.1", went_through("a", "rust"))])
    };
    assert!(aged(named(), "1.95.0", "1.99.1").first().conditions.is_empty());
    let mut facts = Given::of(vec![fact_claim("memory/collector", &["search"])]);
    facts.facts.facts = vec![counted("search", "go", 9), counted("search", "rust", 0)];
    facts.comparison.claims[0].standing = Standing::ByDesign;
    assert_eq!(aged(facts, "1.95.0", "1.99.1").first().conditions.len(), 1);
}
