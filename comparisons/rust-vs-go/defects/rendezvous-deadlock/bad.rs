use std::sync::mpsc;
use std::thread;

fn run(click: &str) -> String {
    let (events, incoming) = mpsc::channel();
    thread::scope(|s| {
        let user = events.clone();
        s.spawn(move || user.send(click));

        let mut seen = Vec::new();
        for event in incoming {
            seen.push(event);
            match event {
                "save" => events.send("close").expect("the loop receives"),
                _ => break,
            }
        }
        seen.join(" ")
    })
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
