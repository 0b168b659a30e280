use std::cell::RefCell;
use std::thread;

fn main() {
    let log = RefCell::new(Vec::new());
    thread::scope(|s| {
        s.spawn(|| log.borrow_mut().push("started"));
    });
    println!("{:?}", log.borrow());
}
