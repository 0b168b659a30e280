use std::cell::UnsafeCell;
use std::thread;
use std::time::Duration;

struct Counter(UnsafeCell<u32>);

// SAFETY: a u32 is read and written in one piece.
unsafe impl Sync for Counter {}

impl Counter {
    fn get(&self) -> u32 {
        // SAFETY: no reference to the number leaves this function.
        unsafe { *self.0.get() }
    }

    fn set(&self, number: u32) {
        // SAFETY: no reference to the number leaves this function.
        unsafe { *self.0.get() = number }
    }
}

fn run(desks: &str) -> String {
    let Ok(n) = desks.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let written = Counter(UnsafeCell::new(0));
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..5 {
                    let number = written.get() + 1;
                    thread::sleep(Duration::from_millis(1)); // the invoice is written
                    written.set(number);
                }
            });
        }
    });
    format!("invoices: {}", written.get())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
