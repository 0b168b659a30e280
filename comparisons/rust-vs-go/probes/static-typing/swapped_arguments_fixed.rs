struct CustomerId(u64);
struct OrderId(u64);

fn assign(customer: CustomerId, order: OrderId) -> String {
    format!("order {} is customer {}'s", order.0, customer.0)
}

fn main() {
    let customer = CustomerId(7);
    let order = OrderId(31);
    println!("{}", assign(customer, order));
}
