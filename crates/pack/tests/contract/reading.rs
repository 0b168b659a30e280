//! What a contract that is right says.

use std::path::PathBuf;

use model::contract::{Better, CaseUse, GuardLimit, Origin, Pick, Stream};
use model::{Margin, Metric, Profile, Scale};

use crate::draft::{FULL, SMALL, draft, side};

#[test]
fn two_projects_are_enough() {
    let draft = draft(SMALL);
    let contract = draft.contract();
    assert_eq!(contract.folder, draft.real(""));
    assert_eq!(contract.profile, Profile::ReleasePractice);
    let Origin::Project { language, folder, .. } = &side(&contract, "go").origin else {
        panic!("not a project")
    };
    assert_eq!((language.as_str(), folder), ("go", &draft.real("agent-go")));
    assert_eq!(contract.cases.len(), 1);
    assert_eq!(contract.cases[0].id.as_str(), pack::contract::ONLY_CASE);
    let primary: Vec<Metric> =
        contract.measures.iter().filter(|it| it.primary).map(|it| it.metric).collect();
    assert_eq!(primary, [Metric::Cpu]);
}

#[test]
fn the_name_is_the_folders_if_none_is_given() {
    let draft = draft(SMALL).replace("name = \"agent\"\n", "");
    assert!(draft.contract().name.as_str().starts_with("draft-"));
}

#[test]
fn sides_come_from_projects_commands_and_files() {
    let draft = draft(FULL);
    let contract = draft.contract();
    assert_eq!(
        side(&contract, "made").origin,
        Origin::Built {
            folder: draft.real("made"),
            command: vec!["make".to_owned(), "release".to_owned()],
            program: draft.real("made/out/tool"),
        }
    );
    let there = side(&contract, "there");
    assert_eq!(there.origin, Origin::Program { path: PathBuf::from("jq") });
    assert_eq!(there.args, ["-c", "."]);
    assert_eq!(side(&contract, "here").origin, Origin::Program { path: draft.real("tool") });
    assert_eq!(side(&contract, "rust").toolchain.as_deref(), Some("newest"));
}

#[test]
fn cases_stand_in_the_contract_and_in_a_folder() {
    let draft = draft(FULL);
    let contract = draft.contract();
    let ids: Vec<&str> = contract.cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids, ["big", "nothing", "empty", "small", "strict"]);
    let strict = &contract.cases[4];
    assert_eq!(strict.args, ["--strict", "--count"]);
    assert_eq!(strict.stdin, Some(draft.real("cases/strict/stdin")));
    assert_eq!((strict.exit, strict.used), (Some(2), CaseUse::Measured));
    assert_eq!(contract.cases[1].used, CaseUse::StartUp);
    assert_eq!(contract.cases[1].exit, None);
    let alone = pack::contract::cases(&draft.path("cases")).expect("the folder reads");
    assert_eq!(alone, contract.cases[2..]);
}

#[test]
fn primary_metrics_come_first_and_margins_are_what_is_said() {
    let contract = draft(FULL).contract();
    let names: Vec<&str> = contract.measures.iter().map(|it| it.metric.name()).collect();
    assert_eq!(names, ["cpu", "wall", "memory", "start-up", "size", "rows-per-second"]);
    assert_eq!(contract.measures[0].margin, Margin { factor: 1.03, floor: 0.002 });
    assert_eq!(contract.measures[1].margin, Margin { factor: 1.0, floor: 0.0 });
    assert_eq!(contract.measures[2].margin, Metric::Memory.comparison_margin());
    let own = &contract.own[0];
    assert_eq!(
        (own.stream, own.better, own.scale),
        (Stream::Stderr, Better::More, Scale::Difference)
    );
    assert_eq!(own.pick, Pick::Pattern("rows/s: (\\d+)".to_owned()));
}

#[test]
fn guards_hold_against_a_side_a_value_or_what_was_recorded() {
    let contract = draft(FULL).contract();
    let [cpu, size, start] = contract.guards.as_slice() else { panic!("three guards") };
    let go = || "go".parse().expect("a name");
    assert_eq!(cpu.limit, GuardLimit::Of { against: go(), at_most: 0.8 });
    assert_eq!(cpu.margin, Margin { factor: 1.05, floor: 0.002 });
    assert_eq!(cpu.max_age_days, 1);
    assert_eq!(size.limit, GuardLimit::Value(20.0 * 1024.0 * 1024.0));
    assert_eq!(start.limit, GuardLimit::Recorded { against: go() });
    assert_eq!(start.case.as_ref().map(|case| case.as_str()), Some("nothing"));
    assert_eq!(start.max_age_days, 14);
}

#[test]
fn limits_and_efforts_are_in_base_units() {
    let contract = draft(FULL).contract();
    let running = &contract.running;
    assert_eq!(running.processors, Some(0.5));
    assert_eq!(running.memory, Some(256 * 1024 * 1024));
    assert_eq!(running.deadline_seconds, 120.0);
    assert_eq!(contract.effort.budget_seconds, 30.0);
    assert_eq!(contract.effects.factor, 1.25);
    assert_eq!(contract.effects.bytes, 8192);
    assert_eq!(contract.answers.size_within, Some(1.02));
}
