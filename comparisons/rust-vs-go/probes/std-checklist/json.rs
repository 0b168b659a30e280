use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Order {
    id: u32,
    items: Vec<String>,
}

fn main() -> serde_json::Result<()> {
    let mut order: Order = serde_json::from_str(r#"{"id": 31, "items": ["tea"]}"#)?;
    order.items.push("cups".into());
    println!("{}", serde_json::to_string(&order)?);
    Ok(())
}
