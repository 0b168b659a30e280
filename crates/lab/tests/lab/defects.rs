//! Programs of defects taken through tools of a language: each tool once, each program as often as its
//! defect says, and nothing a second time that is known.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use model::{
    AtRun, CatchGate, Caught, Claim, ClaimKind, ClassList, ClassTest, CorpusForm, CorpusTool,
    Defect, DefectProgram, DefectVariant, Exchange, Expectation, Finding, Predicate, RunEnd,
    RunEnding, Standing, Suits, ToolForm,
};

use crate::place::{Place, side, words};

/// Compiles by copying; refuses what says so. Notes each call in a file.
const COMPILER: &str = r#"
out=$1; notes=$2; shift 2; mkdir -p "$out"; echo "compiler $*" >> "$notes"; failed=0
for p in "$@"; do
  if grep -q REFUSED "$p/main.x"; then echo "$p:2: E1 refused"; failed=1
  else cp "$p/main.x" "$out/$p"; chmod +x "$out/$p"; fi
done
exit $failed"#;

/// Points at what is marked; dies without a word of what says so.
const LINTER: &str = r#"
notes=$1; shift; echo "linter $*" >> "$notes"
for p in "$@"; do
  grep -q KILLS-THE-LINTER "$p/main.x" && { echo "internal error: boom" >&2; exit 3; }
done
for p in "$@"; do
  grep -q LINTED "$p/main.x" && echo "$p:1: odd word"
  grep -q NEWER-THAN-THE-LINTER "$p/main.x" && { echo "$p: export data is too new" >&2; exit 1; }
  grep -q CUTS-THE-LINTER-SHORT "$p/main.x" && kill -9 $$
done
exit 0"#;

fn tool(name: &str, gate: CatchGate, command: Vec<String>) -> CorpusTool {
    CorpusTool {
        name: name.to_owned(),
        gate,
        warnings_at: None,
        command,
        environment: BTreeMap::new(),
        kit: None,
        form: ToolForm::Lines,
        line: Some(r"(?m)^(?P<name>\S+):(?P<line>\d+): (?P<code>\w+) (?P<text>.*)$".to_owned()),
        prefix: None,
        executable: String::new(),
        run: Vec::new(),
        findings: Vec::new(),
        unable: None,
        slow: 1.0,
        quick: true,
        most_runs: None,
    }
}

fn form(place: &Place) -> CorpusForm {
    let scaffold = place.path("scaffold");
    fs::create_dir_all(scaffold.join("whole")).unwrap();
    fs::create_dir_all(scaffold.join("program")).unwrap();
    fs::write(scaffold.join("whole/names.jinja"), "{{ names }}\n").unwrap();
    fs::write(scaffold.join("program/asked.jinja"), "{{ name }} {{ trigger.input }}\n").unwrap();
    let notes = place.path("notes").display().to_string();
    let compiler = words(&["sh", "-c", COMPILER, "cc", "{all}", &notes, "{programs}"]);
    let linter = words(&["sh", "-c", LINTER, "lint", &notes, "{programs}"]);
    let run = CorpusTool {
        executable: "{all}/{name}".to_owned(),
        run: words(&["{executable}", "{trigger}"]),
        findings: vec![Finding {
            code: "died".to_owned(),
            says: Some("dying".to_owned()),
            exit: Some(7),
            signal: None,
        }],
        ..tool("run", CatchGate::G4, Vec::new())
    };
    CorpusForm {
        extension: "x".to_owned(),
        scaffold,
        source: "main.x".to_owned(),
        each: words(&["{name}"]),
        environment: BTreeMap::new(),
        kits: BTreeMap::new(),
        tools: vec![
            tool("compiler", CatchGate::G0, compiler),
            CorpusTool {
                unable: Some("export data".to_owned()),
                ..tool("linter", CatchGate::G2, linter)
            },
            run,
        ],
    }
}

/// A place whose left side has these defects: each with a bad program, the fixed one says hello.
fn place(defects: &[(&str, &str)]) -> Place {
    let mut place = Place::empty();
    let form = form(&place);
    place.language().corpus = Some(form);
    for (id, bad) in defects {
        add(&mut place, id, bad);
    }
    let all = place.comparison.defects.keys().cloned().collect();
    let list = ClassList {
        test: ClassTest::UnseenBy,
        side: side("left"),
        other: side("right"),
        of: Vec::new(),
    };
    place.comparison.claims.push(Claim {
        id: "scope/classes".parse().unwrap(),
        reference: "C1".to_owned(),
        standing: Standing::Contested,
        kind: ClaimKind::Measured,
        text: "There are classes.".to_owned(),
        suits: Suits::Neutral,
        sources: Vec::new(),
        feeds: Vec::new(),
        decisions: Vec::new(),
        predicate: Some(Predicate::Classes {
            lists: vec![list],
            defects: all,
            experiments: Vec::new(),
        }),
        not_yet: None,
    });
    place
}

fn add(place: &mut Place, id: &str, bad: &str) {
    let folder = place.path(&format!("defects/{id}"));
    fs::create_dir_all(&folder).unwrap();
    write(&folder, "bad", bad);
    write(&folder, "fixed", "echo hello");
    let program = |variant| DefectProgram {
        side: side("left"),
        variant,
        about: String::new(),
        expected: Expectation::Tried {
            caught: BTreeMap::new(),
            at_run: Some(AtRun::Silent),
            beside: Vec::new(),
        },
    };
    let exchange = |input: &str| Exchange { input: input.to_owned(), answer: "hello".to_owned() };
    let defect = Defect {
        id: id.parse().unwrap(),
        title: id.to_owned(),
        family: "types".to_owned(),
        mistake: "A mistake.".to_owned(),
        suits: Suits::Neutral,
        sources: Vec::new(),
        distilled: false,
        needs: Vec::new(),
        repeats: 2,
        budget_seconds: 1.0,
        quiet: exchange("0"),
        trigger: exchange("1"),
        left: None,
        note: None,
        quick: true,
        programs: vec![program(DefectVariant::Bad), program(DefectVariant::Fixed)],
        folder,
    };
    place.comparison.defects.insert(defect.id.clone(), defect);
}

fn write(folder: &Path, variant: &str, script: &str) {
    fs::write(folder.join(format!("{variant}.x")), format!("#!/bin/sh\n{script}\n")).unwrap();
}

fn notes(place: &Place) -> Vec<String> {
    let text = fs::read_to_string(place.path("notes")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn of<'a>(caught: &'a [Caught], defect: &str, variant: DefectVariant, tool: &str) -> &'a Caught {
    let ours =
        |row: &&Caught| row.defect.as_str() == defect && row.variant == variant && row.tool == tool;
    caught.iter().find(ours).unwrap_or_else(|| panic!("{defect} {variant} {tool}: {caught:?}"))
}

const BAD: DefectVariant = DefectVariant::Bad;

#[test]
fn each_tool_is_asked_once_about_all_programs() {
    let place = place(&[("first", "echo LINTED"), ("second", "echo hello $1")]);
    let seen = place.run();
    assert_eq!(seen.end, Some(Ok(RunEnd::Complete)));
    let all = "first__bad first__fixed second__bad second__fixed";
    assert_eq!(notes(&place), [format!("compiler {all}"), format!("linter {all}")]);
    let linted = of(&seen.caught, "first", BAD, "linter");
    assert_eq!(linted.diagnostics[0].code.as_deref(), Some("odd"));
    assert_eq!(of(&seen.caught, "second", BAD, "linter").diagnostics, []);
    let runs = &of(&seen.caught, "second", BAD, "run").runs;
    assert_eq!(runs.len(), 2);
    assert!(runs.iter().all(|run| run.ended == RunEnding::Exited(0) && run.stdout == "hello 1\n"));
}

#[test]
fn what_does_not_compile_goes_no_further() {
    let place = place(&[("first", "echo REFUSED"), ("second", "echo dying >&2; exit 7")]);
    let seen = place.run();
    let refused = of(&seen.caught, "first", BAD, "compiler");
    assert_eq!(refused.diagnostics[0].code.as_deref(), Some("E1"));
    let further = |row: &&Caught| row.defect.as_str() == "first" && row.variant == BAD;
    assert_eq!(seen.caught.iter().filter(further).count(), 1);
    assert!(notes(&place)[1].starts_with("linter first__fixed second__bad"));
    let died = &of(&seen.caught, "second", BAD, "run").runs[0];
    assert_eq!((died.ended, died.stderr.as_str()), (RunEnding::Exited(7), "dying\n"));
}

#[test]
fn a_tool_that_fails_and_points_at_nothing_has_said_nothing_of_any_program() {
    let place = place(&[("first", "echo LINTED"), ("second", "echo KILLS-THE-LINTER")]);
    let seen = place.run();
    for defect in ["first", "second"] {
        let row = of(&seen.caught, defect, BAD, "linter");
        let why = row.not_run.as_deref().unwrap();
        assert!(why.contains("linter ended with exit code 3"), "{why}");
        assert!(why.contains("internal error: boom"), "{why}");
        assert!(row.diagnostics.is_empty());
    }
    assert_eq!(of(&seen.caught, "first", BAD, "run").runs.len(), 2, "the others go on");
}

#[test]
fn a_program_that_does_not_end_is_ended_with_all_it_started() {
    let mut place = place(&[]);
    let pid = place.path("child");
    let script = format!("sleep 600 & echo $! > '{}'; wait", pid.display());
    add(&mut place, "first", &script);
    let all = place.comparison.defects.keys().cloned().collect();
    let Some(Predicate::Classes { defects, .. }) = &mut place.comparison.claims[0].predicate else {
        panic!("a predicate of another kind")
    };
    *defects = all;
    let seen = place.run();
    let runs = &of(&seen.caught, "first", BAD, "run").runs;
    assert!(runs.iter().all(|run| run.ended == RunEnding::TimedOut), "{runs:?}");
    let child = fs::read_to_string(pid).unwrap();
    assert!(!Path::new(&format!("/proc/{}", child.trim())).exists());
}

#[test]
fn what_is_known_is_told_again_and_not_tried() {
    let mut place = place(&[("first", "echo one"), ("second", "echo two")]);
    let first = place.run();
    place.known = first.caught.clone();
    fs::remove_file(place.path("notes")).unwrap();
    let again = place.run();
    assert_eq!(again.caught.len(), first.caught.len());
    assert_eq!(notes(&place), [""; 0]);
    let resumed = place.go_on(Some(&first.stored()), usize::MAX);
    assert_eq!(resumed.caught, [], "what the run itself holds is not told twice");
}

#[test]
fn a_program_that_changed_is_tried_again_and_no_other() {
    let mut place = place(&[("first", "echo one"), ("second", "echo two")]);
    place.known = place.run().caught;
    fs::remove_file(place.path("notes")).unwrap();
    write(&place.path("defects/first"), "bad", "echo LINTED");
    let seen = place.run();
    assert_eq!(notes(&place), ["compiler first__bad", "linter first__bad"]);
    assert_eq!(of(&seen.caught, "first", BAD, "linter").diagnostics.len(), 1);
    assert_eq!(of(&seen.caught, "second", BAD, "run").runs[0].stdout, "two\n");
}

#[test]
fn a_tool_that_could_not_be_had_is_asked_again() {
    let mut place = place(&[("first", "echo KILLS-THE-LINTER")]);
    place.known = place.run().caught;
    place.run();
    let asked = notes(&place).iter().filter(|note| note.starts_with("linter")).count();
    assert_eq!(asked, 2);
}

#[test]
fn single_files_are_laid_out_as_one_project() {
    let place = place(&[("first-one", "echo one")]);
    place.run();
    let project = place.path("cache/defects/shell/project");
    let text = |path: &str| fs::read_to_string(project.join(path)).unwrap();
    assert_eq!(text("names"), "\"first_one__bad\", \"first_one__fixed\"\n");
    assert_eq!(text("first_one__bad/asked"), "first_one__bad \"1\"\n");
    assert_eq!(text("first_one__bad/main.x"), "#!/bin/sh\necho one\n");
}

#[test]
fn a_tool_that_points_and_is_then_cut_short_has_said_nothing_of_any_program() {
    let place = place(&[("first", "echo LINTED"), ("second", "echo CUTS-THE-LINTER-SHORT")]);
    let seen = place.run();
    for defect in ["first", "second"] {
        let row = of(&seen.caught, defect, BAD, "linter");
        assert!(row.not_run.as_deref().is_some_and(|why| why.contains("signal 9")), "{row:?}");
    }
}

#[test]
fn what_an_earlier_program_left_is_not_run_for_one_that_was_not_built() {
    let mut place = place(&[("first", "echo one")]);
    place.known = place.run().caught;
    write(&place.path("defects/first"), "bad", "echo two");
    let language = place.language();
    let form = language.corpus.as_mut().unwrap();
    form.tools[0].command = words(&["true", "{programs}"]);
    let seen = place.run();
    let row = of(&seen.caught, "first", BAD, "run");
    assert!(row.not_run.is_some() && row.runs.is_empty(), "{row:?}");
}

#[test]
fn where_there_is_no_toolchain_every_tool_says_why() {
    let mut place = place(&[("first", "echo one")]);
    place.language().detect.command = words(&["there-is-no-such-program"]);
    let seen = place.run();
    assert_eq!(seen.caught.len(), 6);
    let why = |row: &Caught| row.not_run.as_deref().unwrap_or_default().to_owned();
    assert!(
        seen.caught.iter().all(|row| why(row).contains("install a shell")),
        "{:?}",
        seen.caught
    );
}

#[test]
fn what_programs_leave_in_the_temporary_folder_is_gone_afterwards() {
    let place = place(&[("first", "echo left > \"$TMPDIR/notes.txt\"; echo \"$TMPDIR\"")]);
    let seen = place.run();
    let runs = &of(&seen.caught, "first", BAD, "run").runs;
    let folders: Vec<&str> = runs.iter().map(|run| run.stdout.trim()).collect();
    assert_ne!(folders[0], folders[1], "a folder a run");
    assert!(folders.iter().all(|folder| !Path::new(folder).exists()), "{folders:?}");
}

#[test]
fn a_tool_that_is_older_than_the_toolchain_is_told_and_not_taken_for_silent() {
    let place = place(&[("first", "echo LINTED"), ("second", "echo NEWER-THAN-THE-LINTER")]);
    let seen = place.run();
    for defect in ["first", "second"] {
        let row = of(&seen.caught, defect, BAD, "linter");
        let why = row.not_run.as_deref().unwrap();
        assert!(why.contains("older than the toolchain: second__bad: export data"), "{why}");
    }
}
