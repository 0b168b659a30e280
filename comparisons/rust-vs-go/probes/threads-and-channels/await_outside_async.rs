async fn answer() -> u32 {
    42
}

fn report() {
    println!("{}", answer().await);
}

fn main() {
    report();
}
