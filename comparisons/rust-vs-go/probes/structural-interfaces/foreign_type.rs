trait LengthReporter {
    fn length(&self) -> usize;
}

fn summary(reporter: &impl LengthReporter) -> String {
    format!("{} bytes", reporter.length())
}

impl LengthReporter for String {
    fn length(&self) -> usize {
        self.len()
    }
}

fn main() {
    println!("{}", summary(&String::from("hello")));
}
