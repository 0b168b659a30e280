fn archive(lines: Vec<String>) -> usize {
    lines.len()
}

fn main() {
    let lines = vec![String::from("first"), String::from("second")];
    let archived = archive(lines);
    println!("{archived} of {} archived", lines.len());
}
