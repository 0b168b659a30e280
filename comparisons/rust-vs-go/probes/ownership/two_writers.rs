fn main() {
    let mut scores = vec![3, 5];
    let first = &mut scores;
    let second = &mut scores;
    first.push(8);
    second.push(13);
    println!("{scores:?}");
}
