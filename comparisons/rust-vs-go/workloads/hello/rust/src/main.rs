//! Prints a greeting: the least program that does something one can see.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match writeln!(io::stdout(), "hello, world") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("hello: stdout: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
