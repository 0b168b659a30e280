use std::collections::HashMap;
use std::thread;
use std::time::Duration;

const SITES: u32 = 5;
const PAGES: u32 = 200;

fn run(crawlers: &str) -> String {
    let Ok(n) = crawlers.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let mut seen = HashMap::new();
    thread::scope(|s| {
        for crawler in 0..n {
            let seen = &mut seen;
            s.spawn(move || {
                for site in 0..SITES {
                    thread::sleep(Duration::from_millis(1)); // the site is fetched
                    let first = (crawler * SITES + site) * PAGES;
                    for page in 0..PAGES {
                        seen.insert(first + page, crawler);
                    }
                }
            });
        }
    });
    format!("{} pages", seen.len())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
