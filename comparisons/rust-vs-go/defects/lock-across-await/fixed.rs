use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::Builder;

#[derive(Default)]
struct Account {
    spent: Mutex<u32>,
}

async fn approve() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

impl Account {
    async fn pay(&self, amount: u32) {
        if amount > 100 {
            approve().await;
        }
        *self.spent.lock().unwrap() += amount;
    }
}

fn run(amount: &str) -> String {
    let n = match amount.parse() {
        Ok(n) => n,
        Err(err) => return format!("{err}"),
    };
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let account = Arc::new(Account::default());
        let payments = [account.clone(), account.clone()]
            .map(|account| tokio::spawn(async move { account.pay(n).await }));
        for payment in payments {
            payment.await.expect("a payment");
        }
        format!("spent {}", account.spent.lock().unwrap())
    })
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
