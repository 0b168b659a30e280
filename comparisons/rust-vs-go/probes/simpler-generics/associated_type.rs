trait Container {
    type Item: std::fmt::Display;

    fn first(&self) -> &Self::Item;
}

struct Words(Vec<String>);

impl Container for Words {
    type Item = String;

    fn first(&self) -> &String {
        &self.0[0]
    }
}

fn show<C: Container>(c: &C) {
    println!("{}", c.first());
}

fn main() {
    show(&Words(vec!["own".into(), "share".into()]));
}
