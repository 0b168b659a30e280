/// Cuts a title that does not fit its column.
fn shorten(title: &str) -> String {
    if title.chars().count() <= 8 {
        return title.to_owned();
    }
    let mut short: String = title.chars().take(7).collect();
    short.push('…');
    short
}

fn run(title: &str) -> String {
    shorten(title)
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
