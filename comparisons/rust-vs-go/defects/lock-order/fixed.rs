use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

struct Account {
    id: u8,
    balance: Mutex<i32>,
}

fn transfer(from: &Account, to: &Account, amount: i32) {
    let (first, second) = if from.id < to.id { (from, to) } else { (to, from) };
    let mut one = first.balance.lock().unwrap();
    thread::sleep(Duration::from_millis(200)); // the bank is asked
    let mut other = second.balance.lock().unwrap();
    let (source, target) =
        if from.id < to.id { (&mut one, &mut other) } else { (&mut other, &mut one) };
    **source -= amount;
    **target += amount;
}

/// Makes transfers at the same time: "ab" is one from a to b.
fn run(transfers: &str) -> String {
    let accounts = HashMap::from([
        ("a", Account { id: b'a', balance: Mutex::new(100) }),
        ("b", Account { id: b'b', balance: Mutex::new(100) }),
    ]);
    thread::scope(|s| {
        for t in transfers.split_whitespace() {
            let (from, to) = t.split_at(1);
            let (from, to) = (&accounts[from], &accounts[to]);
            s.spawn(|| transfer(from, to, 10));
        }
    });
    let balance = |name| *accounts[name].balance.lock().unwrap();
    format!("a {}, b {}", balance("a"), balance("b"))
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
