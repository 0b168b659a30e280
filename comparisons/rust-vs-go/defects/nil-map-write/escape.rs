use std::collections::BTreeMap;

struct Release<'a> {
    name: &'a str,
    values: Option<BTreeMap<&'a str, &'a str>>,
}

fn parse(text: &str) -> Release<'_> {
    match text.split_once(' ') {
        Some((name, rest)) => {
            let mut values = BTreeMap::new();
            for field in rest.split_whitespace() {
                let (key, value) = field.split_once('=').unwrap_or((field, ""));
                values.insert(key, value);
            }
            Release { name, values: Some(values) }
        }
        None => Release { name: text, values: None },
    }
}

fn run(text: &str) -> String {
    let mut release = parse(text);
    let values = release.values.as_mut().unwrap();
    values.insert("owner", "kraan");
    let mut answer = release.name.to_owned();
    for (key, value) in values {
        answer += &format!(" {key}={value}");
    }
    answer
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
