fn first_word<'a>(line: &'a str, fallback: &str) -> &'a str {
    line.split_whitespace().next().unwrap_or(fallback)
}

fn main() {
    println!("{}", first_word("", "nothing"));
}
