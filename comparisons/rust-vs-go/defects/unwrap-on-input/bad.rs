fn run(age: &str) -> String {
    let years: u8 = age.parse().unwrap();
    format!("{} in ten years", u32::from(years) + 10)
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
