use std::sync::mpsc;
use std::thread;

fn run(settings: &str) -> String {
    let (values, received) = mpsc::channel();
    let settings = settings.to_owned();
    thread::spawn(move || {
        for setting in settings.split_whitespace() {
            let parts: Vec<&str> = setting.split('=').collect();
            values.send(parts[1].to_owned()).expect("run receives");
        }
    });

    let applied: Vec<String> = received.iter().collect();
    format!("healthy, applied {}", applied.join(" "))
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
