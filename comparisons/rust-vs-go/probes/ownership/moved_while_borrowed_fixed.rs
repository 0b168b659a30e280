fn main() {
    let title = String::from("annual report");
    let word = title.split(' ').next();
    let borrowed = &title;
    println!("{word:?} of {borrowed}");
}
