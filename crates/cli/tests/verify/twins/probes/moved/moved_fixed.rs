fn keep(values: Vec<u8>) {
    drop(values);
}

fn main() {
    let values = vec![1, 2, 3];
    let count = values.len();
    keep(values);
    assert_eq!(count, 3);
}
