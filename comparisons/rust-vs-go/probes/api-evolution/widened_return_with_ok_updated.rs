mod library {
    #[derive(Clone, Copy)]
    pub struct User {
        pub name: &'static str,
    }

    static USERS: [User; 1] = [User { name: "ada" }];

    pub fn find(id: usize) -> Option<User> {
        USERS.get(id).copied()
    }
}

fn main() {
    if let Some(user) = library::find(7) {
        println!("{}", user.name);
    }
}
