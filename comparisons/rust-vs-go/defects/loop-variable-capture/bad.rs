use std::thread;

fn run(names: &str) -> String {
    let users: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
    let mut threads = Vec::new();
    for user in users {
        threads.push(thread::spawn(|| format!("hello {user}")));
    }
    let greetings: Vec<String> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    greetings.join(", ")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
