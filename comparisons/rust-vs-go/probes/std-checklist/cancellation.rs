use std::sync::mpsc::{self, Receiver};
use std::thread;

fn work(cancelled: Receiver<&'static str>) -> &'static str {
    // A dropped sender ends the wait as well as a message does.
    cancelled.recv().unwrap_or("dropped")
}

fn main() {
    let (cancel, cancelled) = mpsc::channel();
    let worker = thread::spawn(|| work(cancelled));
    let _ = cancel.send("shutting down");
    println!("{}", worker.join().expect("the worker ends"));
}
