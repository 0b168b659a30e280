//! Whatever bytes a contract, a lock or a folder of cases consists of, reading
//! ends in a value or in faults that can be shown. `PROPTEST_CASES=100000`
//! makes it a long search.

use std::fs;

use pack::Faults;
use pack::lock::Lock;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};

use crate::draft::{FULL, SERVING, SMALL, draft};

/// Fewer than this would miss too much.
const CASES: u32 = 1000;

#[derive(Debug, Clone)]
enum Slip {
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index, usize),
    Truncate(Index),
    Copy(Index, Index, usize),
    Swap(Index, Index),
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let fixed: Vec<&str> = vec![
        "[[side]]\n",
        "[[case]]\n",
        "[[guard]]\n",
        "[[metric]]\n",
        "[answers]\n",
        "[service]\n",
        "[case.drive]\n",
        "\"",
        "'''",
        "\\u0000",
        "..",
        "/",
        "{",
        "[",
        "é\u{202e}",
        "\u{1F468}\u{200D}\u{1F469}",
        "\r\n",
        "nan",
        "inf",
        "-9223372036854775808",
        "99999999999999999999999999",
        "1e308",
        "1e400",
        " %",
        "0",
    ];
    let deep = select(vec!["[", "{a=", "a.", "(", "[0]"]);
    prop_oneof![
        4 => select(fixed).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => (deep, 1..2000usize).prop_map(|(part, times)| part.repeat(times).into_bytes()),
        1 => vec(any::<char>(), 1..8).prop_map(|it| it.into_iter().collect::<String>().into_bytes()),
        1 => vec(any::<u8>(), 1..6),
    ]
}

fn slip() -> impl Strategy<Value = Slip> {
    let index = any::<Index>;
    prop_oneof![
        (index(), 0..8u8).prop_map(|(at, bit)| Slip::Flip(at, 1 << bit)),
        (index(), piece()).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        (index(), 1..40usize).prop_map(|(at, length)| Slip::Cut(at, length)),
        index().prop_map(Slip::Truncate),
        (index(), index(), 1..200usize).prop_map(|(from, to, length)| Slip::Copy(from, to, length)),
        (index(), index()).prop_map(|(one, other)| Slip::Swap(one, other)),
    ]
}

fn spoil(text: &mut Vec<u8>, slip: &Slip) {
    let length = text.len();
    if length == 0 {
        return;
    }
    match slip {
        Slip::Flip(at, bit) => text[at.index(length)] ^= bit,
        Slip::Insert(at, piece) => {
            let at = at.index(length);
            text.splice(at..at, piece.iter().copied());
        }
        Slip::Cut(at, cut) => {
            let at = at.index(length);
            text.drain(at..(at + cut).min(length));
        }
        Slip::Truncate(at) => text.truncate(at.index(length)),
        Slip::Copy(from, to, copied) => {
            let from = from.index(length);
            let piece = text[from..(from + copied).min(length)].to_vec();
            let to = to.index(length);
            text.splice(to..to, piece);
        }
        // Values change places, which keeps the form more often than not.
        Slip::Swap(one, other) => {
            let whole = String::from_utf8_lossy(text).into_owned();
            let mut lines: Vec<&str> = whole.lines().collect();
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            let values = [one, other].map(|at| lines[at].split_once(" = "));
            let [Some((key, value)), Some((other_key, other_value))] = values else {
                lines.swap(one, other);
                *text = lines.join("\n").into_bytes();
                return;
            };
            let swapped = [format!("{key} = {other_value}"), format!("{other_key} = {value}")];
            lines[one] = &swapped[0];
            lines[other] = &swapped[1];
            *text = lines.join("\n").into_bytes();
        }
    }
}

fn shown<T>(read: &Result<T, Faults>) -> TestCaseResult {
    if let Err(faults) = read {
        prop_assert!(!faults.0.is_empty());
        prop_assert!(faults.render().contains("error: "));
        prop_assert!(faults.render_coloured().len() > faults.render().len());
    }
    Ok(())
}

fn search<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config {
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        ..Config::with_cases(Config::default().cases.max(CASES))
    };
    let seen = TestRunner::new(config).run(&strategy, test);
    seen.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_spoilt_contract_never_panics() {
    let draft = draft(FULL);
    let texts = select(vec![FULL, SMALL, SERVING]);
    search((texts, vec(slip(), 1..5)), |(text, slips)| {
        let mut text = text.as_bytes().to_vec();
        for slip in &slips {
            spoil(&mut text, slip);
        }
        draft.put("evenhand.toml", &text);
        let read = draft.read();
        shown(&read)?;
        if let Ok(contract) = read {
            let written = pack::contract::write(&contract);
            draft.put("evenhand.toml", &written);
            let back = draft.read();
            prop_assert!(back.as_ref() == Ok(&contract), "{back:?}\n{written}");
            let text = String::from_utf8_lossy(&text);
            let added = pack::contract::with_guards(&text, &contract.guards);
            prop_assert!(added.is_ok(), "{added:?}");
            prop_assert!(pack::contract::contract_hash(&contract).is_ok());
        }
        Ok(())
    });
}

#[test]
fn a_spoilt_lock_never_panics() {
    let draft = draft(FULL);
    let contract = draft.contract();
    let lock = Lock::of(&contract, Vec::new()).write();
    search(vec(slip(), 1..5), |slips| {
        let mut text = lock.as_bytes().to_vec();
        for slip in &slips {
            spoil(&mut text, slip);
        }
        draft.put("evenhand.lock", &text);
        let read = Lock::read(&draft.path("evenhand.lock"));
        shown(&read)?;
        if let Ok(lock) = read {
            for fault in lock.holds(&contract) {
                prop_assert!(!fault.to_string().is_empty());
            }
            draft.put("evenhand.lock", lock.write());
            prop_assert_eq!(Lock::read(&draft.path("evenhand.lock")), Ok(lock));
        }
        Ok(())
    });
}

#[test]
fn a_spoilt_folder_of_cases_never_panics() {
    let name = prop_oneof![
        select(vec!["a", "a.json", "b", "args", "stdin", "exit", "README", ".x", "Ü", " "])
            .prop_map(str::to_owned),
        "[^/\0]{1,12}".prop_filter("a name", |it| !matches!(it.as_str(), "." | "..")),
    ];
    let content = prop_oneof![
        select(vec!["", "0", "256", "--x\n", "\r\n"]).prop_map(|it| it.as_bytes().to_vec()),
        vec(any::<u8>(), 0..20),
    ];
    let entry = (name.clone(), proptest::option::of(name), content);
    search(vec(entry, 0..6), |entries| {
        let home = tempfile::tempdir().expect("a folder");
        for (name, inner, content) in entries {
            let path = home.path().join(name);
            // Two entries of one name, or a name that the disk refuses.
            let _ = match inner {
                Some(inner) => {
                    fs::create_dir_all(&path).and_then(|()| fs::write(path.join(inner), content))
                }
                None => fs::write(path, content),
            };
        }
        shown(&pack::contract::cases(home.path()))
    });
}

#[test]
fn texts_that_nobody_wrote_never_panic() {
    let draft = draft(SMALL);
    let any = prop_oneof![vec(any::<u8>(), 0..200), "\\PC{0,200}".prop_map(String::into_bytes)];
    search(any, |text| {
        draft.put("evenhand.toml", &text);
        shown(&draft.read())?;
        shown(&Lock::read(&draft.path("evenhand.toml")))
    });
}
