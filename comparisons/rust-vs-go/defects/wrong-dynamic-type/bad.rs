use std::collections::HashMap;
use std::fmt;

enum Setting {
    Whole(i32),
    Number(f64),
    Text(String),
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Setting::Whole(value) => write!(f, "{value}"),
            Setting::Number(value) => write!(f, "{value}"),
            Setting::Text(value) => write!(f, "{value}"),
        }
    }
}

fn parse(text: &str) -> HashMap<&str, Setting> {
    let mut settings = HashMap::new();
    for field in text.split_whitespace() {
        let (key, value) = field.split_once('=').unwrap_or((field, ""));
        let setting = if let Ok(whole) = value.parse() {
            Setting::Whole(whole)
        } else if let Ok(number) = value.parse() {
            Setting::Number(number)
        } else {
            Setting::Text(value.to_owned())
        };
        settings.insert(key, setting);
    }
    settings
}

fn run(text: &str) -> String {
    match parse(text).get("timeout") {
        Some(Setting::Number(seconds)) => format!("waiting {seconds} s"),
        Some(other) => format!("not a number: {other}"),
        None => "no timeout".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
