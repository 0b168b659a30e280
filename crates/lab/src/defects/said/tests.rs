//! Outputs as the tools wrote them.

use std::time::{Duration, SystemTime};

use launch::Ended;

use super::*;

fn outcome(stdout: &str, stderr: &str, code: i32) -> ToolOutcome {
    ToolOutcome {
        ended: Ended::Exited(code),
        wall: Duration::ZERO,
        usage: launch::Usage::default(),
        started_at: SystemTime::UNIX_EPOCH,
        stdout: stdout.as_bytes().to_vec(),
        stderr: stderr.as_bytes().to_vec(),
    }
}

fn tool(form: ToolForm) -> CorpusTool {
    CorpusTool {
        name: "tool".to_owned(),
        gate: model::CatchGate::G2,
        warnings_at: None,
        command: Vec::new(),
        environment: BTreeMap::new(),
        kit: None,
        form,
        line: None,
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

fn codes(said: &Said, name: &str) -> Vec<(Option<String>, Option<u32>)> {
    let of_one = said.diagnostics.get(name).map(Vec::as_slice).unwrap_or_default();
    of_one.iter().map(|told| (told.code.clone(), told.line)).collect()
}

const MESSAGES: &str = r#"{"reason":"compiler-message","manifest_path":"/p/a__bad/Cargo.toml","message":{"message":"unused","code":{"code":"unused_must_use"},"level":"warning","spans":[{"line_start":4,"is_primary":true}]}}
{"reason":"compiler-message","manifest_path":"/p/a__bad/Cargo.toml","message":{"message":"a lint","code":{"code":"clippy::x"},"level":"warning","spans":[{"line_start":5,"is_primary":true}]}}
{"reason":"compiler-artifact","manifest_path":"/p/a__bad/Cargo.toml","executable":"/t/tests-1","profile":{"test":true}}
{"reason":"compiler-artifact","manifest_path":"/p/a__bad/Cargo.toml","executable":"/t/a__bad","profile":{"test":false}}
{"reason":"compiler-artifact","manifest_path":"/p/b__bad/Cargo.toml","executable":"/t/b__bad","profile":{"test":false}}
{"reason":"build-finished","success":true}
"#;

#[test]
fn messages_are_told_by_the_folder_of_the_program() {
    let said = Said::by(&tool(ToolForm::MessageLines), &outcome(MESSAGES, "", 0));
    let all =
        [(Some("unused_must_use".to_owned()), Some(4)), (Some("clippy::x".to_owned()), Some(5))];
    assert_eq!(codes(&said, "a__bad"), all);
    let prefixed = CorpusTool { prefix: Some("clippy::".into()), ..tool(ToolForm::MessageLines) };
    assert_eq!(codes(&Said::by(&prefixed, &outcome(MESSAGES, "", 0)), "a__bad"), all[1..]);
}

#[test]
fn a_test_is_run_and_not_the_program_that_was_built_beside_it() {
    let said = Said::by(&tool(ToolForm::MessageLines), &outcome(MESSAGES, "", 0));
    assert_eq!(said.executables["a__bad"], PathBuf::from("/t/tests-1"));
    assert_eq!(said.executables["b__bad"], PathBuf::from("/t/b__bad"));
}

#[test]
fn analysers_are_told_by_their_names_and_tests_of_the_scaffold_are_left_out() {
    let told = r#"# defects/a__bad
{
	"defects/a__bad": {
		"copylocks": [
			{"posn": "/p/a__bad/main.go:13:7", "end": "x", "message": "copies a lock {"},
			{"posn": "/p/a__bad/main_test.go:3:1", "message": "of the scaffold"}
		]
	}
}
{}
{"defects/b__bad": {"printf": {"error": "could not"}}}
"#;
    let said = Said::by(&tool(ToolForm::VetJson), &outcome("", told, 0));
    assert_eq!(codes(&said, "a__bad"), [(Some("copylocks".to_owned()), Some(13))]);
    assert_eq!(codes(&said, "b__bad"), []);
    assert_eq!(said.unread["b__bad"], "printf: could not");
    assert!(!said.unread.contains_key("a__bad"));
}

#[test]
fn issues_have_a_rule_and_the_first_of_their_lines() {
    let told = r#"{"Golang errors": {}, "Issues": [
        {"rule_id": "G115", "details": "int -> int32", "file": "/p/a__bad/main.go", "line": "7-9"}]}"#;
    let said = Said::by(&tool(ToolForm::IssuesJson), &outcome(told, "", 1));
    assert_eq!(codes(&said, "a__bad"), [(Some("G115".to_owned()), Some(7))]);
    let none = Said::by(&tool(ToolForm::IssuesJson), &outcome(r#"{"Issues": null}"#, "", 0));
    assert!(none.diagnostics.is_empty());
}

#[test]
fn lines_are_errors_where_the_tool_refused() {
    let line =
        r"(?m)^(?P<name>\w+)/main\.go:(?P<line>\d+):\d+: (?P<text>.*?)(?: \[(?P<code>\w+)\])?$";
    let compiler = CorpusTool { line: Some(line.to_owned()), ..tool(ToolForm::Lines) };
    let text =
        "# a__bad\na__bad/main.go:3:19: declared and not used: x [UnusedVar]\nb/main.go:4:1: odd\n";
    let said = Said::by(&compiler, &outcome("", text, 1));
    assert_eq!(codes(&said, "a__bad"), [(Some("UnusedVar".to_owned()), Some(3))]);
    assert_eq!(codes(&said, "b"), [(None, Some(4))]);
    assert!(said.diagnostics.values().flatten().all(|told| told.level == Level::Error));
}
