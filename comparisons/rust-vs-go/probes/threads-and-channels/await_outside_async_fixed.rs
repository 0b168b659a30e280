async fn answer() -> u32 {
    42
}

async fn report() {
    println!("{}", answer().await);
}

fn main() {
    let _started_by_no_one = report();
}
