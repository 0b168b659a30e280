#[derive(Debug)]
enum LoadError {
    NotANumber,
}

fn load(text: &str) -> Result<u16, LoadError> {
    if text.is_empty() {
        return Err(LoadError::NotANumber);
    }
    let port = text.parse::<u16>()?;
    Ok(port)
}

fn main() {
    println!("{:?}", load("eighty"));
}
