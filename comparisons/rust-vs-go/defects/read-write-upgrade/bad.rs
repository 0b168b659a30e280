use std::collections::HashMap;
use std::sync::RwLock;

struct Greetings {
    by_name: RwLock<HashMap<String, String>>,
}

impl Greetings {
    fn get(&self, name: &str) -> String {
        match self.by_name.read().unwrap().get(name) {
            Some(text) => text.clone(),
            None => {
                let text = format!("hello, {name}");
                self.by_name.write().unwrap().insert(name.to_owned(), text.clone());
                text
            }
        }
    }
}

fn run(name: &str) -> String {
    let known = HashMap::from([("ann".to_owned(), "dear ann".to_owned())]);
    let greetings = Greetings { by_name: RwLock::new(known) };
    greetings.get(name)
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
