//! What is said about files that are no good; and that nothing else happens.

use std::path::Path;

use pack::results::{matched, read};
use proptest::prelude::*;

use crate::{fixture, refused};

const FORMS: [&str; 4] = [
    "hyperfine --export-json FILE",
    "go test -bench . -count 10",
    "target/criterion/NAME",
    "cargo criterion --message-format json",
];

#[test]
fn an_unknown_form_names_those_that_are_known_and_how_to_make_them() {
    for text in ["", "hello\n", "{}", "{\"a\": 1}", "Benchmarks of today\n"] {
        let (error, told) = refused(text);
        let says = told.ends_with("given.txt is of no form that is read here");
        assert!(says || told.contains("line 1"), "{text}: {told}");
        if says {
            for form in FORMS {
                assert!(error.way_out().contains(form), "{text}: {}", error.way_out());
            }
        }
    }
}

#[test]
fn a_folder_without_samples_is_of_no_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = read(folder.path()).expect_err("nothing in it");
    assert!(error.way_out().contains(FORMS[2]));
    assert!(read(&folder.path().join("none")).expect_err("none").to_string().contains("none"));
}

#[test]
fn a_file_that_was_cut_short_is_told_with_its_place() {
    let whole = std::fs::read_to_string(fixture("two-commands.json")).expect("read");
    let (_, told) = refused(&whole[..whole.len() / 2]);
    assert!(told.contains("given.txt, line ") && told.contains("EOF"), "{told}");

    let lines = std::fs::read_to_string(fixture("messages.json")).expect("read");
    let second = lines.find('\n').expect("lines") + 20;
    let (_, told) = refused(&lines[..second]);
    assert!(told.contains("line 2, column 19"), "{told}");
}

#[test]
fn damage_is_told_with_its_line_or_benchmark() {
    let cases = [
        ("BenchmarkA-2 10 5 ns/op\nBenchmarkA-2 10 five ns/op\n", "line 2: `five` stands where"),
        ("BenchmarkA-2 10 5 ns/op 7\n", "line 1: `7` has no unit"),
        ("BenchmarkA-2 10\n", "line 1: `BenchmarkA-2` has no value"),
        ("{\"results\": [{\"command\": \"a\"}]}", "command `a`: its single times are missing"),
        ("{\"results\": [{\"times\": [1]}]}", "missing field `command`"),
        ("{\"results\": []}", "has no result in it"),
        ("{\"iters\": [1, 2], \"times\": [3]}", "2 numbers of iterations, 1 values"),
        ("{\"iters\": [0], \"times\": [3]}", "its samples: 0 iterations"),
        ("{\"reason\": \"benchmark-complete\"}", "line 1: no `id`"),
        ("{\"reason\": \"group-complete\"}", "has no result in it"),
        ("{\"Action\": \"start\"}", "has no result in it"),
        ("{\"Action\": \"start\"}\n7\n", "line 2"),
    ];
    for (text, says) in cases {
        let (error, told) = refused(text);
        assert!(told.contains(says), "{text}: {told}");
        assert!(!error.way_out().is_empty());
    }
}

/// Whatever is in a file, reading it ends, and so does comparing what was read.
fn survives(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("written");
    if let Ok(results) = read(path) {
        let other = results.clone();
        let _ = matched(&[(path.to_owned(), results.clone())]);
        let _ = matched(&[(path.to_owned(), results), ("other".into(), other)]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let folder = tempfile::tempdir().expect("a folder");
        survives(&folder.path().join("x"), &bytes);
    }

    #[test]
    fn no_lines_panic(lines in proptest::collection::vec(
        "(Benchmark[A-Z/=é-]{0,4}(-[0-9]{1,3})? +[0-9]{1,3}( [0-9.e+-]{1,6} [nsopMB/%é]{1,5}){0,3})|pkg: .{0,5}|Unit [a-z/]{0,5} better=higher|.{0,20}",
        0..8,
    )) {
        let folder = tempfile::tempdir().expect("a folder");
        survives(&folder.path().join("x"), lines.join("\n").as_bytes());
    }

    #[test]
    fn no_damage_to_a_real_file_panics(
        file in proptest::sample::select(vec![
            "two-commands.json", "failing.json", "old.txt", "threads.txt", "events.json",
            "messages.json", "criterion/sums/fold/10/new/sample.json",
        ]),
        at in any::<proptest::sample::Index>(),
        cut in 0_usize..40,
        put in proptest::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut bytes = std::fs::read(fixture(file)).expect("read");
        let at = at.index(bytes.len());
        bytes.splice(at..bytes.len().min(at + cut), put);
        let folder = tempfile::tempdir().expect("a folder");
        survives(&folder.path().join("x"), &bytes);
    }
}
