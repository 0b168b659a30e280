use std::thread;
use std::time::Duration;

fn run(desks: &str) -> String {
    let Ok(n) = desks.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let mut written = 0;
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..5 {
                    let number = written + 1;
                    thread::sleep(Duration::from_millis(1)); // the invoice is written
                    written = number;
                }
            });
        }
    });
    format!("invoices: {written}")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
