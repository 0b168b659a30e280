use std::fs;

fn main() {
    let _ = fs::remove_file("stale.lock");
    println!("ready");
}
