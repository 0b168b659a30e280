struct Session {
    user: String,
}

fn open(user: &str) -> &'static Session {
    let user = user.to_string();
    &Session { user }
}

fn main() {
    println!("{}", open("ada").user);
}
