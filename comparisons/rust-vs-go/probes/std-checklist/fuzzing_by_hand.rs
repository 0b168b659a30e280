fn main() {
    for text in ["  tea ", "\tcups\n"] {
        let trimmed = text.trim();
        assert_eq!(trimmed.trim(), trimmed);
    }
}
