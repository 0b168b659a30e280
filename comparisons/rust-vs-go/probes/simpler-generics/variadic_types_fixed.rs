use std::fmt::Display;

fn join(values: &[&dyn Display]) -> String {
    values.iter().map(|value| value.to_string()).collect()
}

fn main() {
    println!("{}", join(&[&1, &"two", &3.0]));
}
