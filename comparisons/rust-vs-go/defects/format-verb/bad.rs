enum State {
    Open,
    Paid,
    Cancelled,
}

fn parse(name: &str) -> State {
    match name {
        "paid" => State::Paid,
        "cancelled" => State::Cancelled,
        _ => State::Open,
    }
}

/// Ships an order that is in the state of this name.
fn run(name: &str) -> String {
    match parse(name) {
        State::Paid => "shipped".to_owned(),
        state => format!("cannot ship: {state}"),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
