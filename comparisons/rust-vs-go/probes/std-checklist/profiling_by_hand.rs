use std::time::Instant;

fn main() {
    let started = Instant::now();
    let total: u64 = (0..10_000_000u64).map(|n| n % 7).sum();
    println!("one figure: {total} {:?}", started.elapsed());
}
