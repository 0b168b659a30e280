use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

struct Worker {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Worker {
    fn start() -> Self {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || for () in stopped {});
        Self { stop, thread }
    }

    fn shutdown(self) {
        drop(self.stop);
        self.thread.join().expect("the worker");
    }
}

fn run(signals: &str) -> String {
    let worker = Worker::start();
    for signal in signals.split_whitespace() {
        if signal == "term" || signal == "int" {
            worker.shutdown();
        }
    }
    "stopped".to_owned()
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
