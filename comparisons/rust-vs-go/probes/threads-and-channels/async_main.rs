async fn answer() -> u32 {
    42
}

async fn main() {
    println!("{}", answer().await);
}
