use std::sync::mpsc::{self, Receiver};
use std::thread;

fn work(cancelled: Receiver<()>) -> &'static str {
    // A dropped sender ends the wait as well as a message does.
    let _ = cancelled.recv();
    "shutting down"
}

fn main() {
    let (cancel, cancelled) = mpsc::channel();
    let worker = thread::spawn(|| work(cancelled));
    drop(cancel);
    println!("{:?}", worker.join());
}
