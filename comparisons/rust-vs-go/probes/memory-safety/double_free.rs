fn main() {
    let buffer = vec![0u8; 64];
    drop(buffer);
    drop(buffer);
}
