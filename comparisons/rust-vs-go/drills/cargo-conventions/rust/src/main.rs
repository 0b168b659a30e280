fn main() {
    let text: Vec<String> = std::env::args().skip(1).collect();
    println!("{}", words::count(&text.join(" ")));
}
