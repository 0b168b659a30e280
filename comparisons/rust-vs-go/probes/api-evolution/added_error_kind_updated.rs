mod library {
    pub enum LoadError {
        NotFound,
        Denied,
        Busy,
    }

    pub fn load(key: &str) -> Result<String, LoadError> {
        match key.len() {
            0 => Err(LoadError::NotFound),
            1 => Err(LoadError::Denied),
            2 => Err(LoadError::Busy),
            _ => Ok(key.to_uppercase()),
        }
    }
}

use library::LoadError;

fn status(key: &str) -> u16 {
    match library::load(key) {
        Ok(_) => 200,
        Err(LoadError::NotFound) => 404,
        Err(LoadError::Denied) => 403,
        Err(LoadError::Busy) => 503,
    }
}

fn main() {
    println!("{}", status("eu"));
}
