/// Cuts a title that does not fit its column.
fn shorten(title: &str) -> String {
    if title.len() <= 8 { title.to_owned() } else { format!("{}…", &title[..7]) }
}

fn run(title: &str) -> String {
    shorten(title)
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
