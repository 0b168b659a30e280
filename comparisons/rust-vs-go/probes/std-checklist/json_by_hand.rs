struct Order {
    id: u32,
    items: Vec<String>,
}

fn main() {
    let order = Order { id: 31, items: vec!["tea".into(), "cups".into()] };
    // Good while no item holds a character JSON escapes otherwise.
    println!(r#"{{"id":{},"items":{:?}}}"#, order.id, order.items);
}
