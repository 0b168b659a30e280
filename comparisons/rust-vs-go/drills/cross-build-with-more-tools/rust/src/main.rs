use std::env::consts::{ARCH, OS};

fn main() {
    println!("{OS} {ARCH}");
}
