//! The `evenhand` program: reads the command line, asks the other crates, and
//! is the only one that prints. Results go to standard output, all else to
//! standard error.

mod arguments;
mod commands;
mod conceal;
mod contest;
mod failure;
mod folders;
mod interrupt;
mod keeper;
mod live;
mod output;
mod progress;
mod verdicts;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    launch::enter();
    load::enter();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no failure of ours.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match arguments.command {
        Command::Verify(arguments) => commands::verify::run(&arguments),
        Command::Check(arguments) => commands::check::run(&arguments),
        Command::Compare(arguments) => commands::compare::run(&arguments),
        Command::Decide(arguments) => commands::decide::run(&arguments),
        Command::Load(arguments) => commands::load::run(&arguments),
        Command::Show(arguments) => commands::show::run(&arguments),
        Command::History(arguments) => commands::history::run(&arguments),
        Command::Doctor(arguments) => commands::doctor::run(&arguments),
        Command::Pack(arguments) => commands::pack::run(&arguments),
    };
    match done {
        Ok(exit) => exit.code(),
        Err(failure) => {
            failure.print();
            failure.kind.exit().code()
        }
    }
}
