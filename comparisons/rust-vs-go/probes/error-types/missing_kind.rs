enum LoadError {
    NotFound,
    Denied,
    Busy,
}

fn status(result: Result<(), LoadError>) -> u16 {
    match result {
        Ok(()) => 200,
        Err(LoadError::NotFound) => 404,
        Err(LoadError::Denied) => 403,
    }
}

fn main() {
    for error in [LoadError::NotFound, LoadError::Denied, LoadError::Busy] {
        println!("{}", status(Err(error)));
    }
}
