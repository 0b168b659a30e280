//! The same answers, or no numbers.

use judge::{AnswersVerdict, compare};
use model::contract::CaseUse;
use model::{AnswerOutcome, Aspect, Metric};

use crate::given::{Given, around};

fn fast() -> Given {
    Given::cpu().pairs(Metric::Cpu, around(0.5, 20))
}

#[test]
fn equal_answers_let_numbers_pass() {
    let judged = fast().judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::Same);
    assert_eq!((judged.answers.cases, judged.answers.differing), (1, 0));
    assert_eq!(judged.withheld, None);
    assert_eq!(judged.metrics.len(), 1);
}

#[test]
fn a_case_that_differs_withholds_every_number_and_says_where() {
    let given = fast().case("big", CaseUse::Compared).answer(
        "big",
        "b",
        Aspect::Output,
        AnswerOutcome::Differs,
        Some("line 3: 7, not 8"),
    );
    let judged = given.judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::Differ);
    assert_eq!((judged.answers.cases, judged.answers.differing), (2, 1));
    let first = judged.answers.first.unwrap();
    assert_eq!((first.aspect, first.told.as_str()), (Aspect::Output, "line 3: 7, not 8"));
    assert_eq!(first.case.unwrap().as_str(), "big");
    assert!(judged.metrics.is_empty());
    let why = judged.withheld.unwrap().why;
    assert_eq!(why, ["answers differ in 1 of 2 cases, first in big: output of b"]);
}

#[test]
fn differences_come_in_the_order_of_the_cases() {
    let given = Given::cpu()
        .case("second", CaseUse::Compared)
        .answer("second", "b", Aspect::Exit, AnswerOutcome::Differs, None)
        .answer("only", "b", Aspect::Output, AnswerOutcome::Missing, None);
    let answers = given.judged().answers;
    let told: Vec<&str> = answers.by_case.iter().map(|one| one.told.as_str()).collect();
    assert_eq!(told, ["no output to compare", "another exit"]);
    assert_eq!(answers.differing, 2);
}

#[test]
fn anyway_tells_the_numbers_each_with_a_mark() {
    let given = fast().answer("only", "b", Aspect::Output, AnswerOutcome::Differs, None);
    let judged = compare(&given.contract, &given.facts, true);
    assert_eq!(judged.answers.verdict, AnswersVerdict::Differ);
    assert_eq!(judged.withheld, None);
    let mark = judged.metrics[0].marked.as_deref().unwrap();
    assert!(mark.starts_with("answers differ in 1 of 1 cases"), "{mark}");
    assert_eq!(fast().row().marked, None);
}

#[test]
fn a_difference_that_is_allowed_by_its_case_passes_with_its_reason() {
    let given = fast()
        .answer("only", "b", Aspect::Output, AnswerOutcome::Differs, None)
        .answer("only", "b", Aspect::Exit, AnswerOutcome::Differs, None)
        .allow("only", "dates are printed");
    let judged = given.judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::Allowed);
    assert_eq!(judged.answers.allowed.len(), 1);
    assert_eq!(judged.answers.allowed[0].1, "dates are printed");
    assert_eq!(judged.metrics.len(), 1);
}

#[test]
fn an_allowance_of_one_case_does_not_cover_another() {
    let given = fast()
        .case("big", CaseUse::Compared)
        .answer("only", "b", Aspect::Output, AnswerOutcome::Differs, None)
        .answer("big", "b", Aspect::Output, AnswerOutcome::Differs, None)
        .allow("only", "dates are printed");
    let judged = given.judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::Differ);
    assert_eq!((judged.answers.differing, judged.answers.allowed.len()), (1, 1));
}

#[test]
fn a_side_without_any_answer_is_not_comparable() {
    let mut given = fast();
    given.facts.answers.retain(|one| one.side.as_str() == "a");
    assert_eq!(given.judged().answers.verdict, AnswersVerdict::NotComparable);
    let told = Some("cannot be started");
    let given = given.answer("only", "b", Aspect::Output, AnswerOutcome::Missing, told);
    let judged = given.judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::NotComparable);
    assert_eq!(judged.answers.first.unwrap().told, "cannot be started");
    assert_eq!(judged.withheld.unwrap().why, ["b gave no answer to any case"]);
}

#[test]
fn without_any_answer_nothing_is_told() {
    let mut given = fast();
    given.facts.answers.clear();
    let judged = given.judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::NotComparable);
    assert_eq!(judged.withheld.unwrap().why, ["no answers were compared"]);
}

#[test]
fn a_missing_aspect_is_a_difference_and_not_silence() {
    let given = fast().answer("only", "b", Aspect::Decoded, AnswerOutcome::Missing, None);
    assert_eq!(given.judged().answers.verdict, AnswersVerdict::Differ);
}
