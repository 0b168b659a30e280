use std::thread;

use tally::Tally;

fn main() {
    let tally = Tally::default();
    thread::scope(|scope| {
        for amount in 1..=4 {
            let tally = &tally;
            scope.spawn(move || tally.add(amount));
        }
    });
    println!("{}", tally.total());
}
