mod library {
    pub struct User {
        pub name: &'static str,
    }

    static USERS: [User; 1] = [User { name: "ada" }];

    pub fn find(id: usize) -> Option<&'static User> {
        USERS.get(id)
    }
}

fn main() {
    let user = library::find(7);
    println!("{}", user.name);
}
