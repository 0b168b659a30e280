use tokio::runtime::Builder;
use tokio::sync::Mutex;

#[derive(Default)]
struct Shop {
    sent: Mutex<Vec<String>>,
}

impl Shop {
    async fn notify(&self, customer: &str) {
        self.sent.lock().await.push(customer.to_owned());
    }

    async fn order(&self, customer: &str) {
        if customer != "guest" {
            self.notify(customer).await;
        }
    }
}

fn run(customers: &str) -> String {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let shop = Shop::default();
        for customer in customers.split_whitespace() {
            shop.order(customer).await;
        }
        format!("{} notified", shop.sent.lock().await.len())
    })
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
