use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Default)]
struct Outbox {
    mails: Mutex<Vec<String>>,
}

impl Outbox {
    fn send(&self, mail: &str) {
        thread::sleep(Duration::from_millis(200));
        self.mails.lock().unwrap().push(mail.to_owned());
    }
}

fn run(order: &str) -> String {
    let outbox = Arc::new(Outbox::default());
    if order == "delivery" {
        let sender = Arc::clone(&outbox);
        thread::spawn(move || sender.send("your order is on its way"));
    }
    format!("mails sent: {}", outbox.mails.lock().unwrap().len())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
