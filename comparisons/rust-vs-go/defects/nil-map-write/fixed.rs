use std::collections::BTreeMap;

struct Release<'a> {
    name: &'a str,
    values: BTreeMap<&'a str, &'a str>,
}

fn parse(text: &str) -> Release<'_> {
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    let values =
        rest.split_whitespace().map(|field| field.split_once('=').unwrap_or((field, ""))).collect();
    Release { name, values }
}

fn run(text: &str) -> String {
    let mut release = parse(text);
    release.values.insert("owner", "kraan");
    let mut answer = release.name.to_owned();
    for (key, value) in &release.values {
        answer += &format!(" {key}={value}");
    }
    answer
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
