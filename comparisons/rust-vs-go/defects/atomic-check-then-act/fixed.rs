use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

const SEATS: u32 = 10;

struct Hall {
    free: AtomicU32,
    sold: AtomicU32,
}

impl Hall {
    fn sell(&self) -> bool {
        let mut free = self.free.load(Ordering::SeqCst);
        loop {
            let Some(left) = free.checked_sub(1) else {
                return false;
            };
            match self.free.compare_exchange(free, left, Ordering::SeqCst, Ordering::SeqCst) {
                Ok(_) => break,
                Err(now) => free = now,
            }
        }
        thread::sleep(Duration::from_millis(1)); // the payment
        self.sold.fetch_add(1, Ordering::SeqCst);
        true
    }
}

fn run(desks: &str) -> String {
    let Ok(n) = desks.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let hall = Hall { free: AtomicU32::new(SEATS), sold: AtomicU32::new(0) };
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| while hall.sell() {});
        }
    });
    format!("{} of {SEATS} seats sold", hall.sold.into_inner())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
