use std::collections::HashMap;

type Needs<'a> = HashMap<&'a str, Vec<&'a str>>;

/// Reads "app:lib,log lib:log log:": what each package needs.
fn parse(text: &str) -> Needs<'_> {
    text.split_whitespace()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, list)| (name, list.split(',').filter(|need| !need.is_empty()).collect()))
        .collect()
}

/// How many packages are built one after another, at most.
fn depth(needs: &Needs, name: &str) -> usize {
    let below = needs.get(name).into_iter().flatten().map(|need| depth(needs, need));
    below.max().unwrap_or(0) + 1
}

fn run(packages: &str) -> String {
    format!("{} steps", depth(&parse(packages), "app"))
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
