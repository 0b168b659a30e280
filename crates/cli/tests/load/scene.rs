//! A folder for results, and servers to ask.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

use crate::ran::Ran;

/// A home of one's own.
pub(crate) struct Scene {
    folder: TempDir,
}

impl Ran {
    /// The result as JSON of a drive with right answers. On a busy machine the generator may have been
    /// late: then it has to say so, and the exit code too.
    pub(crate) fn measured(&self) -> Value {
        let json: Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|_| panic!("{}: {}\n{}", self.code, self.stdout, self.stderr));
        assert!(json["counts"]["right"].as_u64().unwrap() > 0, "{json}");
        let reasons = json["invalid_because"].as_array().unwrap().len();
        assert_eq!(json["valid"], reasons == 0, "{json}");
        assert_eq!(self.code, if reasons == 0 { 0 } else { 3 }, "{json}");
        json
    }

    /// The result as JSON of a drive without one.
    pub(crate) fn nothing(&self) -> Value {
        assert_eq!(self.code, 3, "{}\n{}", self.stdout, self.stderr);
        let json: Value = serde_json::from_str(&self.stdout).unwrap();
        assert_eq!(
            (&json["counts"]["right"], &json["valid"]),
            (&0.into(), &false.into()),
            "{json}"
        );
        json
    }
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> &Self {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    /// `evenhand` with these arguments, the scene's folder as the current one.
    pub(crate) fn evenhand(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evenhand"));
        command.args(args).current_dir(self.folder.path()).env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&mut self.evenhand(args))
    }

    /// `load` for a second at a rate that any server keeps, as JSON, without a look at the generator.
    pub(crate) fn load(&self, url: &str, more: &[&str]) -> Ran {
        let mut args = vec!["load", url, "--format", "json", "--seed", "7"];
        for (flag, value) in [("--rate", "100"), ("--for", "1s"), ("--warm-up", "200ms")] {
            if !more.contains(&flag) {
                args.extend([flag, value]);
            }
        }
        if !more.contains(&"--self-check") {
            args.push("--no-self-check");
        }
        self.run(&[args.as_slice(), more].concat())
    }
}

/// A server that is ended with the test.
pub(crate) struct Server {
    pub(crate) port: u16,
    /// The process, if it is one of its own.
    child: Option<Child>,
}

impl Server {
    /// The generator's own responder, told how to answer in JSON.
    pub(crate) fn responder(options: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_evenhand"))
            .arg(load::responder::RESPONDER_ROLE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.as_mut().unwrap(), "{options}").unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self { port: line.trim().parse().unwrap(), child: Some(child) }
    }

    /// One that answers `hello` at once.
    pub(crate) fn hello() -> Self {
        Self::responder(&options("hello", 0, 0))
    }

    /// One that stops for so many milliseconds each second.
    pub(crate) fn stalling(milliseconds: u32) -> Self {
        Self::responder(&options("hello", 0, milliseconds))
    }

    /// Threads of this test that read a request and do as told, again and again.
    pub(crate) fn of(answer: fn(&mut TcpStream)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || converse(stream, answer));
            }
        });
        Self { port, child: None }
    }

    /// Where it listens.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Its process.
    pub(crate) fn pid(&self) -> String {
        self.child.as_ref().map(|child| child.id().to_string()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            drop(child.stdin.take());
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// How a responder answers, as it is told.
pub(crate) fn options(body: &str, delay_ms: u32, stall_ms: u32) -> String {
    let duration =
        |ms: u32| format!("{{\"secs\":{},\"nanos\":{}}}", ms / 1000, ms % 1000 * 1_000_000);
    let stall = match stall_ms {
        0 => "null".to_owned(),
        ms => format!("{{\"every\":{},\"lasting\":{}}}", duration(1000), duration(ms)),
    };
    let body = serde_json::to_string(body).unwrap();
    format!(
        "{{\"body\":{body},\"delay\":{},\"stall\":{stall},\"processor\":null}}",
        duration(delay_ms)
    )
}

/// Reads heads of requests until there are none; `answer` decides.
fn converse(mut stream: TcpStream, answer: fn(&mut TcpStream)) {
    let mut head = Vec::new();
    let mut byte = [0];
    while stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
        if head.ends_with(b"\r\n\r\n") {
            head.clear();
            answer(&mut stream);
        }
    }
}
