mod library {
    pub trait Store {
        fn get(&self, key: &str) -> Option<String>;
        fn remove(&mut self, key: &str);
    }

    pub fn take(store: &mut impl Store, key: &str) -> Option<String> {
        let value = store.get(key);
        store.remove(key);
        value
    }
}

use library::Store;
use std::collections::HashMap;

struct Memory(HashMap<String, String>);

impl Store for Memory {
    fn get(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }
}

fn main() {
    let mut memory = Memory(HashMap::new());
    println!("{:?}", library::take(&mut memory, "name"));
}
