use std::collections::HashMap;

struct User {
    name: String,
}

fn main() {
    let users: HashMap<u32, User> = HashMap::new();
    println!("{}", users.get(&7).name);
}
