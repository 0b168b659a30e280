fn main() {
    let _answer = 42;
}
