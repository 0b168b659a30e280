use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// Stands for a library that is not made for threads: it reads, works, and writes.
#[derive(Default)]
struct Register {
    count: AtomicU32,
}

impl Register {
    fn add(&self) {
        let count = self.count.load(Ordering::Relaxed);
        thread::sleep(Duration::from_millis(1));
        self.count.store(count + 1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Shop {
    /// Held while the register is used.
    turn: Mutex<()>,
    register: Register,
}

impl Shop {
    fn sell(&self) {
        let _ = self.turn.lock().unwrap();
        self.register.add();
    }
}

fn run(customers: &str) -> String {
    let Ok(customers) = customers.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let shop = Shop::default();
    thread::scope(|scope| {
        for _ in 0..customers {
            scope.spawn(|| shop.sell());
        }
    });
    format!("{} sold", shop.register.count.load(Ordering::Relaxed))
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
