//! The lane of what has spoiled: every line that says something is written off.

use std::error::Error;

use stock::{Lane, Sum};

#[derive(Debug, Default)]
pub struct Bin {
    lines: i64,
    bytes: usize,
}

impl Lane for Bin {
    fn number(&self) -> u64 {
        1_000_000
    }

    fn take(&mut self, line: &str) -> Result<(), Box<dyn Error>> {
        if line.trim().is_empty() {
            return Err("nothing is on the line".into());
        }
        self.lines += 1;
        self.bytes += line.len();
        Ok(())
    }

    fn sum(&self) -> Sum {
        let mut sum = Sum::default();
        sum.number(self.lines);
        sum.number(self.bytes as i64);
        sum
    }
}
