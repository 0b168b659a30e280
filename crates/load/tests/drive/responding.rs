//! The bare responder as a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use load::responder::{RESPONDER_ROLE, ResponderOptions};

/// It ends with the test.
pub(crate) struct Responding {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Responding {
    pub(crate) fn with(options: &ResponderOptions) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_evenhand-load"))
            .arg(RESPONDER_ROLE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let line = serde_json::to_string(options).expect("options are JSON");
        writeln!(process.stdin.as_mut().expect("a pipe"), "{line}").expect("it reads its options");
        let mut port = String::new();
        BufReader::new(process.stdout.take().expect("a pipe"))
            .read_line(&mut port)
            .expect("its port");
        let port: u16 = port.trim().parse().expect("a port");
        Self { process, address: ([127, 0, 0, 1], port).into() }
    }

    pub(crate) fn pid(&self) -> i32 {
        self.process.id().try_into().expect("a pid")
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it has ended");
    }
}

impl Drop for Responding {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
