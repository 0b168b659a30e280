fn main() {
    let texts: Vec<String> = (1..200).map(|n| "word ".repeat(n)).collect();
    let total: usize = texts.iter().map(|text| words::count(text)).sum();
    println!("{total}");
}
