use std::rc::Rc;
use std::thread;

fn main() {
    let config = Rc::new(String::from("eu-west"));
    let shared = Rc::clone(&config);
    let worker = thread::spawn(move || shared.len());
    println!("{config} {}", worker.join().unwrap());
}
