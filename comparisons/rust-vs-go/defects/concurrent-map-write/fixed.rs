use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

const SITES: u32 = 5;
const PAGES: u32 = 200;

fn run(crawlers: &str) -> String {
    let Ok(n) = crawlers.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let seen = Mutex::new(HashMap::new());
    thread::scope(|s| {
        for crawler in 0..n {
            let seen = &seen;
            s.spawn(move || {
                for site in 0..SITES {
                    thread::sleep(Duration::from_millis(1)); // the site is fetched
                    let first = (crawler * SITES + site) * PAGES;
                    let mut seen = seen.lock().unwrap();
                    for page in 0..PAGES {
                        seen.insert(first + page, crawler);
                    }
                }
            });
        }
    });
    format!("{} pages", seen.lock().unwrap().len())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
