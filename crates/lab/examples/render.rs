//! Makes every generated program of a comparison and prints `WORKLOAD SIDE FOLDER` for each, so
//! that they can be formatted, checked and built by hand like those that are written out.
//!
//! `cargo run -p lab --example render -- comparisons/rust-vs-go [FOLDER]`
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = args.next().ok_or("usage: render COMPARISON [FOLDER]")?;
    let cache = args.next().unwrap_or_else(|| PathBuf::from("target"));
    let cache = std::path::absolute(cache)?;
    let read = pack::read(Path::new(&folder), None);
    let comparison = read.map_err(|faults| format!("{}: {faults:?}", folder.display()))?;
    let comparison = lab::generated(&comparison, &cache)?;
    for workload in comparison.workloads.values().filter(|known| known.generate.is_some()) {
        for program in &workload.programs {
            println!("{} {} {}", workload.id, program.side, program.folder.display());
        }
    }
    Ok(())
}
