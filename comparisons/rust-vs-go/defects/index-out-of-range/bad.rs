/// Says what a line of the form name,street,town is about.
fn run(line: &str) -> String {
    let fields: Vec<&str> = line.split(',').collect();
    format!("{} lives in {}", fields[0], fields[2])
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
