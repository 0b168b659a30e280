use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs, process, thread};

fn describe(client: &str) -> String {
    thread::sleep(Duration::from_millis(20));
    format!("{client}\n")
}

fn claim(path: &Path, client: &str) -> bool {
    if path.exists() {
        return false;
    }
    fs::write(path, describe(client)).is_ok()
}

fn run(clients: &str) -> String {
    let name = format!("claims-{}-{}", process::id(), clients.replace(' ', "-"));
    let path = env::temp_dir().join(name);
    let holders = AtomicU32::new(0);
    thread::scope(|s| {
        for client in clients.split_whitespace() {
            let (path, holders) = (&path, &holders);
            s.spawn(move || {
                if claim(path, client) {
                    holders.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    fs::remove_file(&path).expect("the lock file of the holder");
    format!("holders: {}", holders.into_inner())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
