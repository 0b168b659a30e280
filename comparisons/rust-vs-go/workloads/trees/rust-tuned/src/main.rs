//! Builds, sums and drops binary trees while other trees stay alive and change.
//!
//! The nodes of trees that go together lie in one arena, linked by index: no node is allocated, and
//! none is freed.

mod arena;
mod keys;
mod recent;

use std::env;
use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::str::FromStr;

use crate::arena::{Arena, nodes_of};
use crate::keys::Keys;
use crate::recent::Recent;

const USAGE: &str = "usage: trees DEPTH LIVE_DEPTH SEED";
const SMALLEST_DEPTH: u32 = 4;
const LARGEST_DEPTH: u32 = 24;

struct Sizes {
    depth: u32,
    live_depth: u32,
    seed: u64,
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let sizes = match parse(&args) {
        Ok(sizes) => sizes,
        Err(fault) => {
            eprintln!("trees: {fault}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&sizes) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("trees: stdout: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn parse(args: &[String]) -> Result<Sizes, String> {
    let [depth, live_depth, seed] = args else {
        return Err(format!("3 arguments are needed, not {}", args.len()));
    };
    Ok(Sizes {
        depth: number("DEPTH", depth, SMALLEST_DEPTH..=LARGEST_DEPTH)?,
        live_depth: number("LIVE_DEPTH", live_depth, 0..=LARGEST_DEPTH)?,
        seed: number("SEED", seed, 0..=u64::MAX)?,
    })
}

fn number<T>(name: &str, text: &str, range: RangeInclusive<T>) -> Result<T, String>
where
    T: FromStr + PartialOrd + Display,
{
    match text.parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => Err(format!(
            "{name} must be a whole number from {} to {}, not {text:?}",
            range.start(),
            range.end()
        )),
    }
}

fn run(sizes: &Sizes) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut keys = Keys::new(sizes.seed);

    let mut long_lived = Arena::with_room_for(nodes_of(sizes.live_depth));
    let live = long_lived.build(sizes.live_depth, &mut keys);
    let mut recent = Recent::new(1 << sizes.live_depth, &mut keys);

    let stretch_depth = sizes.depth + 1;
    let mut short_lived = Arena::with_room_for(nodes_of(stretch_depth));
    let stretch = short_lived.build(stretch_depth, &mut keys);
    let checksum = short_lived.checksum(stretch);
    writeln!(out, "stretch depth {stretch_depth} checksum {checksum}")?;

    for depth in (SMALLEST_DEPTH..=sizes.depth).step_by(4) {
        let trees = 1_u64 << (sizes.depth - depth + SMALLEST_DEPTH);
        let mut sum = 0_u64;
        for _ in 0..trees {
            short_lived.clear();
            let tree = short_lived.build(depth, &mut keys);
            sum = sum.wrapping_add(short_lived.checksum(tree));
            recent.push(keys.next());
        }
        writeln!(out, "short depth {depth} trees {trees} checksum {sum}")?;
    }

    let checksum = long_lived.checksum(live);
    writeln!(out, "live depth {} checksum {checksum}", sizes.live_depth)?;
    let (height, checksum) = (recent.height(), recent.checksum());
    writeln!(out, "recent height {height} checksum {checksum}")?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(args: [&str; 3]) -> Option<String> {
        parse(&args.map(String::from)).err()
    }

    #[test]
    fn an_argument_out_of_range_is_named() {
        assert_eq!(fault(["16", "0", "18446744073709551615"]), None);
        assert_eq!(
            fault(["3", "16", "1"]).unwrap(),
            "DEPTH must be a whole number from 4 to 24, not \"3\""
        );
        assert_eq!(
            fault(["16", "x", "1"]).unwrap(),
            "LIVE_DEPTH must be a whole number from 0 to 24, not \"x\""
        );
    }
}
