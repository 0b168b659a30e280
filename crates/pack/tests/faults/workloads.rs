//! workloads/ID/workload.toml and the files beside it.

use std::fs;

use insta::assert_snapshot;

use crate::draft::draft;
use crate::{COUNT, HELLO, SIZED, SPEED};

#[test]
fn a_workload_without_case_or_readme() {
    let spoilt = draft()
        .replace(HELLO, "[[case]]\nid = \"greet\"\nmetrics = [\"start-up\"]\n", "")
        .replace(SPEED, "  { workload = \"hello\", metric = \"start-up\" },\n", "")
        .without("workloads/hello/README.md");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_side_without_program() {
    assert_snapshot!(draft().replace(HELLO, "[[program]]\nside = \"ash\"\n", "").faults());
}

#[test]
fn a_program_of_an_unknown_side() {
    assert_snapshot!(draft().replace(HELLO, "side = \"ash\"", "side = \"elm\"").faults());
}

#[test]
fn two_programs_of_one_side_and_tier() {
    assert_snapshot!(draft().replace(HELLO, "tier = \"tuned\"", "folder = \"oak-tuned\"").faults());
}

#[test]
fn programs_without_folder_or_manifest() {
    let spoilt = draft().without("workloads/hello/ash").without("workloads/hello/oak/project.txt");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_program_outside_the_pack() {
    assert_snapshot!(
        draft()
            .replace(HELLO, "side = \"ash\"", "side = \"ash\"\nfolder = \"../../elsewhere\"")
            .faults()
    );
}

#[test]
fn an_edit_that_is_missing_though_incremental_builds_are_measured() {
    let spoilt = draft().replace(
        COUNT,
        "edit = { file = \"main.sh\", find = \"lines\", replace = \"rows {n}\" }\n",
        "",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn edits_that_do_not_fit() {
    let spoilt = draft().replace(COUNT, "find = \"lines\"", "find = \"s\"").replace(
        COUNT,
        "file = \"main.sh\", find = \"lines\", replace = \"rows {n}\"",
        "file = \"main.py\", find = \"lines\", replace = \"rows {n}\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn an_edit_whose_text_is_not_in_the_file_or_that_is_made_twice() {
    let spoilt = draft().replace(
        COUNT,
        "find = \"lines\", replace = \"rows {n}\"",
        "find = \"rows\", replace = \"cells\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn inputs_that_are_missing_or_half_described() {
    let spoilt = draft()
        .without("workloads/count/poem.txt")
        .replace(COUNT, "rows = 1000\n", "bytes = 1000\n")
        .replace(COUNT, "kind = \"text-tree\"", "kind = \"tree\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn an_input_without_its_hash() {
    let spoilt = draft();
    let text = fs::read_to_string(spoilt.path(COUNT)).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let hashes: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.starts_with("sha256"))
        .map(|(at, _)| at)
        .collect();
    lines[hashes[1]] = "sha256 = \"0\"";
    lines.remove(hashes[0]);
    spoilt.write(COUNT, &lines.join("\n"));
    assert_eq!(pack::inputs(&spoilt.path("")).unwrap().len(), 3, "so that the hash can be found");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn an_input_file_that_would_not_be_unpacked() {
    let spoilt = draft().replace(COUNT, "poem.txt", "poem");
    spoilt.write("workloads/count/poem", "one\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn inputs_that_a_case_asks_for_in_vain() {
    let spoilt = draft().replace(COUNT, "{input:tree}", "{input:trees}").replace(
        COUNT,
        "stdin = \"poem\"",
        "stdin = \"prose\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_deadline_and_build_pairs_of_zero() {
    let spoilt = draft()
        .replace(COUNT, "deadline_seconds = 20.5", "deadline_seconds = 0")
        .replace(COUNT, "build_pairs = 4", "build_pairs = 0")
        .replace(HELLO, "expected_seconds = 0.01", "expected_seconds = -1");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn metrics_listed_in_the_wrong_place() {
    let spoilt = draft()
        .replace(
            COUNT,
            "metrics = [\"cpu\", \"wall\", \"memory\"]",
            "metrics = [\"cpu\", \"cpu\", \"size\", \"memory\"]",
        )
        .replace(HELLO, "metrics = [\"size\"]", "metrics = [\"size\", \"memory\"]");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn facts_that_cannot_be_counted() {
    let spoilt = draft()
        .replace(COUNT, "symbols = '^#!'", "symbols = '^(#!'")
        .replace(
            COUNT,
            "profile = \"release-practice\"\nstderr_lines",
            "profile = \"static\"\nsections = 'x'\nstderr_lines",
        )
        .replace(COUNT, "case = \"small\"", "case = \"smal\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_profile_that_a_language_cannot_build() {
    assert_snapshot!(
        draft()
            .replace(HELLO, "profiles = [\"default\"", "profiles = [\"smallest\", \"default\"")
            .faults()
    );
}

#[test]
fn a_class_that_the_comparison_does_not_name() {
    let spoilt = draft().replace(SIZED, "[\"text tools\"]", "[\"text tool\", \"text tool\"]");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn programs_generated_from_nothing() {
    let spoilt = draft().replace(SIZED, "template = \"sized\"", "template = \"size\"").replace(
        SIZED,
        "units = 50",
        "units = 0",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_template_outside_the_pack() {
    let spoilt =
        draft().replace(SIZED, "template = \"sized\"", "template = \"../generators/sized\"");
    assert_snapshot!(spoilt.faults().lines().take(6).collect::<Vec<_>>().join("\n"));
}

#[test]
fn an_edit_that_its_template_has_no_place_for() {
    assert_snapshot!(draft().replace(SIZED, "find = \"lines\"", "find = \"words\"").faults());
}

#[test]
fn numbers_that_cannot_be_alike() {
    let spoilt = draft().replace(COUNT, "factor = 1.02", "factor = 0.98").replace(
        COUNT,
        r"'^lines: (\d+)'",
        r"'^lines: \d+'",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn answers_counted_together_with_symbols_or_not_at_all() {
    let spoilt = draft().replace(COUNT, "same_answers = true", "same_answers = false").replace(
        COUNT,
        "symbols = '^#!'",
        "symbols = '^#!'\nsame_answers = true",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn metrics_that_only_contracts_have() {
    let spoilt =
        draft().replace(COUNT, "metrics = [\"", "metrics = [\"switches\", \"own:rows\", \"");
    assert_snapshot!(spoilt.faults().lines().take(16).collect::<Vec<_>>().join("\n"));
}
