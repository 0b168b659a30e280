//! Appends trials to a store until it is killed, and with each an answer, a
//! side effect and a program. Takes the store's path and a run's id; prints how
//! many of each have been accepted after each round. With
//! `--count` instead of an id it only reads, and prints how many trials the
//! newest run has.

#[path = "../sample.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod sample;

use std::error::Error;
use std::io::{Write, stdout};
use std::path::PathBuf;

use store::Store;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("usage: append_for_ever STORE RUN".into());
    };
    let path = PathBuf::from(path);
    if id == "--count" {
        let runs = Store::open_for_reading(&path)?.runs()?;
        writeln!(stdout(), "{}", runs.first().map_or(0, |run| run.trials))?;
        return Ok(());
    }
    let run = sample::run(&id);
    let mut store = Store::open(&path)?;
    store.begin_run(&run)?;
    for block in 0.. {
        store.append_trial(&run.id, &sample::trial(block))?;
        store.append_answer(&run.id, &sample::answer(block))?;
        store.append_effect(&run.id, &sample::effect(block))?;
        store.append_program(&run.id, &sample::program(block))?;
        writeln!(stdout(), "{}", block + 1)?;
    }
    Ok(())
}
