fn main() {
    let mut numbers = vec![1, 2, 3];
    for n in numbers.clone() {
        numbers.push(n * 10);
    }
    println!("{numbers:?}");
}
