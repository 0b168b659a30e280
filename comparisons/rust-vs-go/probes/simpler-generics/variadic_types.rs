use std::fmt::Display;

fn join<T: Display...>(values: T...) -> String {
    String::from("joined")
}

fn main() {
    println!("{}", join(1, "two", 3.0));
}
