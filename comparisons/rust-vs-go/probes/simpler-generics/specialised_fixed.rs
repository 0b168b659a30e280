use std::collections::HashSet;

trait Describe {
    fn describe(&self) -> String;
}

impl Describe for HashSet<String> {
    fn describe(&self) -> String {
        format!("{} items", self.len())
    }
}

impl Describe for HashSet<bool> {
    fn describe(&self) -> String {
        String::from("at most 2 items")
    }
}

fn main() {
    println!("{}", HashSet::<bool>::new().describe());
}
