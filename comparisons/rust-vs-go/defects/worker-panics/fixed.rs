use std::sync::mpsc;
use std::thread;

fn run(settings: &str) -> String {
    let (values, received) = mpsc::channel();
    let settings = settings.to_owned();
    let worker = thread::spawn(move || {
        for setting in settings.split_whitespace() {
            if let Some((_, value)) = setting.split_once('=') {
                values.send(value.to_owned()).expect("run receives");
            }
        }
    });

    let applied: Vec<String> = received.iter().collect();
    worker.join().expect("the worker does not panic");
    format!("healthy, applied {}", applied.join(" "))
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
