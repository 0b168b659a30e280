use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

struct Account {
    balance: Mutex<i32>,
}

fn transfer(from: &Account, to: &Account, amount: i32) {
    let mut source = from.balance.lock().unwrap();
    thread::sleep(Duration::from_millis(200)); // the bank is asked
    let mut target = to.balance.lock().unwrap();
    *source -= amount;
    *target += amount;
}

/// Makes transfers at the same time: "ab" is one from a to b.
fn run(transfers: &str) -> String {
    let accounts = HashMap::from([
        ("a", Account { balance: Mutex::new(100) }),
        ("b", Account { balance: Mutex::new(100) }),
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
