fn main() {
    let answer = 42;
}
