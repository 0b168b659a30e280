use std::any::Any;
use std::collections::HashMap;

fn parse(text: &str) -> HashMap<&str, Box<dyn Any>> {
    let mut settings = HashMap::new();
    for field in text.split_whitespace() {
        let (key, value) = field.split_once('=').unwrap_or((field, ""));
        let setting: Box<dyn Any> = if let Ok(whole) = value.parse::<i32>() {
            Box::new(whole)
        } else if let Ok(number) = value.parse::<f64>() {
            Box::new(number)
        } else {
            Box::new(value.to_owned())
        };
        settings.insert(key, setting);
    }
    settings
}

fn run(text: &str) -> String {
    let seconds = *parse(text)["timeout"].downcast_ref::<f64>().unwrap();
    format!("waiting {seconds} s")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
