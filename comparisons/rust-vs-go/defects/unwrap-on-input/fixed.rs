fn run(age: &str) -> String {
    let Ok(years) = age.parse::<u8>() else {
        return "not an age".to_owned();
    };
    format!("{} in ten years", u32::from(years) + 10)
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
