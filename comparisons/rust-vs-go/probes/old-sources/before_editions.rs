use std::collections::HashMap;
use std::fmt;

struct Tally {
    counts: HashMap<String, usize>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut words: Vec<_> = self.counts.iter().collect();
        words.sort();
        for (word, count) in words {
            write!(f, "{} {} ", word, count)?;
        }
        Ok(())
    }
}

fn main() {
    let mut tally = Tally { counts: HashMap::new() };
    for word in "own lend own".split(' ') {
        *tally.counts.entry(word.to_string()).or_insert(0) += 1;
    }
    println!("{}", tally);
}
