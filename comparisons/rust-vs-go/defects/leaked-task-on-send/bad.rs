use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_millis(250);

static TASKS: AtomicUsize = AtomicUsize::new(0);

fn handle(work: Duration) -> String {
    thread::sleep(work);
    "done".to_owned()
}

fn ask(work: Duration) -> String {
    let (result, answer) = mpsc::channel();
    TASKS.fetch_add(1, Ordering::Relaxed);
    thread::spawn(move || {
        if result.send(handle(work)).is_err() {
            eprintln!("nobody waits for the answer");
        }
        TASKS.fetch_sub(1, Ordering::Relaxed);
    });
    answer.recv_timeout(TIMEOUT).unwrap_or("timed out".to_owned())
}

fn run(requests: &str) -> String {
    let mut answers = Vec::new();
    for request in requests.split_whitespace() {
        let Some(Ok(millis)) = request.strip_suffix("ms").map(str::parse) else {
            return "not a duration".to_owned();
        };
        answers.push(ask(Duration::from_millis(millis)));
    }
    answers.join(", ")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
    thread::sleep(4 * TIMEOUT);
    println!("tasks: {}", TASKS.load(Ordering::Relaxed));
}
