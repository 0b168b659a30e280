use std::sync::Mutex;
use std::thread;
use std::time::Duration;

struct Ledger {
    accounts: Mutex<Vec<u32>>,
}

impl Ledger {
    fn deposit(&self, account: usize, amount: u32) {
        let mut accounts = self.accounts.lock().unwrap();
        thread::sleep(Duration::from_millis(1)); // the journal is written
        accounts[account] += amount;
    }
}

fn teller(ledger: Ledger) {
    for _ in 0..5 {
        ledger.deposit(0, 10);
    }
}

fn run(tellers: &str) -> String {
    let Ok(n) = tellers.parse::<u32>() else {
        return "not a number".to_owned();
    };
    let ledger = Ledger { accounts: Mutex::new(vec![0]) };
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| teller(ledger));
        }
    });
    format!("balance: {}", ledger.accounts.lock().unwrap()[0])
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
