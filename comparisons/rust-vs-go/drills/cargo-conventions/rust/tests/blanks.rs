#[test]
fn blanks_are_not_words() {
    assert_eq!(words::count(" "), 0);
}
