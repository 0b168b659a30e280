use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

struct Worker {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    fn start() -> Self {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || for () in stopped {});
        Self { stop: Some(stop), thread: Some(thread) }
    }

    fn shutdown(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the worker");
        }
    }
}

fn run(signals: &str) -> String {
    let mut worker = Worker::start();
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
