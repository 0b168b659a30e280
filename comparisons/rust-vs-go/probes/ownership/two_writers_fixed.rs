fn main() {
    let mut scores = vec![3, 5];
    let first = &mut scores;
    first.push(8);
    let second = &mut scores;
    second.push(13);
    println!("{scores:?}");
}
