use std::error::Error;

fn parse(text: &str) -> Result<u16, Box<dyn Error>> {
    Ok(text.parse()?)
}

fn main() {
    println!("{:?}", parse("8080").ok());
}
