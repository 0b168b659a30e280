//! Whatever bytes a file of a pack consists of, reading ends in a model or in
//! faults that can be shown.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use walkdir::WalkDir;

/// The small pack: all its texts, by path.
fn texts() -> Vec<(PathBuf, Vec<u8>)> {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny");
    let mut texts: Vec<(PathBuf, Vec<u8>)> = WalkDir::new(&original)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&original).expect("the folder is ours").to_owned();
            (path, fs::read(entry.path()).expect("the folder is ours"))
        })
        .collect();
    texts.sort();
    texts
}

fn real(file: &str) -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../comparisons/rust-vs-go").join(file);
    fs::read(path).expect("the folder is ours")
}

#[derive(Debug, Clone)]
enum Slip {
    Put(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index, usize),
    Copy(Index, Index, usize),
}

fn slip() -> impl Strategy<Value = Slip> {
    let piece = prop_oneof![
        Just(b"[[claim]]\n".to_vec()),
        Just(b"[[check]]\n".to_vec()),
        Just(b"[gate.run]\n".to_vec()),
        Just(b"[case.drive]\n".to_vec()),
        Just(b"[[service.request]]\n".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"{{claim:".to_vec()),
        Just(b"{input:".to_vec()),
        Just("é\u{202e}".as_bytes().to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"nan".to_vec()),
        Just(b"-9223372036854775808".to_vec()),
        prop::collection::vec(any::<u8>(), 1..6),
    ];
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Slip::Put(at, byte)),
        (any::<Index>(), piece).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        (any::<Index>(), 1usize..40).prop_map(|(at, length)| Slip::Cut(at, length)),
        (any::<Index>(), any::<Index>(), 1usize..200)
            .prop_map(|(from, to, length)| Slip::Copy(from, to, length)),
    ]
}

fn spoil(text: &mut Vec<u8>, slip: &Slip) {
    if text.is_empty() {
        return;
    }
    let length = text.len();
    match slip {
        Slip::Put(at, byte) => text[at.index(length)] = *byte,
        Slip::Insert(at, piece) => {
            let at = at.index(length);
            text.splice(at..at, piece.iter().copied());
        }
        Slip::Cut(at, cut) => {
            let at = at.index(length);
            text.drain(at..(at + cut).min(length));
        }
        Slip::Copy(from, to, copied) => {
            let from = from.index(length);
            let piece = text[from..(from + copied).min(length)].to_vec();
            let to = to.index(length);
            text.splice(to..to, piece);
        }
    }
}

fn reads_or_tells(texts: &[(PathBuf, Vec<u8>)]) {
    let folder = tempfile::tempdir().expect("the folder is ours");
    for (path, text) in texts {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("the folder is ours")).expect("the folder is ours");
        fs::write(path, text).expect("the folder is ours");
    }
    if let Err(faults) = pack::read(folder.path(), None) {
        assert!(!faults.0.is_empty());
        assert!(faults.render().contains("error: "));
        assert!(faults.render_coloured().len() > faults.render().len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_spoilt_pack_never_panics(
        file in any::<Index>(),
        slips in prop::collection::vec(slip(), 1..4),
    ) {
        let mut texts = texts();
        let count = texts.len();
        let text = &mut texts[file.index(count)].1;
        for slip in &slips {
            spoil(text, slip);
        }
        reads_or_tells(&texts);
    }

    #[test]
    fn spoilt_files_of_the_real_pack_never_panic(
        file in prop::sample::select(vec![
            ("claims/footprint.toml", "claims/speed.toml"),
            ("claims/watch.toml", "claims/speed.toml"),
            ("sources.toml", "sources.toml"),
            ("comparison.toml", "comparison.toml"),
            ("workloads/hello/workload.toml", "workloads/hello/workload.toml"),
            ("workloads/line-search/workload.toml", "workloads/count/workload.toml"),
            ("workloads/fan-out/workload.toml", "workloads/shop/workload.toml"),
            ("../../languages/rust.toml", "languages/script.toml"),
            ("../../languages/go.toml", "languages/script.toml"),
        ]),
        slips in prop::collection::vec(slip(), 0..4),
    ) {
        let mut spoilt = real(file.0);
        for slip in &slips {
            spoil(&mut spoilt, slip);
        }
        let mut texts = texts();
        for (path, text) in &mut texts {
            if path == Path::new(file.1) {
                text.clone_from(&spoilt);
            }
        }
        reads_or_tells(&texts);
    }
}
