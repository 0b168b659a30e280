use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

fn upload() {
    thread::sleep(Duration::from_millis(200));
}

fn run(parts: &str) -> String {
    let Ok(n) = parts.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let sent = AtomicU32::new(0);
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                upload();
                sent.fetch_add(1, Ordering::Relaxed);
            });
        }
    });
    format!("{} of {n} sent", sent.load(Ordering::Relaxed))
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
