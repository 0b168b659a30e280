fn main() {
    let mut numbers = vec![1, 2, 3];
    for n in &numbers {
        numbers.push(n * 10);
    }
    println!("{numbers:?}");
}
