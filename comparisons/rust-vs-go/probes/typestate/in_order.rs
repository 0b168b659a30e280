struct Idle;
struct Open {
    sent: Vec<String>,
}

struct Connection<State> {
    state: State,
}

impl Connection<Idle> {
    fn new() -> Self {
        Connection { state: Idle }
    }

    fn open(self) -> Connection<Open> {
        let Idle = self.state;
        Connection { state: Open { sent: Vec::new() } }
    }
}

impl Connection<Open> {
    fn send(&mut self, message: &str) {
        self.state.sent.push(message.to_string());
    }

    fn close(self) -> Vec<String> {
        self.state.sent
    }
}

fn main() {
    let mut opened = Connection::new().open();
    opened.send("hello");
    println!("{:?}", opened.close());
}
