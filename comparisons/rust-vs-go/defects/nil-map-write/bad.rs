use std::collections::BTreeMap;

struct Release<'a> {
    name: &'a str,
    values: BTreeMap<&'a str, &'a str>,
}

fn parse(text: &str) -> Release<'_> {
    match text.split_once(' ') {
        Some((name, rest)) => {
            let mut values = BTreeMap::new();
            for field in rest.split_whitespace() {
                let (key, value) = field.split_once('=').unwrap_or((field, ""));
                values.insert(key, value);
            }
            Release { name, values }
        }
        None => Release { name: text, values: BTreeMap::new() },
    }
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
