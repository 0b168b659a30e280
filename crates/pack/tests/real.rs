//! The packs that come with Evenhand.

use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn shipped(folder: &Path) -> model::Comparison {
    pack::read(folder, None).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn every_shipped_pack_reads_without_fault() {
    for name in pack::Pack::names() {
        assert_eq!(shipped(&repository().join("comparisons").join(&name)).pack, name);
    }
}

#[test]
fn an_unpacked_pack_has_the_hash_of_its_folder() {
    let cache = tempfile::tempdir().unwrap();
    for name in pack::Pack::names() {
        let original = shipped(&repository().join("comparisons").join(&name));
        let copy = shipped(&pack::Pack::embedded(&name).unwrap().unpack(cache.path()).unwrap());
        assert_eq!(copy.hash, original.hash);
        assert_eq!(copy.claims, original.claims);
    }
}

#[test]
fn the_inputs_of_a_pack_are_known_before_their_hashes() {
    let declared = pack::inputs(&repository().join("comparisons/rust-vs-go")).unwrap();
    assert!(declared.iter().any(|input| input.workload.as_str() == "line-search"));
    assert!(declared.iter().all(|input| input.folder.is_absolute()));
}
