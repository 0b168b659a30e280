//! What is written reads as what it was, and what is added leaves the rest.

use model::contract::{Allowance, Guard, GuardLimit};
use model::{Contract, Margin, Metric};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::draft::{Draft, FULL, SERVING, SMALL, draft};
use crate::{invented, invented_service};

fn read_back(draft: &Draft, contract: &Contract) -> Contract {
    let text = pack::contract::write(contract);
    draft.put("evenhand.toml", &text);
    draft.read().unwrap_or_else(|faults| panic!("{faults}\n{text}"))
}

#[test]
fn what_is_usual_is_left_out() {
    let draft = draft(SMALL);
    insta::assert_snapshot!(pack::contract::write(&draft.contract()));
}

#[test]
fn everything_that_can_be_said_is_written() {
    let draft = draft(FULL);
    let contract = draft.contract();
    insta::assert_snapshot!(pack::contract::write(&contract));
    assert_eq!(read_back(&draft, &contract), contract);
}

#[test]
fn any_contract_reads_as_it_was_written() {
    let draft = draft(SMALL);
    let config = Config {
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        ..Config::with_cases(Config::default().cases.max(400))
    };
    let seen = TestRunner::new(config).run(&invented::contract(draft.real("")), |contract| {
        prop_assert_eq!(read_back(&draft, &contract), contract);
        Ok(())
    });
    seen.unwrap_or_else(|error| panic!("{error}"));
}

fn guard(name: &str, at_most: f64) -> Guard {
    Guard {
        name: name.to_owned(),
        metric: Metric::Cpu,
        case: None,
        side: "rust".parse().expect("a name"),
        limit: GuardLimit::Of { against: "go".parse().expect("a name"), at_most },
        margin: Margin { factor: 1.02, floor: 0.001 },
        max_age_days: 14,
    }
}

const WITH_COMMENTS: &str = "\
# Ours.
[[side]] # the old one
name = \"go\"
project = \"agent-go\"

[[side]]
name = \"rust\"
project = \"agent-rust\"

# It was faster once.
[[guard]]
name = \"rust-cpu\"
metric = \"wall\"
side = \"rust\"
against = \"go\"
recorded = true # on the old machine

# The end.
";

#[test]
fn added_guards_leave_comments_and_change_those_that_are_there() {
    let guards = [guard("rust-cpu", 0.8), guard("second", 0.9)];
    let text = pack::contract::with_guards(WITH_COMMENTS, &guards).expect("it is TOML");
    insta::assert_snapshot!(text);
    assert_eq!(draft(&text).contract().guards, guards);
}

#[test]
fn guards_are_added_to_a_list_in_one_line_and_to_none() {
    for text in [SMALL.to_owned(), format!("guard = []\n{SMALL}")] {
        let text = pack::contract::with_guards(&text, &[guard("rust-cpu", 0.8)]).expect("TOML");
        assert_eq!(draft(&text).contract().guards, [guard("rust-cpu", 0.8)], "{text}");
    }
}

#[test]
fn an_exception_is_added_once() {
    let because = |reason: &str| Allowance { name: "syncs".to_owned(), reason: reason.to_owned() };
    let once = pack::contract::with_allowance(WITH_COMMENTS, &because("a journal")).expect("TOML");
    let twice = pack::contract::with_allowance(&once, &because("two journals")).expect("TOML");
    assert_eq!(draft(&twice).contract().allow, [because("two journals")]);
    assert!(twice.contains("# The end.") && twice.contains("# the old one"), "{twice}");
}

#[test]
fn nothing_is_added_to_what_is_no_contract() {
    for text in ["guard = 3", "guard = \"", "[guard]\nname = \"x\"\n"] {
        let told = pack::contract::with_guards(text, &[guard("rust-cpu", 0.8)]);
        let told = told.expect_err("it is no contract").to_string();
        assert!(told.starts_with("nothing can be added, since "), "{told}");
    }
}

#[test]
fn the_digest_is_over_what_is_measured_and_not_over_what_has_to_hold() {
    let draft = draft(FULL);
    let hash = |contract: &Contract| pack::contract::contract_hash(contract).expect("files read");
    let contract = draft.contract();
    let before = hash(&contract);
    let mut bound = contract.clone();
    bound.guards.clear();
    bound.allow.clear();
    bound.measures[0].margin.factor = 1.5;
    bound.effort.budget_seconds = 1.0;
    assert_eq!(hash(&bound), before);
    let mut others = vec![contract.clone(); 7];
    others[0].sides[0].args.push("-v".to_owned());
    others[1].cases[0].args.clear();
    others[2].cases[0].exit = None;
    others[3].answers.exit = true;
    others[4].running.env.clear();
    others[5].effects.bytes += 1;
    others[6].own.clear();
    for other in &others {
        assert_ne!(hash(other), before);
    }
    draft.put("big.json", "{}\n");
    assert_ne!(hash(&contract), before);
}

#[test]
fn another_checkout_has_the_same_digest() {
    let hash = |draft: &Draft| pack::contract::contract_hash(&draft.contract()).expect("it reads");
    assert_eq!(hash(&draft(FULL)), hash(&draft(FULL)));
}

#[test]
fn a_service_and_its_drives_are_written() {
    let draft = draft(SERVING);
    let contract = draft.contract();
    insta::assert_snapshot!(pack::contract::write(&contract));
    assert_eq!(read_back(&draft, &contract), contract);
}

#[test]
fn any_service_reads_as_it_was_written() {
    let draft = draft(SERVING);
    let strategy = invented_service::contract(draft.contract());
    let config = Config {
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        ..Config::with_cases(Config::default().cases.max(400))
    };
    let seen = TestRunner::new(config).run(&strategy, |contract| {
        prop_assert_eq!(read_back(&draft, &contract), contract);
        Ok(())
    });
    seen.unwrap_or_else(|error| panic!("{error}"));
}
