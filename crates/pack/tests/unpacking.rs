//! Embedded packs and the cache: whole, or not there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use pack::Pack;
use walkdir::WalkDir;

const NAME: &str = "rust-vs-go";
const CHILD: &str = "PACK_TEST_UNPACKS_INTO";

fn embedded() -> Pack {
    Pack::embedded(NAME).expect("the pack is embedded")
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder with `languages` and `comparisons`.
fn top(comparison: &Path) -> &Path {
    comparison.ancestors().nth(2).expect("comparisons/NAME stands in a folder")
}

/// The same files with the same contents as an undisturbed copy.
struct Original(#[expect(dead_code, reason = "keeps the folder")] tempfile::TempDir, PathBuf);

fn original(pack: &Pack) -> Original {
    let cache = tempfile::tempdir().expect("the folder is ours");
    let unpacked = pack.unpack(cache.path()).expect("the folder is ours");
    Original(cache, top(&unpacked).to_owned())
}

impl Original {
    fn equals(&self, copy: &Path, pack: &Pack) -> bool {
        pack.paths().all(|path| {
            fs::read(copy.join(path)).ok()
                == Some(fs::read(self.1.join(path)).expect("the folder is ours"))
        })
    }
}

#[test]
fn the_binary_carries_the_pack_and_its_languages() {
    assert!(Pack::names().contains(&NAME.to_owned()));
    let pack = embedded();
    let paths: Vec<&str> = pack.paths().collect();
    for wanted in [
        "comparisons/rust-vs-go/comparison.toml",
        "comparisons/rust-vs-go/workloads/hello/go/main.go",
        "comparisons/rust-vs-go/workloads/hello/rust/Cargo.lock",
        "languages/go.toml",
        "languages/rust/sees/src/main.rs",
    ] {
        assert!(paths.contains(&wanted), "{wanted} is missing from {paths:?}");
    }
    assert_eq!(Pack::embedded("no-such-pack"), None);
}

#[test]
fn what_builds_leave_behind_is_not_carried() {
    let pack = embedded();
    let cache = tempfile::tempdir().unwrap();
    let unpacked = pack.unpack(cache.path()).unwrap();
    for path in pack.paths() {
        assert!(!path.contains("/target/"), "{path}");
        let content = fs::read(top(&unpacked).join(path)).unwrap();
        assert!(!content.starts_with(b"\x7fELF") && content.len() < 1 << 20, "{path}");
    }
}

#[test]
fn an_unpacked_pack_is_what_the_repository_has() {
    let (pack, cache) = (embedded(), tempfile::tempdir().unwrap());
    let unpacked = pack.unpack(cache.path()).unwrap();
    for path in pack.paths() {
        let wanted = fs::read(repository().join(path)).unwrap();
        assert_eq!(fs::read(top(&unpacked).join(path)).unwrap(), wanted, "{path}");
    }
    let place = top(&unpacked).file_name().unwrap().to_string_lossy().into_owned();
    assert!(place.starts_with("rust-vs-go-") && place.len() == NAME.len() + 13, "{place}");
    let names: Vec<_> = fs::read_dir(cache.path().join("packs")).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing is left beside the pack");
}

#[test]
fn no_source_of_the_pack_is_left_out() {
    let pack = embedded();
    let paths: Vec<&str> = pack.paths().collect();
    let top = repository();
    let sources = ["toml", "md", "rs", "go", "lock", "mod", "sum"];
    for folder in [top.join("comparisons").join(NAME), top.join("languages")] {
        let walk = WalkDir::new(folder).into_iter();
        let visible = walk.filter_entry(|entry| entry.file_name() != "target");
        for entry in visible.map(|entry| entry.unwrap()) {
            let path = entry.path().strip_prefix(&top).unwrap().to_string_lossy().into_owned();
            let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
            if entry.file_type().is_file() && sources.contains(&extension) {
                assert!(paths.contains(&path.as_str()), "{path} is not embedded");
            }
        }
    }
}

#[test]
fn a_second_unpacking_leaves_the_first_alone() {
    let (pack, cache) = (embedded(), tempfile::tempdir().unwrap());
    let unpacked = pack.unpack(cache.path()).unwrap();
    let modified = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
    let before = modified(&unpacked.join("comparison.toml"));
    fs::create_dir(unpacked.join("workloads/hello/rust/target")).unwrap();
    assert_eq!(pack.unpack(cache.path()).unwrap(), unpacked);
    assert_eq!(modified(&unpacked.join("comparison.toml")), before);
    assert!(unpacked.join("workloads/hello/rust/target").is_dir());
}

#[test]
fn a_copy_that_was_changed_is_replaced() {
    let (pack, cache) = (embedded(), tempfile::tempdir().unwrap());
    let unpacked = pack.unpack(cache.path()).unwrap();
    fs::write(unpacked.join("comparison.toml"), "").unwrap();
    fs::remove_file(unpacked.join("page.md")).unwrap();
    assert_eq!(pack.unpack(cache.path()).unwrap(), unpacked);
    assert!(original(&pack).equals(top(&unpacked), &pack));
}

#[test]
fn many_at_once_all_find_a_whole_pack() {
    let (pack, cache) = (embedded(), tempfile::tempdir().unwrap());
    let original = original(&pack);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let unpacked = pack.unpack(cache.path()).unwrap();
                    assert!(original.equals(top(&unpacked), &pack));
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
    assert_eq!(fs::read_dir(cache.path().join("packs")).unwrap().count(), 1);
}

#[test]
fn what_a_kill_leaves_behind_is_never_taken_for_a_pack() {
    let pack = embedded();
    let original = original(&pack);
    for milliseconds in [5, 10, 15, 20, 30, 40, 60, 80] {
        let cache = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_unpacks_again_and_again", "--ignored"])
            .env(CHILD, cache.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        for entry in WalkDir::new(cache.path()).max_depth(3).into_iter().flatten() {
            let name = entry.file_name().to_string_lossy();
            if name.starts_with("rust-vs-go-") {
                assert!(
                    original.equals(entry.path(), &pack),
                    "{} is not whole",
                    entry.path().display()
                );
            }
        }
        let caches = fs::read_dir(cache.path()).unwrap().flatten().map(|entry| entry.path());
        for cache in caches.chain([cache.path().join("0")]) {
            let unpacked = pack.unpack(&cache).unwrap();
            assert!(original.equals(top(&unpacked), &pack));
        }
    }
}

/// Not a test: the process that the test above kills.
#[test]
#[ignore = "started by another test"]
fn child_unpacks_again_and_again() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let pack = embedded();
    for turn in 0..1000 {
        pack.unpack(&Path::new(&folder).join(turn.to_string())).unwrap();
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_told_with_its_folder() {
    let cache = tempfile::tempdir().unwrap();
    let file = cache.path().join("file");
    fs::write(&file, "").unwrap();
    let error = embedded().unpack(&file).unwrap_err().to_string();
    assert!(error.contains("rust-vs-go") && error.contains("cache folder"), "{error}");
}
