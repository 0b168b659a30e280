use std::error::Error;

fn parse(text: &str) -> Result<u16, Box<Error>> {
    Ok(text.parse()?)
}

fn main() {
    println!("{:?}", parse("8080").ok());
}
