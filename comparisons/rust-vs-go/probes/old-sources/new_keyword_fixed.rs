fn run(asynchronous: bool) -> &'static str {
    if asynchronous { "later" } else { "now" }
}

fn main() {
    println!("{}", run(true));
}
