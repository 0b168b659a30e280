use std::sync::mpsc;
use std::thread;

fn run(sizes: &str) -> String {
    let (rows, received) = mpsc::channel();
    let count = thread::scope(|s| {
        for size in sizes.split_whitespace() {
            let rows = rows.clone();
            s.spawn(move || {
                for row in 0..size.parse().unwrap_or(0) {
                    rows.send(row).unwrap();
                }
            });
        }
        drop(rows);
        received.iter().count()
    });
    format!("{count} rows")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
