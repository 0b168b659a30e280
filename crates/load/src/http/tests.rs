//! Answers split anywhere, heads of every kind, and noise.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::{Answer, Cut, Fed, Garbage};

/// What became of a stream of bytes that then ended.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Whole { status: u16, keeps_alive: bool, digest: Option<[u8; 32]>, used: usize },
    Garbage,
    Early,
}

/// Feeds pieces until the answer is whole, then the end.
fn read<'a>(head_only: bool, pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let mut answer = Answer::new();
    answer.begin(head_only, true);
    let mut before = 0;
    for piece in pieces {
        match answer.feed(piece) {
            Ok(Fed::More) => before += piece.len(),
            Ok(Fed::Whole { used }) => return whole(&mut answer, before + used),
            Err(Garbage) => return Outcome::Garbage,
        }
    }
    match answer.end() {
        Ok(()) => whole(&mut answer, before),
        Err(Cut::Early) => Outcome::Early,
        Err(Cut::Garbage) => Outcome::Garbage,
    }
}

fn whole(answer: &mut Answer, used: usize) -> Outcome {
    let (status, keeps_alive) = (answer.status(), answer.keeps_alive());
    Outcome::Whole { status, keeps_alive, digest: answer.digest(), used }
}

fn read_all(bytes: &[u8]) -> Outcome {
    read(false, [bytes])
}

fn right(status: u16, keeps_alive: bool, body: &[u8], used: usize) -> Outcome {
    Outcome::Whole { status, keeps_alive, digest: Some(Sha256::digest(body).into()), used }
}

#[test]
fn a_body_of_known_length_ends_there_and_the_rest_is_somebody_elses() {
    let bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200";
    assert_eq!(read_all(bytes), right(200, true, b"hello", 43));
}

#[test]
fn a_chunked_body_is_what_is_in_its_chunks() {
    let bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n\
        5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nTrailer: x\r\n\r\n";
    assert_eq!(read_all(bytes), right(200, true, b"hello world", bytes.len()));
}

#[test]
fn a_chunk_of_no_size_is_garbage() {
    for chunk in ["\r\n", "x\r\n", "5\nhello", "10000000000000000\r\n", "2\r\nabc\r\n"] {
        let bytes = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}");
        assert_eq!(read_all(bytes.as_bytes()), Outcome::Garbage, "{chunk:?}");
    }
}

#[test]
fn a_body_without_a_length_ends_with_the_connection() {
    let bytes = b"HTTP/1.1 200 OK\r\n\r\nhello";
    assert_eq!(read_all(bytes), right(200, false, b"hello", bytes.len()));
}

#[test]
fn a_body_that_is_cut_short_is_no_answer() {
    assert_eq!(read_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"), Outcome::Early);
    assert_eq!(read_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), Outcome::Early);
    assert_eq!(read_all(b"HTTP/1.1 20"), Outcome::Early);
    assert_eq!(read_all(b""), Outcome::Early);
}

#[test]
fn answers_without_a_body_have_none_whatever_they_say() {
    let says = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
    for status in [204, 304] {
        let bytes = format!("HTTP/1.1 {status} X\r\n{says}");
        assert_eq!(read_all(bytes.as_bytes()), right(status, true, b"", bytes.len()));
    }
    let bytes = format!("HTTP/1.1 200 OK\r\n{says}");
    assert_eq!(read(true, [bytes.as_bytes()]), right(200, true, b"", bytes.len()));
}

#[test]
fn interim_answers_are_not_the_answer() {
    let bytes = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n\
        HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(read_all(bytes), right(201, true, b"", bytes.len()));
    let switching = b"HTTP/1.1 101 Switching Protocols\r\n\r\n";
    assert_eq!(read_all(switching), right(101, false, b"", switching.len()));
}

#[test]
fn a_connection_is_kept_as_its_version_and_header_say() {
    let keeps = |version: &str, connection: &str| {
        let bytes = format!("HTTP/{version} 200 OK\r\n{connection}Content-Length: 0\r\n\r\n");
        match read_all(bytes.as_bytes()) {
            Outcome::Whole { keeps_alive, .. } => keeps_alive,
            other => panic!("{other:?}"),
        }
    };
    assert!(keeps("1.1", ""));
    assert!(!keeps("1.1", "Connection: Close\r\n"));
    assert!(!keeps("1.1", "Connection: keep-alive, close\r\n"));
    assert!(!keeps("1.0", ""));
    assert!(keeps("1.0", "Connection: Keep-Alive\r\n"));
}

#[test]
fn lengths_that_contradict_each_other_are_garbage() {
    let with = |headers: &str| read_all(format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes());
    assert_eq!(with("Content-Length: 1\r\nContent-Length: 2\r\n"), Outcome::Garbage);
    assert_eq!(with("Content-Length: -1\r\n"), Outcome::Garbage);
    assert_eq!(with("Content-Length: 99999999999999999999\r\n"), Outcome::Garbage);
    assert_eq!(with("Content-Length: \r\n"), Outcome::Garbage);
}

#[test]
fn a_head_without_end_is_garbage_at_64_kib() {
    let mut answer = Answer::new();
    answer.begin(false, false);
    let mut fed = 0;
    let mut piece = b"HTTP/1.1 200 OK\r\nX: ".to_vec();
    while answer.feed(&piece).is_ok() {
        fed += piece.len();
        piece = vec![b'a'; 1000];
        assert!(fed <= 64 * 1024);
    }
    assert!(fed > 60 * 1024);
}

#[test]
fn garbage_is_told_at_once() {
    let mut answer = Answer::new();
    answer.begin(false, false);
    assert_eq!(answer.feed(b"SSH-2.0"), Err(Garbage));
}

fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z-]{1,12}: [ -~]{0,40}",
        (0..40_u32).prop_map(|n| format!("Content-Length: {n}")),
        Just("Transfer-Encoding: chunked".to_owned()),
        Just("Connection: close".to_owned()),
        Just("Connection: keep-alive".to_owned()),
    ]
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let chunk = prop::collection::vec(any::<u8>(), 1..40).prop_map(|data| {
        let mut chunk = format!("{:x}\r\n", data.len()).into_bytes();
        chunk.extend(data);
        chunk.extend(b"\r\n");
        chunk
    });
    let chunks = prop::collection::vec(chunk, 0..4).prop_map(|chunks| {
        let mut body = chunks.concat();
        body.extend(b"0\r\n\r\n");
        body
    });
    prop_oneof![prop::collection::vec(any::<u8>(), 0..100), chunks]
}

/// Something like an answer, seldom a right one.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let head = (
        prop_oneof![Just(200_u16), Just(204), Just(100), Just(101), 0..1000_u16],
        prop::collection::vec(header(), 0..5),
    );
    let answer = (head, body()).prop_map(|((status, headers), body)| {
        let mut bytes = format!("HTTP/1.1 {status} X\r\n").into_bytes();
        for header in headers {
            bytes.extend(header.as_bytes());
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"\r\n");
        bytes.extend(body);
        bytes
    });
    let answer = answer.boxed();
    let damaged = (answer.clone(), any::<prop::sample::Index>(), any::<u8>()).prop_map(
        |(mut bytes, place, byte)| {
            let place = place.index(bytes.len());
            bytes[place] = byte;
            bytes
        },
    );
    prop_oneof![answer, damaged, prop::collection::vec(any::<u8>(), 0..300)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn an_answer_is_the_same_however_it_is_split(
        bytes in stream(),
        head_only: bool,
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
        let whole = read(head_only, [bytes.as_slice()]);
        prop_assert_eq!(&read(head_only, pieces), &whole);
        prop_assert_eq!(&read(head_only, bytes.chunks(1)), &whole);
    }
}
