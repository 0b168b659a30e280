fn main() {
    let words = "three short words".split(' ').collect::<Box<_>>();
    println!("{}", words.len());
}
