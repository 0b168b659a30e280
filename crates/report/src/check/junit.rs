//! `check` as JUnit XML: a suite a contract, a case a guard, and one each for
//! answers and side effects. What is not settled is skipped, never failed:
//! noise is not red.
//!
//! The form is the one that GitLab, Jenkins and the usual actions read:
//! `testsuites`, `testsuite`, `testcase`, `failure`, `error`, `skipped`,
//! `system-out`.

use std::fmt::Write as _;

use judge::GuardVerdict;

use super::document::{CheckDocument, ContractRow, GuardRow};
use crate::markup::escaped;

/// One test case.
struct Case {
    name: String,
    outcome: Outcome,
    told: String,
}

enum Outcome {
    Passed,
    Failed { kind: &'static str, message: String },
    Error { message: String },
    Skipped { message: String },
}

impl CheckDocument {
    /// The document as JUnit XML.
    pub fn junit(&self) -> String {
        let suites: Vec<(&ContractRow, Vec<Case>)> =
            self.contracts.iter().map(|row| (row, self.cases(row))).collect();
        let all = suites.iter().flat_map(|(_, cases)| cases);
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"evenhand check\" {}>\n",
            counts(all)
        );
        for (contract, cases) in &suites {
            xml.push_str(&suite(contract, cases));
        }
        xml + "</testsuites>\n"
    }

    fn cases(&self, contract: &ContractRow) -> Vec<Case> {
        let mut cases = vec![answers(contract), effects(contract)];
        if !contract.is_measured() {
            cases.push(Case {
                name: "evidence".to_owned(),
                outcome: Outcome::Error { message: "the evidence is too old".to_owned() },
                told: String::new(),
            });
        }
        cases.extend(self.guards_of(contract).map(guard));
        cases
    }
}

fn answers(contract: &ContractRow) -> Case {
    let answers = &contract.answers;
    let summary = answers.summary();
    let mut told: Vec<String> = Vec::new();
    for case in &answers.by_case {
        told.push(case.title());
        told.extend(case.lines().iter().map(|line| format!("  {line}")));
    }
    let outcome = match answers.verdict {
        _ if !contract.is_measured() => Outcome::Skipped { message: summary },
        verdict if verdict.lets_pass() => Outcome::Passed,
        judge::AnswersVerdict::NotComparable => {
            Outcome::Failed { kind: "not-comparable", message: summary }
        }
        _ => Outcome::Failed { kind: "answers", message: summary },
    };
    Case { name: "answers".to_owned(), outcome, told: told.join("\n") }
}

fn effects(contract: &ContractRow) -> Case {
    let summary = contract.effects_summary();
    let told: Vec<String> = contract.apart().flat_map(|row| row.seen()).collect();
    let outcome = match (contract.apart().next(), contract.effects.is_empty()) {
        (Some(_), _) => Outcome::Failed { kind: "side-effects", message: summary },
        (None, true) => Outcome::Skipped { message: summary },
        (None, false) => Outcome::Passed,
    };
    Case { name: "side effects".to_owned(), outcome, told: told.join("\n") }
}

fn guard(guard: &GuardRow) -> Case {
    let why = guard.why.clone();
    let outcome = match guard.verdict {
        GuardVerdict::Holds => Outcome::Passed,
        GuardVerdict::Fails => Outcome::Failed { kind: "guard", message: why.clone() },
        GuardVerdict::Inconclusive | GuardVerdict::NotJudged => {
            Outcome::Skipped { message: format!("{}: {why}", guard.verdict.phrase()) }
        }
    };
    let told = [Some(why), guard.notice.clone(), Some(guard.evidence_words())];
    let told: Vec<String> = told.into_iter().flatten().collect();
    Case { name: guard.name.clone(), outcome, told: told.join("\n") }
}

fn suite(contract: &ContractRow, cases: &[Case]) -> String {
    let time = contract
        .run
        .as_ref()
        .map(|run| format!(" timestamp=\"{}\"", run.started.strftime("%Y-%m-%dT%H:%M:%S")));
    let mut xml = format!(
        "  <testsuite name=\"{}\" {}{}>\n",
        attribute(&contract.name),
        counts(cases.iter()),
        time.unwrap_or_default()
    );
    for case in cases {
        let _ = write!(
            xml,
            "    <testcase classname=\"evenhand.{}\" name=\"{}\" time=\"0\"",
            attribute(&contract.name),
            attribute(&case.name)
        );
        let inner = inner(case);
        match inner.is_empty() {
            true => xml.push_str("/>\n"),
            false => {
                let _ = writeln!(xml, ">\n{inner}    </testcase>");
            }
        }
    }
    xml + "  </testsuite>\n"
}

fn inner(case: &Case) -> String {
    let told = content(&case.told);
    match &case.outcome {
        Outcome::Passed if told.is_empty() => String::new(),
        Outcome::Passed => format!("      <system-out>{told}</system-out>\n"),
        Outcome::Failed { kind, message } => {
            let message = attribute(message);
            format!("      <failure type=\"{kind}\" message=\"{message}\">{told}</failure>\n")
        }
        Outcome::Error { message } => {
            format!("      <error type=\"expired\" message=\"{}\"/>\n", attribute(message))
        }
        Outcome::Skipped { message } => {
            format!("      <skipped message=\"{}\"/>\n", attribute(message))
        }
    }
}

fn counts<'a>(cases: impl Iterator<Item = &'a Case>) -> String {
    let (mut tests, mut failures, mut errors, mut skipped) = (0, 0, 0, 0);
    for case in cases {
        tests += 1;
        match case.outcome {
            Outcome::Passed => {}
            Outcome::Failed { .. } => failures += 1,
            Outcome::Error { .. } => errors += 1,
            Outcome::Skipped { .. } => skipped += 1,
        }
    }
    format!(
        "tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"0\""
    )
}

/// Text on one line; what XML 1.0 cannot hold is left out.
fn attribute(text: &str) -> String {
    escaped(&crate::layout::plain(&allowed(text)))
}

fn content(text: &str) -> String {
    escaped(&allowed(text))
}

/// Without the characters that no XML document may have, escaped or not.
fn allowed(text: &str) -> String {
    let known = |c: &char| match c {
        '\t' | '\n' => true,
        c if c.is_control() => false,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    };
    text.chars().filter(known).collect()
}
