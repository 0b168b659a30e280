//! Which results are in a file.

use model::Metric;
use model::contract::Better;
use pack::results::{TheirResult, Tool};

use crate::{fixture, results};

fn own(name: &str) -> Metric {
    Metric::Own(name.parse().expect("a name"))
}

fn listed(results: &[TheirResult]) -> Vec<(&str, String, usize)> {
    results.iter().map(|one| (one.name.as_str(), one.unit.clone(), one.values.len())).collect()
}

#[test]
fn hyperfine_gives_every_wall_time_and_one_mean_of_cpu_time() {
    let results = results("two-commands.json");
    let s = || "s".to_owned();
    assert_eq!(
        listed(&results),
        [
            ("sleep 0.01", s(), 10),
            ("sleep 0.01", s(), 1),
            ("sleep 0.012", s(), 10),
            ("sleep 0.012", s(), 1),
        ]
    );
    assert_eq!([results[0].metric, results[1].metric], [Metric::Wall, Metric::Cpu]);
    assert!(results[0].values.iter().all(|seconds| (0.01..1.0).contains(seconds)));
    assert!(results.iter().all(|one| one.tool == Tool::Hyperfine && one.better == Better::Less));
    assert_eq!(results[1].notes, ["a mean over all runs, as only that is in the file"]);
}

#[test]
fn runs_that_failed_are_told() {
    assert_eq!(
        results("failing.json")[0].notes,
        ["5 of 5 runs ended with another exit code than 0"]
    );
}

#[test]
fn lines_of_one_benchmark_are_its_values() {
    let results = results("old.txt");
    let units = ["ns/op", "MB/s", "rows/op", "B/op", "allocs/op"];
    let mut expected: Vec<(&str, String, usize)> =
        units.iter().map(|unit| ("Join", (*unit).to_owned(), 6)).collect();
    expected.push(("Format/n=1", "ns/op".to_owned(), 6));
    expected.push(("Format/n=8", "ns/op".to_owned(), 6));
    assert_eq!(listed(&results), expected);
    assert_eq!(results[0].values[..3], [131.7, 251.0, 79.73]);
    assert_eq!([results[0].metric, results[4].metric], [own("ns-op"), own("allocs-op")]);
    assert!(results.iter().all(|one| one.tool == Tool::GoBench));
}

#[test]
fn of_a_rate_more_is_better_and_what_the_file_says_counts() {
    let better: Vec<Better> = results("old.txt")[..4].iter().map(|one| one.better).collect();
    assert_eq!(better, [Better::Less, Better::More, Better::More, Better::Less]);
}

#[test]
fn the_place_is_kept_and_threads_are_no_part_of_the_name() {
    let setting = |file, key: &str| results(file)[0].settings.get(key).cloned();
    assert_eq!(setting("old.txt", "GOMAXPROCS").as_deref(), Some("2"));
    assert_eq!(setting("new.txt", "GOMAXPROCS").as_deref(), Some("1"));
    assert_eq!(setting("old.txt", "cpu").as_deref(), Some("Some CPU"));
    assert_eq!(setting("old.txt", "goarch").as_deref(), Some("amd64"));
    assert_eq!(results("new.txt")[0].name, "Join");
}

#[test]
fn one_benchmark_on_several_numbers_of_threads_is_several() {
    let results = results("threads.txt");
    let times: Vec<(&str, usize)> = results
        .iter()
        .filter(|one| one.unit == "ns/op")
        .map(|one| (one.name.as_str(), one.values.len()))
        .collect();
    assert_eq!(times, [("Join", 5), ("Join-2", 5)]);
}

#[test]
fn events_are_the_same_text_in_pieces() {
    let results = results("events.json");
    let units = ["ns/op", "MB/s", "rows/op", "B/op", "allocs/op"];
    let expected: Vec<(&str, String, usize)> =
        units.iter().map(|unit| ("Join", (*unit).to_owned(), 5)).collect();
    assert_eq!(listed(&results), expected);
    assert_eq!(results[0].values[..2], [444.0, 553.9]);
}

#[test]
fn several_packages_keep_their_names() {
    let text = "pkg: a\nBenchmarkX-2 1 5 ns/op\npkg: b\nBenchmarkX-2 1 6 ns/op\n";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x");
    std::fs::write(&path, text).expect("written");
    let read = pack::results::read(&path).expect("read");
    assert_eq!(read.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["a.X", "b.X"]);
}

#[test]
fn a_folder_of_criterion_gives_the_newest_sample_of_each_benchmark() {
    let results = results("criterion");
    let unit = || "ns/iter".to_owned();
    assert_eq!(listed(&results), [("sums/fold/10", unit(), 10), ("sums/fold/100", unit(), 10)]);
    let first = 1_879_374.0 / 7_197_976.0;
    assert!((results[0].values[0] - first).abs() < 1e-9, "the time of one iteration");
    assert_eq!(results[0].metric, own("ns-iter"));
    assert!(results.iter().all(|one| one.tool == Tool::Criterion));
}

#[test]
fn a_baseline_of_criterion_is_read_by_its_own_folder_or_file() {
    for place in ["baseline/plain/before", "baseline/plain/before/sample.json", "baseline/plain"] {
        let results = results(place);
        assert_eq!(listed(&results), [("plain", "ns/iter".to_owned(), 10)], "{place}");
    }
}

#[test]
fn cargo_criterions_lines_are_samples_too() {
    let results = results("messages.json");
    let unit = || "ns/iter".to_owned();
    assert_eq!(listed(&results), [("sums/fold/10", unit(), 6), ("sums/fold/100", unit(), 6)]);
    assert_eq!(results[0].values[0], 120.0);
}

#[test]
fn the_form_is_told_by_what_is_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["two-commands.json", "old.txt", "events.json", "messages.json"] {
        let path = folder.path().join("results.dat");
        std::fs::copy(fixture(name), &path).expect("copied");
        assert_eq!(pack::results::read(&path).expect(name), results(name));
    }
}
