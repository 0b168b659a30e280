use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::time;

/// Waits for a timer, which tokio's runtime drives.
async fn rest() {
    time::sleep(Duration::from_millis(1)).await;
    println!("rested");
}

/// Waits for a message, which whoever sends it wakes it for.
async fn receive() {
    let (sender, receiver) = oneshot::channel();
    thread::spawn(|| sender.send("received"));
    println!("{}", receiver.await.unwrap_or("nobody sent"));
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("rest-under-tokio") => {
            let runtime = Builder::new_current_thread().enable_time().build();
            runtime.expect("a runtime").block_on(rest());
        }
        Some("rest-under-pollster") => pollster::block_on(rest()),
        Some("receive-under-pollster") => pollster::block_on(receive()),
        _ => std::process::exit(64),
    }
}
