use std::sync::mpsc;
use std::thread;

fn run(sizes: &str) -> String {
    let sources: Vec<&str> = sizes.split_whitespace().collect();
    let last = sources.len() - 1;
    let (rows, received) = mpsc::channel();
    let count = thread::scope(|s| {
        for (i, size) in sources.iter().enumerate() {
            s.spawn(move || {
                for row in 0..size.parse().unwrap_or(0) {
                    rows.send(row).unwrap();
                }
                if i == last {
                    drop(rows);
                }
            });
        }
        received.iter().count()
    });
    format!("{count} rows")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
