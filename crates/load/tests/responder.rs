//! The responder answers every request once, and late or not at all only when told to.

use std::io::{BufRead, BufReader, PipeWriter, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use load::responder::{RESPONDER_ROLE, Responder, ResponderOptions, Served, Stall};

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn a_process_answers_until_its_stdin_is_closed() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_evenhand-load"))
        .arg(RESPONDER_ROLE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    let mut stdout = BufReader::new(process.stdout.take().unwrap()).lines();
    let options = serde_json::to_string(&of_body("own")).unwrap();
    writeln!(stdin, "{options}").unwrap();
    let port: u16 = stdout.next().unwrap().unwrap().parse().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(GET).unwrap();
    read(&mut stream, 1, "own");
    drop(stdin);
    let served: Served = serde_json::from_str(&stdout.next().unwrap().unwrap()).unwrap();
    assert_eq!(served, Served { connections: 1, requests: 1, refused: 0 });
    assert!(process.wait().unwrap().success());
}

/// A responder in a thread until it is stopped.
struct Running {
    address: SocketAddr,
    stop: PipeWriter,
    thread: JoinHandle<Served>,
}

impl Running {
    fn with(options: &ResponderOptions) -> Self {
        let (stopped, stop) = std::io::pipe().expect("a pipe");
        let responder = Responder::bind(options).expect("a port");
        let address = responder.address();
        let serve = move || responder.serve_until(stopped).expect("served to the end");
        Self { address, stop, thread: std::thread::spawn(serve) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream
    }

    fn stop(self) -> Served {
        drop(self.stop);
        self.thread.join().expect("no panic")
    }
}

fn of_body(body: &str) -> ResponderOptions {
    ResponderOptions { body: body.to_owned(), ..ResponderOptions::default() }
}

fn answer_of(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: {length}\r\n\r\n{body}")
}

fn read(stream: &mut TcpStream, answers: usize, body: &str) {
    let meant = answer_of(body).repeat(answers);
    let mut came = vec![0; meant.len()];
    stream.read_exact(&mut came).expect("an answer");
    assert!(came == meant.as_bytes(), "another answer than meant");
}

#[test]
fn a_connection_is_kept_for_the_next_request() {
    let running = Running::with(&of_body("hello"));
    let mut stream = running.connect();
    for _ in 0..100 {
        stream.write_all(GET).unwrap();
        read(&mut stream, 1, "hello");
    }
    assert_eq!(running.stop(), Served { connections: 1, requests: 100, refused: 0 });
}

#[test]
fn requests_may_come_in_any_pieces_and_with_a_body() {
    let running = Running::with(&of_body("x"));
    let mut stream = running.connect();
    let post = b"POST /items HTTP/1.1\r\nhost: a\r\nContent-Length: 11\r\n\r\nhello world";
    let both = [post, GET, post].concat();
    for size in [1, 2, 7, 50, 1_000] {
        for piece in both.chunks(size) {
            stream.write_all(piece).unwrap();
            // Together they would be one piece.
            std::thread::sleep(Duration::from_micros(200));
        }
        read(&mut stream, 3, "x");
    }
    assert_eq!(running.stop().requests, 15);
}

#[test]
fn many_connections_are_answered_side_by_side() {
    let running = Running::with(&of_body("x"));
    let mut streams: Vec<_> = (0..200).map(|_| running.connect()).collect();
    for stream in &mut streams {
        stream.write_all(GET).unwrap();
    }
    for stream in &mut streams {
        read(stream, 1, "x");
    }
    assert_eq!(running.stop(), Served { connections: 200, requests: 200, refused: 0 });
}

#[test]
fn a_client_that_wants_to_close_is_closed_after_its_answer() {
    let running = Running::with(&of_body("bye"));
    let mut stream = running.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let mut came = String::new();
    stream.read_to_string(&mut came).unwrap();
    assert_eq!(came, answer_of("bye"));
    assert_eq!(running.stop().requests, 1);
}

#[test]
fn an_answer_larger_than_a_socket_holds_comes_whole() {
    let body = "0123456789".repeat(1_000_000);
    let running = Running::with(&of_body(&body));
    let mut stream = running.connect();
    for _ in 0..2 {
        stream.write_all(GET).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        read(&mut stream, 1, &body);
    }
    assert_eq!(running.stop().requests, 2);
}

#[test]
fn what_is_no_request_is_closed_without_an_answer() {
    let running = Running::with(&of_body("x"));
    for nonsense in [
        b"\x16\x03\x01\x02\0\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nx: y\r\n".repeat(5_000),
    ] {
        let mut stream = running.connect();
        // It may be closed before the last byte was written.
        let _ = stream.write_all(&nonsense);
        let mut came = Vec::new();
        let _ = stream.read_to_end(&mut came);
        assert!(came.is_empty());
    }
    assert_eq!(running.stop(), Served { connections: 3, requests: 0, refused: 3 });
}

#[test]
fn a_delayed_answer_comes_after_its_delay_and_not_to_another_client() {
    let delay = Duration::from_millis(30);
    let running = Running::with(&ResponderOptions { delay, ..of_body("late") });
    let mut gone = running.connect();
    gone.write_all(GET).unwrap();
    gone.shutdown(Shutdown::Both).unwrap();
    std::thread::sleep(delay / 3);
    let (mut stream, begun) = (running.connect(), Instant::now());
    stream.write_all(GET).unwrap();
    read(&mut stream, 1, "late");
    assert!(begun.elapsed() >= delay);
    assert_eq!(running.stop().requests, 1);
}

#[test]
fn it_stalls_when_told_and_only_then() {
    let stall = Stall { every: Duration::from_millis(250), lasting: Duration::from_millis(100) };
    let running = Running::with(&ResponderOptions { stall: Some(stall), ..of_body("x") });
    let mut stream = running.connect();
    let (begun, mut slow, mut all) = (Instant::now(), 0, 0);
    while begun.elapsed() < stall.every * 5 {
        let asked = Instant::now();
        stream.write_all(GET).unwrap();
        read(&mut stream, 1, "x");
        slow += u32::from(asked.elapsed() > stall.lasting / 2);
        all += 1;
    }
    assert!(slow >= 2 && all > 10 * slow, "{slow} of {all} were slow");
    running.stop();
}

#[test]
fn stalls_without_a_gap_are_refused() {
    let stall = Stall { every: Duration::from_secs(1), lasting: Duration::from_secs(1) };
    assert!(Responder::bind(&ResponderOptions { stall: Some(stall), ..of_body("x") }).is_err());
}
