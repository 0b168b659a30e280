struct List<T>(Vec<T>);

impl<T> List<T> {
    fn map<U>(&self, f: impl Fn(&T) -> U) -> List<U> {
        List(self.0.iter().map(f).collect())
    }
}

fn main() {
    let words = List(vec!["own", "share"]);
    println!("{:?}", words.map(|word| word.len()).0);
}
