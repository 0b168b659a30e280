/// Says what a line of the form name,street,town is about.
fn run(line: &str) -> String {
    let fields: Vec<&str> = line.split(',').collect();
    let [name, _street, town] = fields[..] else {
        return "not an address".to_owned();
    };
    format!("{name} lives in {town}")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
