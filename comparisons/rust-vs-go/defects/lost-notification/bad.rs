use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::thread;

fn run(list: &str) -> String {
    let letters: Vec<&str> = list.split_whitespace().collect();

    let mailbox = Mutex::new(VecDeque::new());
    let arrived = Condvar::new();

    thread::scope(|s| {
        let mut inside = mailbox.lock().unwrap();
        s.spawn(|| {
            let mut inside = mailbox.lock().unwrap();
            for &letter in &letters {
                inside.push_back(letter);
                arrived.notify_one();
            }
        });

        let mut read = Vec::new();
        for _ in &letters {
            inside = arrived.wait(inside).unwrap();
            read.extend(inside.pop_front());
        }
        read.join(" ")
    })
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
