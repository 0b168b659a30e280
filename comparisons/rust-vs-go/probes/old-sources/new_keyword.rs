fn run(async: bool) -> &'static str {
    if async { "later" } else { "now" }
}

fn main() {
    println!("{}", run(true));
}
