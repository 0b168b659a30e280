//! claims/DIMENSION.toml.

use insta::assert_snapshot;

use crate::draft::draft;
use crate::{COUNT, HABITS, SPEED};

#[test]
fn a_claim_id_and_a_ref_used_twice() {
    let spoilt = draft()
        .replace(HABITS, "habits/easier", "habits/one-tool")
        .replace(HABITS, "\"C5\"", "\"C1\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_dimension_that_is_not_declared() {
    assert_snapshot!(draft().replace(SPEED, "speed/services", "sped/services").faults());
}

#[test]
fn a_claim_in_the_file_of_another_dimension() {
    assert_snapshot!(draft().replace(SPEED, "speed/services", "habits/services").faults());
}

#[test]
fn a_file_of_claims_named_after_no_dimension() {
    let spoilt = draft();
    spoilt.write("claims/size.toml", "");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_claim_id_without_its_dimension() {
    assert_snapshot!(draft().replace(SPEED, "speed/services", "services").faults());
}

#[test]
fn words_that_are_in_no_list_offer_the_nearest() {
    let spoilt = draft()
        .replace(SPEED, "standing = \"contested\"", "standing = \"contestd\"")
        .replace(HABITS, "kind = \"judgement\"", "kind = \"judgment\"")
        .replace(SPEED, "metric = \"memory\"", "metric = \"rss\"")
        .replace(SPEED, "\"not-below\"", "\"not-bellow\"")
        .replace(SPEED, "[\"default\", \"release-practice\"]", "[\"defualt\"]")
        .replace(HABITS, "ash = \"present\"", "ash = \"there\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn references_that_lead_nowhere() {
    let spoilt = draft()
        .replace(SPEED, "numerator = \"ash\"", "numerator = \"elm\"")
        .replace(SPEED, "\"handbook\"", "\"handbok\"")
        .replace(SPEED, "workload = \"hello\"", "workload = \"helo\"")
        .replace(SPEED, "case = \"large\"", "case = \"larger\"")
        .replace(HABITS, "fact = \"shebang\"", "fact = \"shebag\"")
        .replace(HABITS, "suits = \"oak\"", "suits = \"oka\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_side_compared_with_itself() {
    assert_snapshot!(
        draft().replace(SPEED, "denominator = \"oak\"", "denominator = \"ash\"").faults()
    );
}

#[test]
fn cells_on_which_nothing_is_measured() {
    let spoilt = draft()
        .replace(SPEED, "case = \"large\"", "case = \"small\"")
        .replace(
            SPEED,
            "workload = \"hello\", metric = \"start-up\"",
            "workload = \"hello\", metric = \"wall\"",
        )
        .replace(
            SPEED,
            "workload = \"hello\", metric = \"size\" }",
            "workload = \"hello\", metric = \"build-clean\" }",
        )
        .replace(
            SPEED,
            "workload = \"count\", metric = \"dependencies\"",
            "workload = \"count\", case = \"large\", metric = \"dependencies\"",
        );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_profile_that_the_workload_does_not_build() {
    assert_snapshot!(draft().replace(SPEED, "[\"release-practice\"]", "[\"static\"]").faults());
}

#[test]
fn a_tier_in_which_a_side_has_no_program() {
    let spoilt =
        draft().replace(SPEED, "metric = \"start-up\"", "metric = \"start-up\", tier = \"tuned\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn margins_and_floors_that_cannot_be() {
    let spoilt = draft()
        .replace(SPEED, "margin = 1.5, floor = \"10 ms\"", "margin = 0.8, floor = \"5 MiB\"")
        .replace(SPEED, "floor = \"64 KiB\"", "floor = \"-64 KiB\"")
        .replace(SPEED, "floor = 3", "margin = 1.5, floor = \"3 things\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_floor_without_a_unit() {
    assert_snapshot!(draft().replace(SPEED, "floor = \"64 KiB\"", "floor = 65536").faults());
}

#[test]
fn kinds_of_claims_that_rest_on_nothing_or_too_much() {
    let predicate = "[claim.predicate]\nkind = \"fact\"\nfacts = [{ workload = \"count\", fact = \"shebang\", expect = { ash = \"present\" } }]\n";
    let spoilt = draft()
        .replace(SPEED, "not_yet = \"no service workload yet\"\n", "")
        .replace(HABITS, "sources = [\"handbook\"]", "not_yet = \"later\"")
        .append(HABITS, predicate)
        .replace(SPEED, "feeds = [\"CPU\"]", "not_yet = \"soon\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_predicate_with_the_keys_of_another_kind() {
    let spoilt = draft().replace(SPEED, "expect = \"below\"", "witness = \"not-below\"").replace(
        HABITS,
        "kind = \"fact\"",
        "kind = \"facts\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn predicates_that_look_nowhere() {
    let spoilt = draft()
        .replace(SPEED, "cells = [\n  { workload = \"hello\", metric = \"start-up\" },\n  { workload = \"hello\", metric = \"size\" },\n]", "cells = []")
        .replace(HABITS, "{ ash = \"present\", oak = \"present\" }", "{}");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_cell_that_would_count_twice() {
    let spoilt = draft().replace(
        SPEED,
        "{ workload = \"count\", metric = \"memory\" },",
        "{ workload = \"count\", metric = \"memory\" },\n  { workload = \"count\", metric = \"cpu\" },",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_fourth_metric_of_runs_on_one_workload() {
    let spoilt = draft()
        .replace(COUNT, "id = \"missing\"", "id = \"missing\"\nmetrics = [\"start-up\"]")
        .replace(
            SPEED,
            "{ workload = \"count\", metric = \"memory\" },",
            "{ workload = \"count\", metric = \"memory\" },\n  { workload = \"count\", metric = \"wall\" },\n  { workload = \"count\", metric = \"start-up\" },",
        );
    assert_snapshot!(spoilt.faults());
}
