struct User {
    name: &'static str,
    email: &'static str,
}

static USERS: [User; 2] = [
    User { name: "ann", email: "ann@example.org" },
    User { name: "cem", email: "cem@example.org" },
];

fn user_by_name(name: &str) -> Option<&'static User> {
    USERS.iter().find(|user| user.name == name)
}

fn run(name: &str) -> String {
    let user = user_by_name(name).unwrap();
    format!("write to {}", user.email)
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
