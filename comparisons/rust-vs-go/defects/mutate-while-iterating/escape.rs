/// Removes the layers that were not written to the end: those with a "!".
fn run(names: &str) -> String {
    let mut layers: Vec<&str> = names.split_whitespace().collect();
    for (i, layer) in layers.clone().iter().enumerate() {
        if layer.ends_with('!') {
            layers.remove(i);
        }
    }
    layers.join(" ")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
