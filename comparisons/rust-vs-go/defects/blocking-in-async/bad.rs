use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time;

async fn heartbeat(beats: Arc<AtomicU32>) {
    let mut tick = time::interval(Duration::from_millis(10));
    loop {
        tick.tick().await;
        beats.fetch_add(1, Ordering::Relaxed);
    }
}

async fn print_out(pages: u64) {
    thread::sleep(Duration::from_millis(pages));
}

fn run(pages: &str) -> String {
    let n = match pages.parse() {
        Ok(n) => n,
        Err(err) => return format!("{err}"),
    };
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let beats = Arc::new(AtomicU32::new(0));
        tokio::spawn(heartbeat(beats.clone()));

        print_out(n).await;
        if n > 100 && beats.load(Ordering::Relaxed) == 0 {
            return "connection lost".to_owned();
        }
        "printed".to_owned()
    })
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
