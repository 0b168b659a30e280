//! What an author begins with reads without fault.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::fs;
use std::path::{Path, PathBuf};

use model::Comparison;
use pack::scaffold::{NewSide, Part, ScaffoldError, add, new};

fn languages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages")
}

fn sides(given: &[(&str, &str)]) -> Vec<NewSide> {
    let side = |(name, language): &(&str, &str)| NewSide {
        name: name.parse().unwrap(),
        language: (*language).to_owned(),
    };
    given.iter().map(side).collect()
}

fn begin(folder: &Path, given: &[(&str, &str)]) -> Result<(), ScaffoldError> {
    new(folder, "fresh", &sides(given), "2026-11-22".parse().unwrap())
}

fn read(folder: &Path) -> Comparison {
    pack::read(folder, Some(&languages())).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn a_new_pack_reads_at_once_whatever_its_sides() {
    for given in [
        [("rust", "rust"), ("go", "go")],
        [("go", "go"), ("rust", "rust")],
        [("old", "rust"), ("new", "rust")],
        [("left", "go"), ("right", "go")],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("fresh");
        begin(&place, &given).unwrap();
        let comparison = read(&place);
        assert_eq!((comparison.pack.as_str(), comparison.claims.len()), ("fresh", 7));
        assert_eq!((comparison.probes.len(), comparison.drills.len()), (1, 1));
        assert_eq!(comparison.sides[0].name.as_str(), given[0].0);
    }
}

#[test]
fn what_is_added_to_a_pack_leaves_it_without_fault() {
    let folder = tempfile::tempdir().unwrap();
    begin(folder.path(), &[("rust", "rust"), ("go", "go")]).unwrap();
    for what in [Part::Workload, Part::Probe, Part::Drill] {
        let comparison = read(folder.path());
        assert!(add(folder.path(), &comparison, what, "another-one").unwrap().is_dir());
        let again = add(folder.path(), &comparison, what, "another-one");
        assert!(matches!(again, Err(ScaffoldError::Occupied(_))));
    }
    let comparison = read(folder.path());
    let counts = (comparison.workloads.len(), comparison.probes.len(), comparison.drills.len());
    assert_eq!(counts, (2, 2, 2));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let refused = begin(folder.path(), &[("rust", "rust"), ("go", "go")]).unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn sides_and_languages_that_are_none_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("fresh");
    let refused = |given: &[(&str, &str)]| begin(&place, given).unwrap_err().to_string();
    assert!(refused(&[("rust", "rust")]).contains("two sides"));
    assert!(refused(&[("rust", "rust"), ("rust", "go")]).contains("names of their own"));
    assert!(refused(&[("rust", "rsut"), ("go", "go")]).contains("did you mean \"rust\"?"));
    let name = new(
        &place,
        "Fresh Pack",
        &sides(&[("a", "rust"), ("b", "go")]),
        "2026-11-22".parse().unwrap(),
    );
    assert!(name.unwrap_err().to_string().contains("is not a name"));
    assert!(!place.exists());
}
