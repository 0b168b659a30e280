use tracing::info;

fn main() {
    tracing_subscriber::fmt().json().init();
    info!(service = "orders", id = 31, customer.name = "ada", "order placed");
}
