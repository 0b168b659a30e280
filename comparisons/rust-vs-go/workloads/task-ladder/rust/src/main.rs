//! Starts many tasks or threads which all wait at once, releases them, and waits for each.
//!
//! What is measured is what one that waits costs: run it with two numbers, and the difference in
//! peak memory is that of the tasks alone.

mod tasks;
mod threads;

use std::env;
use std::process::ExitCode;

const USAGE: &str = "usage: task-ladder tasks|threads N";
const MOST: usize = 10_000_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Tasks,
    Threads,
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let (kind, n) = match parse(&args) {
        Ok(parsed) => parsed,
        Err(fault) => {
            eprintln!("task-ladder: {fault}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let done = match kind {
        Kind::Tasks => tasks::climb(n),
        Kind::Threads => threads::climb(n),
    };
    match done {
        Ok(done) => {
            println!("done {done}");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("task-ladder: {fault}");
            ExitCode::from(2)
        }
    }
}

fn parse(args: &[String]) -> Result<(Kind, usize), String> {
    let [kind, n] = args else {
        return Err(format!("2 arguments are needed, not {}", args.len()));
    };
    let kind = match kind.as_str() {
        "tasks" => Kind::Tasks,
        "threads" => Kind::Threads,
        _ => return Err(format!("the kind must be tasks or threads, not {kind:?}")),
    };
    match n.parse() {
        Ok(n) if (1..=MOST).contains(&n) => Ok((kind, n)),
        _ => Err(format!(
            "N must be a whole number from 1 to {MOST}, not {n:?}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: [&str; 2]) -> Result<(Kind, usize), String> {
        parse(&args.map(String::from))
    }

    #[test]
    fn a_bad_argument_is_named() {
        assert_eq!(parsed(["threads", "7"]), Ok((Kind::Threads, 7)));
        assert_eq!(
            parsed(["task", "7"]),
            Err("the kind must be tasks or threads, not \"task\"".into())
        );
        for n in ["0", "-1", "x", "10000001"] {
            let fault = parsed(["tasks", n]).unwrap_err();
            assert_eq!(
                fault,
                format!("N must be a whole number from 1 to 10000000, not {n:?}")
            );
        }
    }

    #[test]
    fn all_that_started_are_done() {
        for n in [1, 2, 300] {
            assert_eq!(tasks::climb(n).unwrap(), n);
            assert_eq!(threads::climb(n).unwrap(), n);
        }
    }
}
