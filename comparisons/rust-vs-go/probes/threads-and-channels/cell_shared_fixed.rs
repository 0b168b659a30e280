use std::sync::Mutex;
use std::thread;

fn main() {
    let log = Mutex::new(Vec::new());
    thread::scope(|s| {
        s.spawn(|| log.lock().unwrap().push("started"));
    });
    println!("{:?}", log.lock().unwrap());
}
