use std::sync::Mutex;

struct Counts {
    left: i32,
    ordered: i32,
}

impl Counts {
    fn order(&mut self, n: i32) {
        self.ordered += n;
    }
}

struct Stock {
    counts: Mutex<Counts>,
}

impl Stock {
    fn take(&self, n: i32) {
        let mut counts = self.counts.lock().unwrap();
        counts.left -= n;
        if counts.left < 5 {
            counts.order(20);
        }
    }

    fn describe(&self) -> String {
        let counts = self.counts.lock().unwrap();
        format!("{} left, {} ordered", counts.left, counts.ordered)
    }
}

fn run(pieces: &str) -> String {
    let n = match pieces.parse() {
        Ok(n) => n,
        Err(err) => return format!("{err}"),
    };
    let stock = Stock { counts: Mutex::new(Counts { left: 10, ordered: 0 }) };
    stock.take(n);
    stock.describe()
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
