async fn answer() -> u32 {
    42
}

fn main() {
    println!("{}", std::task::block_on(answer()));
}
