/// How much is logged with these command line options.
fn run(options: &str) -> String {
    let mut level = 1;
    for option in options.split_whitespace() {
        if option == "-v" {
            level += 1;
        } else if let Some(text) = option.strip_prefix("--level=") {
            match text.parse::<u32>() {
                Ok(n) if n <= 5 => level = n,
                _ => return "bad level".to_owned(),
            }
        }
    }
    format!("level {level}")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
