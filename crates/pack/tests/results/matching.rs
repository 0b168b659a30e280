//! What is compared with what.

use std::path::PathBuf;

use pack::results::{Matched, ResultsError, matched};

use crate::{fixture, results};

fn of(names: &[&str]) -> Result<Matched, ResultsError> {
    let files: Vec<_> = names.iter().map(|name| (fixture(name), results(name))).collect();
    matched(&files)
}

fn sides(matched: &Matched) -> Vec<&str> {
    matched.sides.iter().map(|side| side.name.as_str()).collect()
}

/// `case metric denominator values numerator values`
fn rows(matched: &Matched) -> Vec<String> {
    let row = |row: &pack::results::MatchedRow| {
        let case = row.case.as_ref().map_or("-", |case| case.as_str());
        let (below, above) = (row.below.len(), row.above.len());
        format!("{case} {} {} {below} {} {above}", row.unit, row.denominator, row.numerator)
    };
    matched.rows.iter().map(row).collect()
}

/// Fixtures in a folder, under other names.
fn moved(files: &[(&str, &str)]) -> Result<Matched, ResultsError> {
    let files: Vec<_> = files.iter().map(|(from, to)| (PathBuf::from(to), results(from))).collect();
    matched(&files)
}

#[test]
fn commands_of_one_file_are_sides_and_the_first_is_the_denominator() {
    let matched = of(&["two-commands.json"]).expect("two commands");
    assert_eq!(sides(&matched), ["sleep-0-01", "sleep-0-012"]);
    assert_eq!(
        rows(&matched),
        ["- s sleep-0-01 10 sleep-0-012 10", "- s sleep-0-01 1 sleep-0-012 1"]
    );
    assert_eq!(matched.remarks, ["sleep-0-01: sleep 0.01", "sleep-0-012: sleep 0.012"]);
}

#[test]
fn a_command_alone_has_nothing_to_be_compared_with() {
    let error = of(&["failing.json"]).expect_err("one command");
    assert!(error.to_string().ends_with("has one result, `false`, and nothing to compare it with"));
    assert!(error.way_out().contains("a second file"));
}

#[test]
fn what_is_told_of_runs_stands_beside_their_row() {
    let failing = ("failing.json", "a.json");
    let note = "5 of 5 runs ended with another exit code than 0";
    let matched = moved(&[failing, ("failing.json", "b.json")]).expect("one in each");
    assert_eq!(sides(&matched), ["a", "b"]);
    assert_eq!(matched.remarks, ["a: false, a.json", "b: false, b.json"]);
    assert_eq!(matched.rows[0].notes, [note], "once, as it is so of both");

    let good = results("two-commands.json")[..1].to_vec();
    let files = [("a.json".into(), results("failing.json")), ("b.json".into(), good)];
    let matched = pack::results::matched(&files).expect("one in each");
    assert_eq!(matched.rows[0].notes, [format!("a: {note}")]);
}

#[test]
fn benchmarks_of_one_name_are_compared_and_others_are_told() {
    let matched = of(&["old.txt", "new.txt"]).expect("benchmarks in common");
    assert_eq!(sides(&matched), ["old", "new"]);
    assert_eq!(
        rows(&matched),
        [
            "join ns/op old 6 new 6",
            "join MB/s old 6 new 6",
            "join rows/op old 6 new 6",
            "join B/op old 6 new 6",
            "join allocs/op old 6 new 6",
            "format-n-1 ns/op old 6 new 6",
        ]
    );
    let told: Vec<&str> = matched.remarks[2..].iter().map(String::as_str).collect();
    assert_eq!(
        told,
        [
            "not compared, only in old: Format/n=8",
            "not compared, only in new: Format/n=9",
            "measured in different places: GOMAXPROCS is old 2, new 1",
            "measured in different places: cpu is old Some CPU, new Another CPU",
        ]
    );
}

#[test]
fn the_two_benchmarks_of_one_file_are_compared() {
    let matched = of(&["messages.json"]).expect("two benchmarks");
    assert_eq!(rows(&matched), ["- ns/iter sums-fold-10 6 sums-fold-100 6"]);
    let matched = of(&["criterion"]).expect("two benchmarks");
    assert_eq!(rows(&matched), ["- ns/iter sums-fold-10 10 sums-fold-100 10"]);
}

#[test]
fn of_three_benchmarks_nobody_knows_which_are_meant() {
    let error = of(&["old.txt"]).expect_err("three");
    let told = error.to_string();
    assert!(told.contains("3 benchmarks (Join, Format/n=1, Format/n=8)"), "{told}");
    assert!(error.way_out().contains("give two files"));
}

#[test]
fn one_benchmark_in_each_file_is_compared_whatever_its_name() {
    let matched = of(&["baseline/plain/before", "baseline/plain/new"]).expect("one in each");
    assert_eq!(rows(&matched), ["- ns/iter before 10 new 10"]);
}

#[test]
fn other_units_have_nothing_in_common() {
    let error = of(&["old.txt", "two-commands.json"]).expect_err("nothing in common");
    let told = error.to_string();
    assert!(told.contains("Join in ns/op") && told.contains("sleep 0.01 in s"), "{told}");
}

#[test]
fn files_called_alike_are_named_after_their_folders() {
    let alike = [("old.txt", "main/bench.txt"), ("new.txt", "branch/bench.txt")];
    assert_eq!(sides(&moved(&alike).expect("in common")), ["main", "branch"]);
    let same = [("old.txt", "bench.txt"), ("new.txt", "bench.txt")];
    assert_eq!(sides(&moved(&same).expect("in common")), ["bench", "bench-2"]);
}

#[test]
fn of_three_files_the_first_is_the_denominator_of_both_others() {
    let matched = of(&["old.txt", "new.txt", "threads.txt"]).expect("in common");
    assert_eq!(sides(&matched), ["old", "new", "threads"]);
    assert_eq!(
        rows(&matched)[..6],
        [
            "join ns/op old 6 new 6",
            "join MB/s old 6 new 6",
            "join rows/op old 6 new 6",
            "join B/op old 6 new 6",
            "join allocs/op old 6 new 6",
            "join ns/op old 6 threads 5",
        ]
    );
}
