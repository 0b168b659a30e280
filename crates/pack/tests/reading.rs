//! What a good pack becomes.

use std::path::Path;

use model::{
    AnswerRule, FactProbeKind, Gate, InputKind, Metric, Predicate, Profile, Relation,
    StepExpectation, Suits, Tier, Witness,
};

fn tiny() -> model::Comparison {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny");
    pack::read(&folder, None).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn claims_come_in_the_order_of_the_dimensions() {
    let ids: Vec<String> = tiny().claims.iter().map(|claim| claim.id.to_string()).collect();
    assert_eq!(
        ids,
        [
            "speed/ash-counts-faster",
            "speed/somewhere-no-smaller",
            "speed/services",
            "speed/ash-serves-cheaper",
            "speed/connections",
            "habits/loud",
            "habits/one-tool",
            "habits/easier",
            "mistakes/quotes",
            "mistakes/fewer",
            "mistakes/growth",
            "mistakes/kinds"
        ]
    );
}

#[test]
fn margins_and_floors_are_in_the_unit_of_their_metric() {
    let comparison = tiny();
    let Some(Predicate::Ratio { cells, expect, .. }) = &comparison.claims[0].predicate else {
        panic!("the first claim is a ratio")
    };
    assert_eq!(*expect, Relation::Below);
    assert_eq!((cells[0].margin, cells[0].floor), (Some(1.5), Some(0.010)));
    assert_eq!((cells[1].margin, cells[1].floor), (None, None));
    assert_eq!(cells[2].floor, Some(65536.0));
    assert_eq!(cells[3].floor, Some(3.0));
}

#[test]
fn what_is_left_out_has_its_default() {
    let comparison = tiny();
    let hello = &comparison.workloads[&"hello".parse().unwrap()];
    assert_eq!(hello.suits, Suits::Neutral);
    assert_eq!((hello.quick, hello.build_pairs, hello.answers), (false, 6, AnswerRule::Bytes));
    let greet = &hello.cases[0];
    assert_eq!((greet.exit, greet.deadline_seconds, greet.args.len()), (0, 60.0, 0));
    let Some(Predicate::Exists { witness, cells, .. }) = &comparison.claims[1].predicate else {
        panic!("the second claim asks for a witness")
    };
    assert_eq!(*witness, Witness::NotBelow);
    assert_eq!(
        (cells[0].tier, cells[0].profiles.as_slice()),
        (Tier::Idiomatic, &[Profile::ReleasePractice][..])
    );
    assert_eq!(comparison.pack, "tiny");
}

#[test]
fn a_program_stands_in_the_folder_of_its_side_and_tier() {
    let comparison = tiny();
    let hello = &comparison.workloads[&"hello".parse().unwrap()];
    let folders: Vec<_> = hello.programs.iter().map(|program| program.folder.clone()).collect();
    assert!(hello.folder.is_absolute());
    assert_eq!(folders, ["ash", "oak", "oak-tuned"].map(|name| hello.folder.join(name)));
}

#[test]
fn inputs_cases_and_facts_are_read_by_their_kind() {
    let comparison = tiny();
    let count = &comparison.workloads[&"count".parse().unwrap()];
    assert_eq!(count.inputs["poem"].kind, InputKind::File("poem.txt".into()));
    assert_eq!(count.inputs["tree"].kind, InputKind::TextTree { files: 10, bytes: 65536, seed: 8 });
    assert_eq!(count.cases[0].stdin.as_deref(), Some("poem"));
    assert_eq!(count.cases[1].metrics, [Metric::Cpu, Metric::Wall, Metric::Memory]);
    assert!(matches!(&count.facts[0].kind, FactProbeKind::Symbols(symbols) if symbols == "^#!"));
    assert!(
        matches!(&count.facts[1].kind, FactProbeKind::StderrLines { env, .. } if env["VERBOSE"] == "1")
    );
}

#[test]
fn a_probe_is_read_with_its_gates_and_a_drill_with_its_steps() {
    let comparison = tiny();
    let probe = &comparison.probes[&"quotes".parse().unwrap()];
    let gates: Vec<Gate> = probe.checks.iter().map(|check| check.at).collect();
    assert_eq!(gates, [Gate::Compile, Gate::Compile, Gate::Run]);
    assert_eq!((probe.quick, probe.checks[0].toolchain.as_str()), (true, "newest"));
    assert!(probe.checks[1].toolchain.is_installed());
    let drill = &comparison.drills[&"checking".parse().unwrap()];
    let steps: Vec<StepExpectation> = drill.steps.iter().map(|step| step.expect).collect();
    assert_eq!(steps, [StepExpectation::Passes, StepExpectation::Fails]);
    assert!(drill.steps[1].edit.is_some() && drill.steps[1].network);
}

#[test]
fn a_slope_has_its_rungs_and_its_floor_for_one_unit() {
    let comparison = tiny();
    let claim = comparison.claim(&"mistakes/growth".parse().unwrap()).unwrap();
    let Some(Predicate::Slope { slope, .. }) = &claim.predicate else { panic!("it is a slope") };
    let sizes: Vec<f64> = slope.rungs.iter().map(|rung| rung.size).collect();
    assert_eq!(sizes, [1000.0, 10_000.0]);
    assert_eq!((slope.per.as_str(), slope.floor, slope.pairs), ("line", 1000.0, 8));
    assert_eq!((slope.profile, slope.margin), (Profile::ReleasePractice, None));
}

#[test]
fn generated_programs_stand_with_their_templates() {
    let comparison = tiny();
    let sized = &comparison.workloads[&"sized".parse().unwrap()];
    assert_eq!(sized.generate, Some(model::Generate { units: 50 }));
    assert!(sized.programs[0].folder.ends_with("generators/sized/ash"));
    assert_eq!((&sized.classes, &comparison.classes), (&comparison.classes, &sized.classes));
}

#[test]
fn a_claim_may_wait_for_its_experiment() {
    assert_eq!(tiny().claims[2].not_yet.as_deref(), Some("no service workload yet"));
}

#[test]
fn a_language_is_data() {
    let comparison = tiny();
    let language = &comparison.languages[&"script".parse().unwrap()];
    assert_eq!(language.unset, ["ENV"]);
    assert!(language.sees.as_ref().is_some_and(|folder| folder.is_absolute()));
    let recipe = &language.profiles[&Profile::ReleasePractice];
    assert_eq!(recipe.target.as_deref(), Some("{arch}-any"));
    assert_eq!(recipe.needs.as_ref().unwrap().hint, "install {target}");
    assert_eq!(language.toolchains[&"newest".parse().unwrap()].to_string(), "2.0.0");
    assert_eq!(language.switch.as_ref().unwrap().environment["SCRIPT_VERSION"], "{version}");
    assert_eq!(language.gates[&Gate::Compile].defaults, ["-e"]);
    assert!(language.gates[&Gate::Run].command.is_empty());
}

#[test]
fn a_pack_has_another_hash_when_a_source_or_a_language_changes() {
    let folder = tempfile::tempdir().unwrap();
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny");
    for entry in walkdir::WalkDir::new(&original).min_depth(1) {
        let entry = entry.unwrap();
        let to = folder.path().join(entry.path().strip_prefix(&original).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir(to).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    let hash = || pack::read(folder.path(), None).unwrap_or_else(|faults| panic!("{faults}")).hash;
    let before = hash();
    assert_eq!(before, tiny().hash);
    let put = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
    put("workloads/count/ash/count", "a program built by hand");
    assert_eq!(hash(), before);
    put("workloads/count/ash/more.sh", "# a source");
    let with_source = hash();
    assert_ne!(with_source, before);
    put("languages/script/sees/more.txt", "another");
    assert_ne!(hash(), with_source);
}

#[test]
fn a_service_is_read_with_its_variants_and_drives() {
    let comparison = tiny();
    let shop = &comparison.workloads[&"shop".parse().unwrap()];
    let service = shop.service.as_ref().unwrap();
    assert_eq!((service.port.as_str(), service.companions.len()), ("SHOP_PORT", 2));
    assert_eq!((service.requests.len(), service.exchanges.len()), (2, 2));
    let small = shop.variant(&"ash-small".parse().unwrap()).unwrap();
    assert_eq!((small.side.as_str(), small.args.as_slice()), ("ash", &["--small".to_owned()][..]));
    assert!(shop.cases.iter().all(|case| case.drive.is_some()));
    assert_eq!(shop.cases[0].metrics[2].full_name(), "own:wasted");
}

#[test]
fn cells_lie_between_the_sides_that_they_name() {
    let comparison = tiny();
    let claim = comparison.claim(&"speed/ash-serves-cheaper".parse().unwrap()).unwrap();
    let cells = comparison.cells_of(claim, model::PlanMode::Full);
    let sides = cells.iter().map(|cell| (cell.numerator.as_str(), cell.denominator.as_str()));
    let named =
        |(above, below): &(&str, &str)| above.ends_with("small") || below.ends_with("small");
    let sides: Vec<_> = sides.filter(named).collect();
    assert_eq!(sides, [("ash-small", "oak"), ("oak-small", "ash-small")]);
    // Goodput is measured on two cases.
    assert_eq!(cells.len(), 6);
    assert!(cells.iter().all(|cell| cell.series.activity == model::Activity::Serve));
}
