fn main() {
    let longest;
    {
        let line = String::from("the longest line");
        longest = line;
    }
    println!("{longest}");
}
