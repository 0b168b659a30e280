use std::sync::{Arc, Mutex, mpsc};
use std::thread;

fn main() {
    let total = Arc::new(Mutex::new(0));
    let (sender, receiver) = mpsc::channel();
    let workers: Vec<_> = (1..=4)
        .map(|n| {
            let (sender, total) = (sender.clone(), Arc::clone(&total));
            thread::spawn(move || {
                *total.lock().unwrap() += n;
                sender.send(n * n).unwrap();
            })
        })
        .collect();
    drop(sender);
    let squares: i32 = receiver.iter().sum();
    workers.into_iter().for_each(|w| w.join().unwrap());
    println!("total {} squares {squares}", total.lock().unwrap());
}
