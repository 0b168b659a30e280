//! Commands are what Redis' clients send, and replies end where Redis ends them, however they come.

use load::resp::{Command, Progress, ReplyReader, RespError};
use proptest::prelude::*;

fn encoded(text: &str, number: Option<u32>) -> String {
    let mut out = Vec::new();
    Command::new(text).expect("a word").encode(number, &mut out);
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn a_command_is_an_array_of_bulk_strings() {
    assert_eq!(encoded("GET key:{n}", Some(42)), "*2\r\n$3\r\nGET\r\n$6\r\nkey:42\r\n");
    assert_eq!(encoded("SET  a b", None), "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n");
    assert_eq!(encoded("{n}-{n}", Some(7)), "*1\r\n$3\r\n7-7\r\n");
    assert_eq!(encoded("ECHO é", None), "*2\r\n$4\r\nECHO\r\n$2\r\né\r\n");
}

#[test]
fn a_command_without_a_word_is_refused() {
    assert!(Command::new("").is_err());
    assert!(Command::new("  ").is_err());
}

fn read(bytes: &[u8]) -> Progress {
    ReplyReader::new().feed(bytes)
}

#[test]
fn every_kind_of_reply_ends_at_its_end() {
    for reply in [
        "+OK\r\n",
        "+\r\n",
        ":1000\r\n",
        ":-9223372036854775808\r\n",
        ":+7\r\n",
        "$5\r\nhe\r\no\r\n",
        "$0\r\n\r\n",
        "$-1\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2\r\n$1\r\na\r\n:1\r\n",
        "*3\r\n*1\r\n+a\r\n*0\r\n*2\r\n$-1\r\n-ERR inside\r\n",
    ] {
        let done = Progress::Done { consumed: reply.len(), error: false };
        let followed = format!("{reply}+NEXT\r\n");
        assert_eq!(read(followed.as_bytes()), done, "{reply:?}");
    }
}

#[test]
fn only_an_error_at_the_top_is_a_failed_request() {
    assert_eq!(read(b"-ERR no\r\n"), Progress::Done { consumed: 9, error: true });
    assert_eq!(read(b"*1\r\n-E\r\n"), Progress::Done { consumed: 8, error: false });
    let mut reader = ReplyReader::new();
    reader.feed(b"-ERR no\r\n");
    assert_eq!(reader.feed(b"+OK\r\n"), Progress::Done { consumed: 5, error: false });
}

#[test]
fn what_is_no_reply_is_refused() {
    for (bytes, error) in [
        ("HTTP/1.1 200 OK\r\n", RespError::Kind(b'H')),
        ("%1\r\n", RespError::Kind(b'%')),
        ("+a\n", RespError::Ending),
        ("+a\rb", RespError::Ending),
        ("$3\r\nabcd\r\n", RespError::Ending),
        ("$\r\n", RespError::Number),
        ("$-2\r\n", RespError::Number),
        ("$+2\r\n", RespError::Number),
        (":+-2\r\n", RespError::Number),
        (":1.5\r\n", RespError::Number),
        (":9223372036854775808\r\n", RespError::Number),
        (":000000000000000000000000\r\n", RespError::Number),
        ("$536870913\r\n", RespError::TooLarge),
        ("*1048577\r\n", RespError::TooLarge),
    ] {
        assert_eq!(read(bytes.as_bytes()), Progress::Invalid(error), "{bytes:?}");
    }
    assert_eq!(read(&b"*1\r\n".repeat(40)), Progress::Invalid(RespError::TooLarge));
    assert_eq!(read(&b"+aaaaaaa".repeat(10_000)), Progress::Invalid(RespError::TooLarge));
}

fn any_reply() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        "[a-zA-Z0-9 ]{0,20}".prop_map(|text| format!("+{text}\r\n").into_bytes()),
        "[a-zA-Z0-9 ]{0,20}".prop_map(|text| format!("-{text}\r\n").into_bytes()),
        any::<i64>().prop_map(|number| format!(":{number}\r\n").into_bytes()),
        Just(b"$-1\r\n".to_vec()),
        Just(b"*-1\r\n".to_vec()),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| {
            [format!("${}\r\n", bytes.len()).as_bytes(), &bytes, b"\r\n"].concat()
        }),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop::collection::vec(inner, 0..5).prop_map(|elements| {
            [format!("*{}\r\n", elements.len()).into_bytes(), elements.concat()].concat()
        })
    })
}

/// Feeds pieces of the given sizes, over and over.
fn fed(bytes: &[u8], sizes: &[usize]) -> (Vec<usize>, bool) {
    let (mut reader, mut at, mut ends) = (ReplyReader::new(), 0, Vec::new());
    let mut sizes = sizes.iter().cycle();
    while at < bytes.len() {
        let size = sizes.next().copied().unwrap_or(1).min(bytes.len() - at);
        match reader.feed(&bytes[at..at + size]) {
            Progress::NeedMore => at += size,
            Progress::Done { consumed, .. } => {
                assert!(consumed > 0 && consumed <= size);
                at += consumed;
                ends.push(at);
            }
            Progress::Invalid(_) => return (ends, false),
        }
    }
    (ends, true)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        rng_seed: proptest::test_runner::RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn replies_end_at_the_same_places_however_they_are_split(
        replies in prop::collection::vec(any_reply(), 1..5),
        sizes in prop::collection::vec(1..30usize, 1..8),
    ) {
        let ends: Vec<_> = replies
            .iter()
            .scan(0, |sum, reply| { *sum += reply.len(); Some(*sum) })
            .collect();
        let bytes = replies.concat();
        prop_assert_eq!(fed(&bytes, &sizes), (ends.clone(), true));
        prop_assert_eq!(fed(&bytes, &[bytes.len()]), (ends, true));
    }

    #[test]
    fn any_bytes_are_read_or_refused_alike_however_they_are_split(
        bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b"+-:$*0123\r\n".to_vec())], 1..200),
        sizes in prop::collection::vec(1..10usize, 1..8),
    ) {
        prop_assert_eq!(fed(&bytes, &sizes), fed(&bytes, &[bytes.len()]));
    }

    #[test]
    fn a_reply_with_one_byte_changed_is_never_trouble(
        reply in any_reply(), at: prop::sample::Index, to: u8
    ) {
        let mut reply = reply;
        let at = at.index(reply.len());
        reply[at] = to;
        fed(&reply, &[3]);
    }
}
