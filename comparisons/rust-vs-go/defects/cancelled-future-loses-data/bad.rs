use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::runtime::Builder;
use tokio::time;

async fn send(mut stream: DuplexStream, parts: Vec<String>) -> std::io::Result<()> {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            time::sleep(Duration::from_millis(200)).await; // a slow network
        }
        stream.write_all(part.as_bytes()).await?;
    }
    Ok(())
}

async fn receive(mut stream: DuplexStream) -> std::io::Result<String> {
    let mut tick = time::interval(Duration::from_millis(10));
    let mut waited = 0;
    loop {
        let mut frame = [0; 5];
        tokio::select! {
            read = stream.read_exact(&mut frame) => {
                read?;
                return Ok(String::from_utf8_lossy(&frame).into_owned());
            }
            _ = tick.tick() => {
                waited += 1;
                if waited == 1000 {
                    return Ok("timeout".to_owned());
                }
            }
        }
    }
}

fn run(parts: &str) -> String {
    let parts = parts.split_whitespace().map(str::to_owned).collect();
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let (here, there) = tokio::io::duplex(64);
        tokio::spawn(send(there, parts));
        receive(here).await.unwrap_or_else(|err| err.to_string())
    })
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
