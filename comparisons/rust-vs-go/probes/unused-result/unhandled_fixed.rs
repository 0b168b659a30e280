use std::fs;

fn main() {
    if let Err(error) = fs::remove_file("stale.lock") {
        println!("stale.lock stays: {error}");
    }
    println!("ready");
}
