use std::error::Error;
use std::num::ParseFloatError;

fn load(text: &str) -> Result<u16, Box<dyn Error>> {
    Ok(text.parse::<u16>()?)
}

fn main() {
    if let Err(error) = load("eighty") {
        match error.downcast_ref::<ParseFloatError>() {
            Some(_) => println!("not a number"),
            None => println!("unknown error: {error}"),
        }
    }
}
