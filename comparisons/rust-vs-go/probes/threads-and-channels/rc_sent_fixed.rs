use std::sync::Arc;
use std::thread;

fn main() {
    let config = Arc::new(String::from("eu-west"));
    let shared = Arc::clone(&config);
    let worker = thread::spawn(move || shared.len());
    println!("{config} {}", worker.join().unwrap());
}
