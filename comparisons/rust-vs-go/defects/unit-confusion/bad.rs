use std::time::{Duration, SystemTime};

struct Request {
    started: SystemTime,
    timeout: u64,
}

impl Request {
    fn state(&self, now: SystemTime) -> &'static str {
        let deadline = self.started + Duration::from_millis(self.timeout);
        if now > deadline { "aborted" } else { "running" }
    }
}

fn run(elapsed: &str) -> String {
    let Ok(seconds) = elapsed.parse() else {
        return "not a number".to_owned();
    };
    let request = Request { started: SystemTime::UNIX_EPOCH, timeout: 60 };
    request.state(request.started + Duration::from_secs(seconds)).to_owned()
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
