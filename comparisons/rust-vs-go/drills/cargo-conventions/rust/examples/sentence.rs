fn main() {
    println!("{}", words::count("five words in this sentence"));
}
