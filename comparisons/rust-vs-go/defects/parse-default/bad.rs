fn run(quantities: &str) -> String {
    let total: u32 =
        quantities.split_whitespace().map(|field| field.parse::<u32>().unwrap_or_default()).sum();
    format!("{total} pieces")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
