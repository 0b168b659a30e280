use std::fs;

fn main() {
    fs::remove_file("stale.lock");
    println!("ready");
}
