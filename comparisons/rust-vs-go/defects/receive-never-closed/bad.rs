use std::sync::mpsc;
use std::thread;

fn count(word: &str) -> usize {
    word.len()
}

fn run(list: &str) -> String {
    let words: Vec<&str> = list.split_whitespace().collect();
    if let [word] = words[..] {
        return format!("{} letters", count(word));
    }
    let (counts, counted) = mpsc::channel();
    thread::scope(|s| {
        for word in words {
            let counts = counts.clone();
            s.spawn(move || counts.send(count(word)));
        }
        let sum: usize = counted.iter().sum();
        format!("{sum} letters")
    })
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
