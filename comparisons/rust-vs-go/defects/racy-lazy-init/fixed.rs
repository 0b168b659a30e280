use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

#[derive(Default)]
struct Dictionary {
    words: OnceLock<Vec<&'static str>>,
    loads: AtomicUsize,
}

impl Dictionary {
    fn load(&self) -> Vec<&'static str> {
        self.loads.fetch_add(1, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(20));
        vec!["ant", "bee", "cat"]
    }

    fn get(&self) -> &[&'static str] {
        self.words.get_or_init(|| self.load())
    }
}

fn run(readers: &str) -> String {
    let Ok(n) = readers.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let dictionary = Dictionary::default();
    let found = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| found.fetch_add(dictionary.get().len(), Ordering::Relaxed));
        }
    });
    format!("found: {}, loads: {}", found.into_inner(), dictionary.loads.into_inner())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
