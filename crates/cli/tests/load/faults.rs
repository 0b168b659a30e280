//! Servers that answer wrongly: each under its right name, no hang, and an exit
//! that a script can tell.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::{Scene, Server};

/// What a server does with a request.
type Answer = fn(&mut TcpStream);

/// The only error there is, and how often.
fn only(json: &Value, kind: &str) -> u64 {
    let errors = json["errors"].as_object().unwrap();
    assert_eq!(errors.len(), 9, "{json}");
    for (name, count) in errors {
        let found = count.as_u64().unwrap();
        assert_eq!(found > 0, name == kind, "{name}: {found} in {json}");
    }
    errors[kind].as_u64().unwrap()
}

fn send(stream: &mut TcpStream, text: &str) {
    // A generator that has gone away has given up as it should.
    let _ = stream.write_all(text.as_bytes());
}

fn unavailable(stream: &mut TcpStream) {
    send(stream, "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\nbusy");
}

fn garbage(stream: &mut TcpStream) {
    send(stream, "it is a nice day\r\n\r\n");
    let _ = stream.shutdown(Shutdown::Both);
}

fn half(stream: &mut TcpStream) {
    send(stream, "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
    let _ = stream.shutdown(Shutdown::Both);
}

fn silent(_: &mut TcpStream) {
    thread::sleep(Duration::from_secs(20));
}

#[test]
fn nobody_listens_is_refused_and_nothing_is_measured() {
    let scene = Scene::new();
    let gone = Server::hello();
    let url = gone.url("/");
    drop(gone);
    let json = scene.load(&url, &[]).nothing();
    let refused = only(&json, "refused");
    assert_eq!(refused, json["counts"]["intended"].as_u64().unwrap());
    let text = scene.run(&["load", &url, "--for", "1s", "--warm-up", "0", "--no-self-check"]);
    assert_eq!(text.code, 3);
    assert!(text.stdout.contains("nothing measured: "), "{}", text.stdout);
    assert!(text.stdout.contains("the server did not take the connection"), "{}", text.stdout);
}

#[test]
fn every_wrong_answer_has_its_name() {
    let scene = Scene::new();
    let cases: [(Answer, &str, &[&str]); 4] = [
        (unavailable, "status", &[]),
        (garbage, "parse", &[]),
        (half, "eof", &[]),
        (silent, "timeout", &["--timeout", "300ms", "--connections", "1000"]),
    ];
    for (answer, kind, more) in cases {
        let server = Server::of(answer);
        let json = scene.load(&server.url("/"), more).nothing();
        assert!(only(&json, kind) > 50, "{kind}: {json}");
    }
}

#[test]
fn a_status_that_is_expected_is_right() {
    let scene = Scene::new();
    let server = Server::of(unavailable);
    let json = scene.load(&server.url("/"), &["--expect-status", "503"]).measured();
    assert_eq!(json["errors"]["status"], 0, "{json}");
}

#[test]
fn another_body_than_the_golden_one_is_told() {
    let scene = Scene::new();
    let server = Server::hello();
    scene.write("golden", "hello").write("other", "hallo").write("numbered", "hello{n}");
    let right = scene.load(&server.url("/"), &["--golden", "golden"]).measured();
    assert_eq!(right["errors"]["body_mismatch"], 0);
    let wrong = scene.load(&server.url("/"), &["--golden", "other"]).nothing();
    assert!(only(&wrong, "body_mismatch") > 50);
    let url = server.url("/{n}");
    let numbered = ["--golden", "numbered", "--numbers", "3"];
    assert!(only(&scene.load(&url, &numbered).nothing(), "body_mismatch") > 50);
}
