use std::thread;

fn main() {
    let words = vec!["own", "lend", "share"];
    let mut lengths = vec![0; words.len()];
    thread::scope(|s| {
        for (word, length) in words.iter().zip(&mut lengths) {
            s.spawn(move || *length = word.len());
        }
    });
    println!("{words:?} {lengths:?}");
}
