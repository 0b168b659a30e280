use std::sync::mpsc;
use std::thread;
use std::time::Duration;

fn main() {
    let (_sender, texts) = mpsc::channel::<String>();
    thread::spawn(move || {
        for text in texts {
            println!("{}", words::count(&text));
        }
    });
    println!("ready");
    thread::sleep(Duration::from_secs(60));
}
