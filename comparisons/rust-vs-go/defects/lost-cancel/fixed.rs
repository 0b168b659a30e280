use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime"));
static RUNNING: AtomicUsize = AtomicUsize::new(0);

struct Running;

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn ask(mirror: String) -> String {
    RUNNING.fetch_add(1, Ordering::Relaxed);
    let _running = Running;
    match mirror.trim_end_matches("ms").parse() {
        Ok(delay) => time::sleep(Duration::from_millis(delay)).await,
        Err(err) => return format!("{err}"),
    }
    mirror
}

async fn first(mirrors: &str) -> Option<String> {
    let mut asked = JoinSet::new();
    for mirror in mirrors.split_whitespace() {
        asked.spawn(ask(mirror.to_owned()));
    }
    asked.join_next().await?.ok()
}

fn run(mirrors: &str) -> String {
    let limit = Duration::from_secs(10);
    match RUNTIME.block_on(async { time::timeout(limit, first(mirrors)).await }) {
        Ok(Some(answer)) => format!("first {answer}"),
        _ => "no answer".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
    for _ in 0..50 {
        if RUNNING.load(Ordering::Relaxed) > 0 {
            RUNTIME.block_on(async { time::sleep(Duration::from_millis(10)).await });
        }
    }
    println!("still running: {}", RUNNING.load(Ordering::Relaxed));
}
