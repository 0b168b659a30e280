use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Runs jobs and counts those that are done.
struct Service {
    jobs: Vec<JoinHandle<()>>,
    done: Sender<String>,
    counter: JoinHandle<usize>,
}

impl Service {
    fn new() -> Service {
        let (done, received) = mpsc::channel();
        let counter = thread::spawn(move || received.iter().count());
        Service { jobs: Vec::new(), done, counter }
    }

    fn start(&mut self, job: &str, takes: Duration) {
        let (job, done) = (job.to_owned(), self.done.clone());
        self.jobs.push(thread::spawn(move || {
            thread::sleep(takes);
            done.send(job).expect("the counter listens");
        }));
    }

    /// Says how many jobs were done.
    fn stop(self) -> usize {
        drop(self.done);
        for job in self.jobs {
            job.join().expect("a job");
        }
        self.counter.join().expect("the counter")
    }
}

fn run(jobs: &str) -> String {
    let mut service = Service::new();
    for job in jobs.split_whitespace() {
        match job.trim_end_matches("ms").parse() {
            Ok(takes) => service.start(job, Duration::from_millis(takes)),
            Err(err) => return format!("{err}"),
        }
    }
    thread::sleep(Duration::from_millis(200)); // until the service is told to stop
    format!("{} done", service.stop())
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
