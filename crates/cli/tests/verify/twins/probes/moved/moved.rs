fn keep(values: Vec<u8>) {
    drop(values);
}

fn main() {
    let values = vec![1, 2, 3];
    keep(values);
    let count = values.len();
    assert_eq!(count, 3);
}
