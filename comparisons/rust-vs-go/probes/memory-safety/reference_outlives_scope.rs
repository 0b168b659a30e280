fn main() {
    let longest;
    {
        let line = String::from("the longest line");
        longest = line.as_str();
    }
    println!("{longest}");
}
