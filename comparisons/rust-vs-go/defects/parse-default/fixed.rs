fn total(quantities: &str) -> Result<u32, &str> {
    quantities.split_whitespace().map(|field| field.parse::<u32>().or(Err(field))).sum()
}

fn run(quantities: &str) -> String {
    match total(quantities) {
        Ok(total) => format!("{total} pieces"),
        Err(field) => format!("not a number: {field}"),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
