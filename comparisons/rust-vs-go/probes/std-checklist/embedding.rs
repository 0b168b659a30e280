static SOURCE: &str = include_str!("embedding.rs");

fn main() {
    println!("embedded: {}", SOURCE.starts_with("static SOURCE"));
}
