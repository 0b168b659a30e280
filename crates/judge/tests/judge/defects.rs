//! What counts as a catch, what counts as nothing, and what the case did not expect.

use std::collections::BTreeMap;

use jiff::Timestamp;
use judge::{JudgedDefect, JudgedProgram, Shows, Word};
use model::{
    AtRun, CatchGate, Caught, CaughtRun, ClassList, ClassTest, CorpusForm, CorpusTool, Defect,
    DefectProgram, DefectVariant, Diagnostic, Exchange, Expectation, Finding, Language, Level,
    Predicate, RunEnding, Standing, Suits, ToolForm, Verdict,
};

use crate::given::{Given, comparison, side};

const RIGHT: &str = "right\n";

/// The corpus of one class, and what the tools said.
struct Scene {
    given: Given,
}

/// What a case says of a program.
fn expected(caught: &[(CatchGate, &str)], at_run: Option<AtRun>) -> Expectation {
    let caught = caught.iter().map(|(gate, code)| (*gate, vec![(*code).to_owned()]));
    Expectation::Tried { caught: caught.collect(), at_run, beside: vec!["beside".to_owned()] }
}

fn program(name: &str, variant: DefectVariant, expected: Expectation) -> DefectProgram {
    DefectProgram { side: side(name), variant, about: String::new(), expected }
}

fn defect(id: &str, programs: Vec<DefectProgram>) -> Defect {
    let exchange =
        |input: &str, answer: &str| Exchange { input: input.into(), answer: answer.into() };
    Defect {
        id: id.parse().unwrap(),
        title: id.to_owned(),
        family: "types".to_owned(),
        mistake: "A mistake.".to_owned(),
        suits: Suits::Neutral,
        sources: Vec::new(),
        distilled: false,
        needs: Vec::new(),
        repeats: 4,
        budget_seconds: 1.0,
        quiet: exchange("0", "fine"),
        trigger: exchange("1", "right"),
        left: None,
        note: None,
        quick: true,
        programs,
        folder: "/pack".into(),
    }
}

fn tool(name: &str, gate: CatchGate, findings: Vec<Finding>) -> CorpusTool {
    CorpusTool {
        name: name.to_owned(),
        gate,
        warnings_at: (gate == CatchGate::G0).then_some(CatchGate::G1),
        command: Vec::new(),
        environment: BTreeMap::new(),
        kit: None,
        form: ToolForm::Lines,
        line: None,
        prefix: None,
        executable: String::new(),
        run: Vec::new(),
        findings,
        unable: None,
        slow: 1.0,
        quick: true,
        most_runs: None,
    }
}

fn finding(code: &str, says: &str) -> Finding {
    Finding { code: code.to_owned(), says: Some(says.to_owned()), exit: None, signal: None }
}

fn language() -> Language {
    let tools = vec![
        tool("compiler", CatchGate::G0, Vec::new()),
        tool("linter", CatchGate::G2, Vec::new()),
        tool("test", CatchGate::Quiet, Vec::new()),
        tool("detector", CatchGate::G3, vec![finding("race", "DATA RACE")]),
        tool("run", CatchGate::G4, vec![finding("panic", "panicked")]),
    ];
    Language {
        corpus: Some(CorpusForm {
            extension: "x".to_owned(),
            scaffold: "/corpus".into(),
            source: "main.x".to_owned(),
            each: Vec::new(),
            environment: BTreeMap::new(),
            kits: BTreeMap::new(),
            tools,
        }),
        ..crate::releases::language("1")
    }
}

impl Scene {
    /// Rust's program as the case expects it, its fixed twin, and a Go side that is right.
    fn of(bad: Expectation) -> Self {
        let fixed = || expected(&[], Some(AtRun::Right));
        let programs = vec![
            program("rust", DefectVariant::Bad, bad),
            program("rust", DefectVariant::Fixed, fixed()),
            program("go", DefectVariant::Bad, expected(&[], Some(AtRun::Right))),
            program("go", DefectVariant::Fixed, fixed()),
        ];
        Self::with(vec![defect("first", programs)])
    }

    fn with(defects: Vec<Defect>) -> Self {
        let mut all = comparison(Vec::new());
        all.languages = ["rust", "go"].map(|name| (name.parse().unwrap(), language())).into();
        all.defects = defects.into_iter().map(|defect| (defect.id.clone(), defect)).collect();
        Self { given: Given::of_comparison(all, model::PlanMode::Full) }
    }

    fn row(mut self, name: &str, variant: DefectVariant, tool: &str, said: Said) -> Self {
        let tools = language().corpus.unwrap().tools;
        let gate = tools.iter().find(|known| known.name == tool).unwrap().gate;
        self.given.facts.caught.push(Caught {
            defect: "first".parse().unwrap(),
            side: side(name),
            variant,
            gate,
            tool: tool.to_owned(),
            version: "1".to_owned(),
            key: String::new(),
            started: Timestamp::UNIX_EPOCH,
            seconds: 0.5,
            cpu_seconds: 0.5,
            not_run: said.not_run,
            diagnostics: said.diagnostics,
            runs: said.runs,
        });
        self
    }

    /// Both twins of Rust under one tool.
    fn twins(self, tool: &str, bad: Said, fixed: Said) -> Self {
        let scene = self.row("rust", DefectVariant::Bad, tool, bad);
        scene.row("rust", DefectVariant::Fixed, tool, fixed)
    }

    fn judged(&self) -> JudgedDefect {
        self.given.judged().defects.remove(0)
    }

    fn bad(&self) -> JudgedProgram {
        self.judged().program(&side("rust"), DefectVariant::Bad).unwrap().clone()
    }
}

#[derive(Default)]
struct Said {
    not_run: Option<String>,
    diagnostics: Vec<Diagnostic>,
    runs: Vec<CaughtRun>,
}

fn quiet() -> Said {
    Said::default()
}

fn says(level: Level, code: &str) -> Said {
    let diagnostic =
        Diagnostic { level, code: Some(code.to_owned()), line: None, text: "words".to_owned() };
    Said { diagnostics: vec![diagnostic], ..Said::default() }
}

fn absent() -> Said {
    Said { not_run: Some("there is no such tool".to_owned()), ..Said::default() }
}

fn runs(all: &[(RunEnding, &str, &str)]) -> Said {
    let run = |(ended, stdout, stderr): &(RunEnding, &str, &str)| CaughtRun {
        ended: *ended,
        stdout: (*stdout).to_owned(),
        stderr: (*stderr).to_owned(),
    };
    Said { runs: all.iter().map(run).collect(), ..Said::default() }
}

const OK: RunEnding = RunEnding::Exited(0);

fn right() -> Said {
    runs(&[(OK, RIGHT, "")])
}

#[test]
fn a_code_that_the_case_names_is_a_catch_if_the_fixed_twin_is_quiet() {
    let case = || Scene::of(expected(&[(CatchGate::G2, "unused")], Some(AtRun::Silent)));
    let caught = case().twins("linter", says(Level::Warning, "unused"), quiet());
    assert_eq!(caught.bad().caught_at, Some(CatchGate::G2));
    assert!(caught.judged().surprises.is_empty(), "{:?}", caught.judged().surprises);
    let both =
        case().twins("linter", says(Level::Warning, "unused"), says(Level::Warning, "unused"));
    assert_eq!(both.bad().caught_at, None);
    assert!(!both.judged().surprises.is_empty());
    let alone = case().row("rust", DefectVariant::Bad, "linter", says(Level::Warning, "unused"));
    assert_eq!(alone.bad().caught_at, None, "nothing is known of the twin");
}

#[test]
fn a_lint_about_something_else_catches_nothing() {
    let case = || Scene::of(expected(&[], Some(AtRun::Silent)));
    let explained = case().twins("linter", says(Level::Warning, "beside"), quiet());
    assert_eq!(explained.bad().caught_at, None);
    assert_eq!(explained.bad().tools[0].word, Word::Beside);
    assert!(explained.judged().surprises.is_empty());
    let unexplained = case().twins("linter", says(Level::Warning, "other"), quiet());
    assert_eq!(unexplained.bad().caught_at, None);
    let surprises = unexplained.judged().surprises;
    assert_eq!(surprises, ["rust bad: G2 says other, which the case does not expect"]);
}

#[test]
fn a_warning_of_the_compiler_counts_where_its_lints_stand() {
    let scene = Scene::of(expected(&[(CatchGate::G1, "unused")], Some(AtRun::Silent)));
    let scene = scene.twins("compiler", says(Level::Warning, "unused"), quiet());
    assert_eq!(scene.bad().caught_at, Some(CatchGate::G1));
    assert!(!scene.bad().loud, "a warning stops nothing");
}

#[test]
fn what_the_compiler_refuses_is_loud_and_is_never_run() {
    let scene = Scene::of(expected(&[(CatchGate::G0, "E1")], None));
    let scene = scene.twins("compiler", says(Level::Error, "E1"), quiet());
    assert_eq!((scene.bad().caught_at, scene.bad().loud), (Some(CatchGate::G0), true));
    assert_eq!(scene.bad().ending, None);
    assert!(scene.judged().surprises.is_empty());
}

#[test]
fn a_time_out_catches_nothing_and_is_a_hang() {
    let case = |at_run| Scene::of(expected(&[], Some(at_run)));
    let hung = || runs(&[(RunEnding::TimedOut, "", ""); 2]);
    let scene = case(AtRun::Hang).twins("run", hung(), right());
    assert_eq!(scene.bad().caught_at, None);
    assert_eq!(scene.bad().ending.unwrap().shows(), Shows::Hang);
    assert!(scene.judged().surprises.is_empty());
    assert_eq!(case(AtRun::Silent).twins("run", hung(), right()).judged().surprises.len(), 1);
}

#[test]
fn a_tool_that_failed_by_itself_says_nothing_either_way() {
    let scene = Scene::of(expected(&[(CatchGate::G2, "unused")], Some(AtRun::Silent)));
    let scene = scene.twins("linter", absent(), absent());
    assert_eq!(scene.bad().caught_at, None);
    let judged = scene.judged();
    assert!(judged.surprises.is_empty(), "{:?}", judged.surprises);
    assert_eq!(judged.skipped.len(), 1);
    assert_eq!(judged.skipped[0].gate, CatchGate::G2);
}

#[test]
fn success_with_a_wrong_answer_is_silent_and_a_failing_end_is_loud() {
    let silent = Scene::of(expected(&[], Some(AtRun::Silent)));
    let silent = silent.twins("run", runs(&[(OK, "wrong\n", "")]), right());
    assert!(!silent.bad().loud && silent.judged().surprises.is_empty());
    let loud = Scene::of(expected(&[(CatchGate::G4, "panic")], None));
    let panicked = runs(&[(RunEnding::Exited(101), "", "thread panicked at 7")]);
    let loud = loud.twins("run", panicked, right());
    assert!(loud.bad().loud);
    assert_eq!(loud.bad().caught_at, Some(CatchGate::G4));
    assert!(loud.judged().surprises.is_empty());
}

#[test]
fn a_rate_is_over_the_runs_of_the_tool_that_catches_most() {
    let scene = Scene::of(expected(&[(CatchGate::G3, "race")], Some(AtRun::Silent)));
    let raced = (RunEnding::Exited(66), "", "WARNING: DATA RACE");
    let some = runs(&[raced, (OK, RIGHT, ""), raced, raced]);
    let scene = scene.twins("detector", some, right());
    assert_eq!(scene.bad().rate, Some((3, 4)));
    assert_eq!(scene.bad().caught_at, Some(CatchGate::G3));
    let (low, high) = judge::rate_interval(3, 4, 0.95);
    assert!(0.30 < low && low < 0.31 && 0.95 < high && high < 0.96, "{low} {high}");
}

#[test]
fn a_fixed_program_that_anything_is_said_of_is_a_surprise() {
    let case = || Scene::of(expected(&[], Some(AtRun::Right)));
    let wrong = [
        ("compiler", says(Level::Warning, "x")),
        ("linter", says(Level::Warning, "x")),
        ("test", runs(&[(RunEnding::Exited(1), "", "")])),
        ("detector", runs(&[(OK, RIGHT, "DATA RACE")])),
        ("run", runs(&[(OK, "wrong\n", "")])),
    ];
    for (tool, said) in wrong {
        let scene = case().row("rust", DefectVariant::Fixed, tool, said);
        let surprises = scene.judged().surprises;
        assert!(surprises.iter().all(|told| told.starts_with("rust fixed")), "{surprises:?}");
        assert_eq!(surprises.len(), 1, "{tool}");
    }
}

#[test]
fn a_defect_that_was_removed_is_not_found_as_expected() {
    let scene = Scene::of(expected(&[(CatchGate::G2, "unused")], Some(AtRun::Silent)));
    let scene = scene.twins("linter", quiet(), quiet()).twins("run", right(), right());
    assert_eq!(scene.bad().caught_at, None);
    assert_eq!(scene.judged().surprises.len(), 2, "neither the catch nor the silence");
}

/// Two classes: one that Rust refuses and Go is silent about, one that Go is loud about.
fn two() -> Scene {
    let fixed = || expected(&[], Some(AtRun::Right));
    let of = |name, bad| {
        [program(name, DefectVariant::Bad, bad), program(name, DefectVariant::Fixed, fixed())]
    };
    let refused = of("rust", expected(&[(CatchGate::G0, "E1")], None));
    let silent = of("go", expected(&[], Some(AtRun::Silent)));
    let hangs = of("rust", expected(&[], Some(AtRun::Hang)));
    let loud = of("go", expected(&[(CatchGate::G4, "panic")], None));
    let first = defect("first", refused.into_iter().chain(silent).collect());
    let second = defect("second", hangs.into_iter().chain(loud).collect());
    let mut scene = Scene::with(vec![first, second])
        .twins("compiler", says(Level::Error, "E1"), quiet())
        .twins("run", quiet(), right());
    scene.given.facts.caught.retain(|row| row.tool != "run" || !row.runs.is_empty());
    for variant in [DefectVariant::Bad, DefectVariant::Fixed] {
        scene = scene.row("go", variant, "compiler", quiet());
        let answer = if variant == DefectVariant::Bad { "wrong\n" } else { RIGHT };
        scene = scene.row("go", variant, "run", runs(&[(OK, answer, "")]));
    }
    let of_first = scene.given.facts.caught.len();
    for (name, bad) in [
        ("rust", runs(&[(RunEnding::TimedOut, "", "")])),
        ("go", runs(&[(RunEnding::Exited(2), "", "panicked")])),
    ] {
        scene = scene.row(name, DefectVariant::Bad, "compiler", quiet());
        scene = scene.row(name, DefectVariant::Fixed, "compiler", quiet());
        scene = scene.row(name, DefectVariant::Bad, "run", bad);
        scene = scene.row(name, DefectVariant::Fixed, "run", right());
    }
    for row in &mut scene.given.facts.caught[of_first..] {
        row.defect = "second".parse().unwrap();
    }
    scene
}

fn verdict(scene: &Scene, lists: &[(ClassTest, &str, &[&str])], standing: Standing) -> Verdict {
    let mut claim = crate::given::claim("scope/classes", model::Relation::Below, &[]);
    let other = |name: &str| side(if name == "rust" { "go" } else { "rust" });
    let lists = lists.iter().map(|(test, name, of)| ClassList {
        test: *test,
        side: side(name),
        other: other(name),
        of: of.iter().map(|id| id.parse().unwrap()).collect(),
    });
    let defects = scene.given.comparison.defects.keys().cloned().collect();
    claim.standing = standing;
    claim.predicate =
        Some(Predicate::Classes { lists: lists.collect(), defects, experiments: Vec::new() });
    let mut given = scene.given.clone();
    given.facts.run.plan.claims = vec![claim.id.clone()];
    given.comparison.claims = vec![claim];
    given.first().verdict.unwrap()
}

#[test]
fn one_class_is_enough_whichever_it_is_and_both_directions_are_named() {
    let scene = two();
    let contested = Standing::Contested;
    let stopped = |name| verdict(&scene, &[(ClassTest::StoppedOnlyBy, name, &[])], contested);
    assert_eq!(stopped("rust"), Verdict::Holds);
    assert_eq!(stopped("go"), Verdict::DoesNotHold);
    let louder = |name| verdict(&scene, &[(ClassTest::LouderBy, name, &[])], contested);
    assert_eq!(louder("go"), Verdict::Holds);
    assert_eq!(louder("rust"), Verdict::DoesNotHold);
    let silent = verdict(&scene, &[(ClassTest::SilentOnlyOn, "go", &[])], contested);
    assert_eq!(silent, Verdict::Holds);
    let by_design = verdict(&scene, &[(ClassTest::EarlierBy, "rust", &[])], Standing::ByDesign);
    assert_eq!(by_design, Verdict::ByDesign);
}

#[test]
fn classes_that_are_named_have_to_be_there_all() {
    let scene = two();
    let of = |ids| verdict(&scene, &[(ClassTest::StoppedOnlyBy, "rust", ids)], Standing::Contested);
    assert_eq!(of(&["first"]), Verdict::Holds);
    assert_eq!(of(&["first", "second"]), Verdict::DoesNotHold);
}

#[test]
fn what_was_not_tried_refutes_nothing() {
    let mut scene = two();
    scene.given.facts.caught.retain(|row| row.defect.as_str() == "second");
    let lists: &[(ClassTest, &str, &[&str])] = &[(ClassTest::StoppedOnlyBy, "rust", &[])];
    assert_eq!(verdict(&scene, lists, Standing::Contested), Verdict::Inconclusive);
    let lists: &[(ClassTest, &str, &[&str])] = &[(ClassTest::StoppedOnlyBy, "rust", &["first"])];
    assert_eq!(verdict(&scene, lists, Standing::Contested), Verdict::NotRun);
    scene.given.facts.caught.clear();
    assert_eq!(verdict(&scene, lists, Standing::Contested), Verdict::NotRun);
}

#[test]
fn the_cost_of_a_gate_is_the_sum_over_its_programs() {
    let costs = two().given.judged().gate_costs;
    let compiler = costs.iter().find(|cost| cost.tool == "compiler").unwrap();
    assert_eq!((compiler.programs, compiler.runs), (4, 0));
    assert!((compiler.seconds - 2.0).abs() < 1e-9);
}

#[test]
fn a_fixed_twin_that_does_not_pass_makes_no_catch() {
    let case = || Scene::of(expected(&[(CatchGate::G0, "E1")], None));
    let other = case().twins("compiler", says(Level::Error, "E1"), says(Level::Error, "E2"));
    assert_eq!(other.bad().caught_at, None);
    let wrong = case().twins("compiler", says(Level::Error, "E1"), quiet());
    let wrong = wrong.row("rust", DefectVariant::Fixed, "run", runs(&[(OK, "wrong\n", "")]));
    assert_eq!(wrong.bad().caught_at, None);
}

#[test]
fn a_program_that_is_refused_with_another_code_is_refused_all_the_same() {
    let mut scene = two();
    for row in &mut scene.given.facts.caught {
        for diagnostic in &mut row.diagnostics {
            diagnostic.code = Some("E2".to_owned());
        }
    }
    let bad = scene.bad();
    assert_eq!((bad.caught_at, bad.refused), (None, Some(true)));
    assert!(bad.tools.iter().all(|tool| tool.gate != CatchGate::G1), "it was not linted");
    let lists: &[(ClassTest, &str, &[&str])] = &[(ClassTest::UnseenBy, "rust", &["first"])];
    let verdict = verdict(&scene, lists, Standing::Contested);
    assert_eq!(verdict, Verdict::Inconclusive, "something unexpected is no evidence");
}

#[test]
fn a_side_that_said_nothing_refutes_and_bears_out_nothing() {
    let mut scene = two();
    for row in scene.given.facts.caught.iter_mut().filter(|row| row.side == side("go")) {
        row.not_run = Some("no toolchain".to_owned());
        row.diagnostics.clear();
        row.runs.clear();
    }
    for (test, name) in [
        (ClassTest::StoppedOnlyBy, "rust"),
        (ClassTest::StoppedOnlyBy, "go"),
        (ClassTest::SilentOnlyOn, "go"),
        (ClassTest::UnseenBy, "go"),
        (ClassTest::LouderBy, "go"),
        (ClassTest::HarmlessOn, "go"),
    ] {
        let seen = verdict(&scene, &[(test, name, &[])], Standing::Contested);
        assert_eq!(seen, Verdict::Inconclusive, "{test} {name}");
    }
}

#[test]
fn instruments_and_the_leak_profile_are_not_one_before_the_other() {
    let mut scene = two();
    for row in &mut scene.given.facts.caught {
        row.gate = if row.gate == CatchGate::G3 { CatchGate::G3L } else { row.gate };
    }
    let earlier =
        verdict(&scene, &[(ClassTest::EarlierBy, "rust", &["second"])], Standing::Contested);
    assert_ne!(earlier, Verdict::Holds);
}

#[test]
fn right_by_luck_is_not_harmless() {
    let scene = Scene::of(expected(&[(CatchGate::G3, "race")], Some(AtRun::Silent)));
    let scene = scene.twins("detector", absent(), absent()).twins("run", right(), right());
    assert!(!scene.bad().harmless);
    let meant = Scene::of(expected(&[], Some(AtRun::Right))).twins("run", right(), right());
    assert!(meant.bad().harmless);
}
