fn save(_record: &str) -> Result<(), String> {
    Err(String::from("disk full"))
}

fn main() {
    if let Err(error) = save("order 31") {
        println!("not saved: {error}");
    }
    println!("done");
}
