//! Programs taken through gates: how far each came, and with which words.

use std::collections::BTreeSet;
use std::time::Duration;

use lab::Stop;
use model::{AttemptEnd, Gate, Level, RunEnd};

use crate::place::{becomes, words};
use crate::trying::place;

const ALL: [Gate; 4] = [Gate::Compile, Gate::Lint, Gate::Test, Gate::Run];

#[test]
fn what_nothing_is_said_about_passes_every_gate() {
    let mut place = place();
    for gate in ALL {
        place.check(&format!("at-{gate}"), gate, "[ $1 != run ] || echo ran");
    }
    let seen = place.run();
    assert_eq!(seen.end, Some(Ok(RunEnd::Complete)));
    assert_eq!(seen.attempts.len(), 4);
    for gate in ALL {
        let attempt = seen.attempt(&format!("at-{gate}"));
        let came = (attempt.end, attempt.stopped_at, attempt.version.as_str());
        assert_eq!(came, (AttemptEnd::Passed, None, "1.2.3"), "{attempt:?}");
        assert_eq!(attempt.diagnostics, []);
        let ran = matches!(gate, Gate::Test | Gate::Run);
        assert_eq!(attempt.stdout, if ran { "ran\n" } else { "" });
    }
}

#[test]
fn a_warning_at_a_gate_is_kept_and_the_program_goes_on() {
    let mut place = place();
    for gate in ALL {
        let tool = if gate == Gate::Lint { "lint" } else { "compile" };
        let warns = format!("[ $1 != {tool} ] || echo 'a.sh:3:7: odd word' >&2");
        place.check(&format!("at-{gate}"), gate, &warns);
    }
    let seen = place.run();
    for gate in ALL {
        let attempt = seen.attempt(&format!("at-{gate}"));
        assert_eq!((attempt.end, attempt.stopped_at), (AttemptEnd::Passed, None));
        let [told] = attempt.diagnostics.as_slice() else { panic!("{attempt:?}") };
        assert_eq!((told.level, told.line), (Level::Warning, Some(3)));
        assert_eq!(told.text, "odd word");
    }
}

#[test]
fn a_program_is_stopped_by_the_first_gate_that_refuses_it() {
    let mut place = place();
    let refuses =
        |tool: &str| format!("[ $1 != {tool} ] || {{ echo 'a.sh:2:1: no' >&2; exit 1; }}");
    for gate in ALL {
        place.check(&format!("compile-{gate}"), gate, &refuses("compile"));
        place.check(&format!("lint-{gate}"), gate, &refuses("lint"));
        place.check(&format!("run-{gate}"), gate, &refuses("run"));
    }
    let seen = place.run();
    let stopped = |item: &str| {
        let attempt = seen.attempt(item);
        assert_eq!(attempt.end == AttemptEnd::Failed, attempt.stopped_at.is_some(), "{attempt:?}");
        attempt.stopped_at
    };
    for gate in ALL {
        assert_eq!(stopped(&format!("compile-{gate}")), Some(Gate::Compile));
        let linted = (gate == Gate::Lint).then_some(Gate::Lint);
        assert_eq!(stopped(&format!("lint-{gate}")), linted);
        let ran = matches!(gate, Gate::Test | Gate::Run).then_some(gate);
        assert_eq!(stopped(&format!("run-{gate}")), ran);
    }
    let told = &seen.attempt("compile-run").diagnostics;
    assert_eq!(told.iter().map(|told| told.level).collect::<Vec<_>>(), [Level::Error]);
}

#[test]
fn a_program_that_is_ended_by_a_signal_is_stopped_and_a_tool_so_ended_has_said_nothing() {
    let mut place = place();
    let aborts = |gate: &str| format!("[ $1 != {gate} ] || {}", becomes("abort"));
    place.check("program", Gate::Run, &aborts("run"));
    place.check("compiler", Gate::Compile, &aborts("compile"));
    place.check("linter", Gate::Lint, &aborts("lint"));
    let seen = place.run();
    assert_eq!(seen.attempt("program").stopped_at, Some(Gate::Run));
    for tool in ["compiler", "linter"] {
        assert_eq!(seen.reason(tool), "sh itself ended with signal 6");
        assert_eq!(seen.attempt(tool).stopped_at, None);
    }
}

#[test]
fn what_outgrows_the_room_for_output_has_said_nothing() {
    let mut place = place();
    let prints = |gate: &str| format!("[ $1 != {gate} ] || {}", becomes("print 80000000"));
    place.check("compiler", Gate::Compile, &prints("compile"));
    place.check("program", Gate::Run, &prints("run"));
    let seen = place.run();
    assert_eq!(seen.reason("compiler"), "sh itself ended with output too large");
    assert_eq!(seen.reason("program"), "the program was cut short: output too large");
}

#[test]
fn what_hangs_is_ended_at_its_deadline() {
    let mut place = place();
    place.deadlines.tool = Duration::from_millis(1500);
    place.deadlines.program = Duration::from_millis(1500);
    let hangs = |gate: &str| format!("[ $1 != {gate} ] || {}", becomes("hang"));
    place.check("compiler", Gate::Compile, &hangs("compile"));
    place.check("program", Gate::Run, &hangs("run"));
    let seen = place.run();
    for item in ["compiler", "program"] {
        let attempt = seen.attempt(item);
        assert_eq!((attempt.end, attempt.stopped_at), (AttemptEnd::TimedOut, None), "{attempt:?}");
    }
}

#[test]
fn a_tool_that_is_not_there_is_named() {
    let mut place = place();
    let compile = place.language().gates.get_mut(&Gate::Compile).unwrap();
    compile.command = words(&["no-such-tool", "{file}"]);
    place.check("only", Gate::Compile, "");
    assert!(place.run().reason("only").contains("no-such-tool"));
}

#[test]
fn arguments_of_a_check_replace_defaults_of_the_same_key_and_follow_the_others() {
    let mut place = place();
    let compile = place.language().gates.get_mut(&Gate::Compile).unwrap();
    compile.defaults = words(&["--edition=2", "--quiet", "--cap=low"]);
    let tells = "shift 2; echo \"$*\"";
    place.check("own", Gate::Compile, tells).args =
        words(&["--edition=1", "--quiet=not", "--more", "a b"]);
    place.check("none", Gate::Compile, tells);
    let seen = place.run();
    let told = "--quiet --cap=low --edition=1 --quiet=not --more a b\n";
    assert_eq!(seen.attempt("own").stdout, told);
    assert_eq!(seen.attempt("none").stdout, "--edition=2 --quiet --cap=low\n");
}

#[test]
fn every_check_has_a_folder_of_its_own_that_goes_away() {
    let mut place = place();
    let log = place.path("folders").display().to_string();
    for number in 0..4 {
        let finds = format!(
            "[ $1 = compile ] || exit 0; ls | grep -v '^probe$' && exit 1\n\
                             echo x >left-behind; pwd >>{log}"
        );
        place.check(&format!("c{number}"), Gate::Compile, &finds);
    }
    let seen = place.run();
    assert!(seen.attempts.iter().all(|attempt| attempt.end == AttemptEnd::Passed));
    let folders: BTreeSet<String> = place.lines("folders").into_iter().collect();
    assert_eq!(folders.len(), 4);
    assert!(folders.iter().all(|folder| !std::path::Path::new(folder).exists()), "{folders:?}");
}

#[test]
fn many_attempts_at_a_time_give_each_one_row() {
    let mut place = place();
    let expected: BTreeSet<String> = (0..30).map(|number| format!("c{number}")).collect();
    for (number, id) in expected.iter().enumerate() {
        place.check(id, Gate::Compile, &format!("echo {id}; exit {}", number % 2));
    }
    place.step("first", "echo first");
    place.step("second", "echo second");
    let seen = place.run();
    let mut told = seen.of_experiment("probe/tried");
    told.sort_unstable();
    assert!(expected.iter().eq(&told), "{told:?}");
    for (number, id) in expected.iter().enumerate() {
        let attempt = seen.attempt(id);
        assert_eq!(attempt.stdout, format!("{id}\n"));
        assert_eq!(attempt.end == AttemptEnd::Failed, number % 2 == 1);
    }
    assert_eq!(seen.of_experiment("drill/done"), ["first", "second"]);
}

#[test]
fn what_was_tried_is_not_tried_again_and_what_could_not_be_is() {
    let mut place = place();
    let log = place.path("starts").display().to_string();
    let starts = format!("[ $1 != compile ] || echo started >>{log}");
    place.check("passes", Gate::Compile, &starts);
    place.check("refused", Gate::Compile, &format!("{starts}; exit 1"));
    place.check("elsewhere", Gate::Compile, &starts).toolchain = "newest".parse().unwrap();
    let first = place.run();
    assert_eq!(first.reason("elsewhere"), "no toolchain newest");
    assert_eq!(place.lines("starts").len(), 2);

    let again = place.go_on(Some(&first.stored()), usize::MAX);
    assert_eq!(again.of_experiment("probe/tried"), ["elsewhere"]);
    let probe = place.comparison.probes.get_mut(&"tried".parse().unwrap()).unwrap();
    probe.checks[2].toolchain = "installed".parse().unwrap();
    let now = place.go_on(Some(&first.stored()), usize::MAX);
    assert_eq!(now.of_experiment("probe/tried"), ["elsewhere"]);
    assert_eq!(now.attempt("elsewhere").end, AttemptEnd::Passed);
    assert_eq!(place.lines("starts").len(), 3);
}

#[test]
fn a_stop_waits_for_what_is_in_flight_and_begins_nothing_else() {
    let mut place = place();
    let (log, stopped) = (place.path("starts"), place.path("stopped"));
    // All but the first end when the run has been stopped, and a little later.
    let waits = format!("while [ ! -e {} ]; do sleep 0.01; done; sleep 0.3", stopped.display());
    let count = 16;
    for number in 0..count {
        let script = if number == 0 { "true" } else { &waits };
        let script = format!("echo c{number} >>{}; {script}", log.display());
        place.check(&format!("c{number}"), Gate::Compile, &script);
    }
    let seen = place.stopped(None, usize::MAX, 1);
    assert_eq!(seen.end, Some(Err(Stop::Interrupted)));
    assert_eq!(seen.of_experiment("probe/tried"), ["c0"]);
    let at_once = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    assert!(place.lines("starts").len() <= 1 + at_once, "{:?}", place.lines("starts"));

    let rest = place.go_on(Some(&seen.stored()), usize::MAX);
    assert_eq!(rest.attempts.len(), count - 1);
}

#[test]
fn without_the_side_s_toolchain_its_checks_say_why() {
    let mut place = place();
    place.language().detect.command = words(&["no-such-tool", "--version"]);
    place.check("only", Gate::Compile, "");
    place.step("too", "true");
    let seen = place.run();
    let why = "there is no `no-such-tool` on PATH; install a shell";
    assert_eq!((seen.reason("only"), seen.reason("too")), (why, why));
}
