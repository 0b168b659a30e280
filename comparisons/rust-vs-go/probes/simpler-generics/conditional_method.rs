struct Pair<T>(T, T);

impl<T: PartialOrd> Pair<T> {
    fn larger(&self) -> &T {
        if self.0 >= self.1 { &self.0 } else { &self.1 }
    }
}

fn main() {
    println!("{}", Pair(3, 5).larger());
}
