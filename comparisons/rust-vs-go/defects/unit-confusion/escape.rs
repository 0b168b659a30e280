struct Request {
    started_ms: u64,
    timeout: u64,
}

impl Request {
    fn state(&self, now_ms: u64) -> &'static str {
        let deadline = self.started_ms + self.timeout;
        if now_ms > deadline { "aborted" } else { "running" }
    }
}

fn run(elapsed: &str) -> String {
    let Ok(seconds) = elapsed.parse::<u64>() else {
        return "not a number".to_owned();
    };
    let request = Request { started_ms: 0, timeout: 60 };
    request.state(request.started_ms + seconds * 1000).to_owned()
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
