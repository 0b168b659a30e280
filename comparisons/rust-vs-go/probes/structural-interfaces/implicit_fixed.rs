use std::collections::HashMap;

trait Store {
    fn get(&self, key: &str) -> String;
}

struct Memory(HashMap<String, String>);

impl Store for Memory {
    fn get(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_default()
    }
}

fn greeting(store: &impl Store) -> String {
    format!("hello {}", store.get("name"))
}

fn main() {
    let memory = Memory(HashMap::from([("name".into(), "ada".into())]));
    println!("{}", greeting(&memory));
}
