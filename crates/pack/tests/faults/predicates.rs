//! `[claim.predicate]` of the kinds all, count, slope and lint.

use insta::assert_snapshot;

use crate::draft::draft;
use crate::{MISTAKES, QUOTES, SPEED};

#[test]
fn experiments_that_lead_nowhere() {
    let spoilt = draft()
        .replace(
            MISTAKES,
            "\"probe/quotes\", \"drill/checking\"",
            "\"probe/qoutes\", \"drill/cheking\"",
        )
        .replace(MISTAKES, "experiments = [\"probe/quotes\"]", "experiments = [\"quotes\"]");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_workload_where_an_experiment_with_checks_is_wanted() {
    let spoilt = draft().replace(MISTAKES, "\"drill/checking\"", "\"workload/count\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn experiments_named_twice_or_not_at_all() {
    let spoilt = draft()
        .replace(
            MISTAKES,
            "\"probe/quotes\", \"drill/checking\"",
            "\"probe/quotes\", \"probe/quotes\"",
        )
        .replace(MISTAKES, "experiments = [\"probe/quotes\"]", "experiments = []");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_count_that_does_not_say_by_how_many() {
    assert_snapshot!(draft().replace(MISTAKES, "by = 1\n", "").faults());
}

#[test]
fn a_count_by_nothing() {
    assert_snapshot!(draft().replace(MISTAKES, "by = 1\n", "by = 0\n").faults());
}

#[test]
fn a_count_against_a_side_on_which_nothing_is_tried() {
    let spoilt = draft().replace(QUOTES, "side = \"oak\"\nabout", "side = \"ash\"\nabout");
    let spoilt = spoilt.replace(
        QUOTES,
        "id = \"open\"\nside = \"ash\"\nabout = \"no closing quote\"\nfile = \"open.sh\"\nat",
        "id = \"run\"\nside = \"ash\"\nabout = \"no closing quote\"\nfile = \"open.sh\"\nat",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn keys_of_another_kind_beside_a_list_of_experiments() {
    let spoilt = draft().replace(MISTAKES, "kind = \"all\"", "kind = \"all\"\nnumerator = \"ash\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_slope_with_one_rung() {
    assert_snapshot!(
        draft().replace(MISTAKES, ", { case = \"vast\", size = 10_000 }", "").faults()
    );
}

#[test]
fn rungs_in_the_wrong_order_or_of_impossible_size() {
    let spoilt = draft().replace(MISTAKES, "size = 1000", "size = 100_000").replace(
        MISTAKES,
        "size = 10_000",
        "size = -1",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn rungs_that_are_no_cases_or_measure_something_else() {
    let spoilt = draft().replace(MISTAKES, "case = \"large\"", "case = \"small\"").replace(
        MISTAKES,
        "case = \"vast\"",
        "case = \"vaster\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_rung_named_twice() {
    assert_snapshot!(draft().replace(MISTAKES, "case = \"vast\"", "case = \"large\"").faults());
}

#[test]
fn a_slope_whose_floor_is_of_another_unit_or_below_zero() {
    let spoilt = draft().replace(MISTAKES, "floor = \"1 kB\"", "floor = \"1 ms\"");
    let below = draft().replace(MISTAKES, "floor = \"1 kB\"", "floor = \"-1 kB\"");
    assert_snapshot!([spoilt.faults(), below.faults()].join("\n"));
}

#[test]
fn a_slope_of_what_does_not_grow_from_case_to_case() {
    assert_snapshot!(
        draft().replace(MISTAKES, "metric = \"memory\"", "metric = \"size\"").faults()
    );
}

#[test]
fn a_slope_of_nothing_in_no_block() {
    let spoilt = draft().replace(MISTAKES, "per = \"line\"", "per = \"\"\npairs = 0");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_slope_in_a_profile_and_tier_that_the_workload_has_not() {
    let spoilt = draft().replace(
        MISTAKES,
        "per = \"line\"",
        "per = \"line\"\nprofile = \"static\"\ntier = \"tuned\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_lint_that_nobody_knows() {
    assert_snapshot!(
        draft().replace(MISTAKES, "every-class-has-a-workload", "no-rankings").faults()
    );
}

#[test]
fn a_lint_about_classes_that_are_none() {
    let spoilt = draft().replace("comparison.toml", "classes = [\"text tools\"]\n", "").replace(
        "workloads/sized/workload.toml",
        "classes = [\"text tools\"]\n",
        "",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_cell_that_expects_something_of_its_own() {
    let spoilt = draft()
        .replace(SPEED, "metric = \"memory\" }", "metric = \"memory\", expect = \"insid\" }")
        .replace(SPEED, "metric = \"start-up\" }", "metric = \"start-up\", expect = \"below\" }");
    assert_snapshot!(spoilt.faults());
}
