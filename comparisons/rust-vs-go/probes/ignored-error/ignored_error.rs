fn save(_record: &str) -> Result<(), String> {
    Err(String::from("disk full"))
}

fn main() {
    save("order 31");
    println!("done");
}
