use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

fn main() {
    let hits = AtomicU64::new(0);
    thread::scope(|s| {
        s.spawn(|| hits.fetch_add(1, Ordering::Relaxed));
        s.spawn(|| hits.fetch_add(1, Ordering::Relaxed));
    });
    println!("{}", hits.load(Ordering::Relaxed));
}
