//! What is said of claims that nothing measures, and the counts over all of them.

use jiff::civil::{Date, date};
use model::{ClaimKind, Metric, Relation, Source, Standing, Verdict};

use crate::facts::{counted, fact_claim};
use crate::given::{Given, TODAY, around, bare, claim};

fn source(checked: Option<Date>) -> Source {
    Source {
        key: "spec".to_owned(),
        title: "The specification".to_owned(),
        publisher: "its authors".to_owned(),
        url: "https://example.org".to_owned(),
        checked,
        max_age_days: Some(90),
    }
}

fn documented(checked: Option<Date>) -> Given {
    let mut claim = bare("tooling/format", ClaimKind::Documented);
    claim.sources = vec!["spec".to_owned()];
    let mut given = Given::of(vec![claim]);
    given.comparison.sources.insert("spec".to_owned(), source(checked));
    given
}

/// One claim of every kind.
fn all_kinds() -> Given {
    let mut frame = bare("scope/scope", ClaimKind::Documented);
    frame.standing = Standing::Frame;
    let mut later = bare("speed/later", ClaimKind::Measured);
    later.not_yet = Some("needs a server workload".to_owned());
    let mut given = Given::of(vec![
        claim("speed/first", Relation::Below, &[("search", Metric::Cpu)]),
        claim("speed/second", Relation::Below, &[("trees", Metric::Cpu)]),
        fact_claim("memory/collector", &["search"]),
        frame,
        bare("learning/curve", ClaimKind::Judgement),
        later,
    ])
    .pairs(0, around(0.6, 20));
    given.facts.facts = vec![counted("search", "go", 9), counted("search", "rust", 0)];
    given
}

#[test]
fn a_documented_claim_names_its_source_and_when_it_was_compared() {
    let reason = |checked| {
        let judged = documented(checked).first();
        assert_eq!(judged.verdict, Some(Verdict::Documented));
        judged.reason
    };
    assert_eq!(reason(Some(date(2026, 11, 1))), "The specification, compared 2026-11-01");
    assert_eq!(
        reason(Some(date(2026, 1, 1))),
        "The specification, compared 2026-01-01 (too long ago)"
    );
    assert_eq!(reason(None), "The specification, not yet compared");
}

#[test]
fn an_overdue_source_is_remarked_from_the_day_after_its_age() {
    let remarks = |checked| documented(Some(checked)).judged().remarks;
    assert!(remarks(date(2026, 8, 22)).is_empty(), "90 days are allowed");
    assert_eq!(
        remarks(date(2026, 8, 21)),
        ["The specification was last compared with our text 91 days ago, which is too long"]
    );
}

#[test]
fn a_judgement_is_left_to_the_reader() {
    let given = Given::of(vec![bare("learning/curve", ClaimKind::Judgement)]);
    assert_eq!(given.first().verdict, Some(Verdict::Judgement));
    assert!(given.first().evidence.is_empty());
}

#[test]
fn a_claim_without_an_experiment_is_not_run_and_says_why() {
    let judged = all_kinds().judged().claims.pop().unwrap();
    assert_eq!(judged.verdict, Some(Verdict::NotRun));
    assert_eq!(judged.reason, "needs a server workload");
}

#[test]
fn claims_are_run_documented_judgement_or_not_run() {
    let coverage = all_kinds().judged().coverage;
    assert_eq!(coverage.claims, 6);
    assert_eq!(
        (coverage.run, coverage.documented, coverage.judgement, coverage.not_run),
        (2, 1, 1, 2)
    );
    assert_eq!(coverage.contested, 5);
}

#[test]
fn an_inconclusive_claim_counts_as_run() {
    let given = Given::one(Metric::Cpu, Relation::Below).pairs(0, around(0.6, 3));
    assert_eq!(given.first().verdict, Some(Verdict::Inconclusive));
    assert_eq!(given.judged().coverage.run, 1);
}

#[test]
fn a_list_judges_nothing() {
    let given = all_kinds();
    let list = judge::list(&given.comparison, &[], TODAY);
    assert_eq!(list.claims.len(), 6);
    assert!(list.claims.iter().all(|claim| claim.verdict.is_none() && claim.evidence.is_empty()));
    let coverage = list.coverage;
    assert_eq!(coverage.run, 0);
    assert_eq!(coverage.claims, coverage.documented + coverage.judgement + coverage.not_run);
    let wanted = ["speed/first".parse().unwrap()];
    let one = judge::list(&given.comparison, &wanted, TODAY);
    assert_eq!(one.claims.len(), 1);
    assert_eq!(one.claims[0].experiments, ["workload/search".parse().unwrap()]);
}

#[test]
fn the_wanted_claims_alone_are_judged_and_counted() {
    let given = all_kinds();
    let wanted = ["speed/second".parse().unwrap(), "learning/curve".parse().unwrap()];
    let judged = judge::judge(&given.comparison, &given.facts, &wanted, TODAY);
    let ids: Vec<&str> = judged.claims.iter().map(|claim| claim.id.as_str()).collect();
    assert_eq!(ids, ["speed/second", "learning/curve"]);
    assert_eq!(judged.coverage.claims, 2);
}

#[test]
fn judging_again_gives_the_same() {
    let given = all_kinds();
    assert_eq!(given.judged(), given.judged());
}
