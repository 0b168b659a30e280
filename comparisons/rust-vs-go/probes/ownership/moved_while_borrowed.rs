fn main() {
    let title = String::from("annual report");
    let word = title.split(' ').next();
    let owned = title;
    println!("{word:?} of {owned}");
}
