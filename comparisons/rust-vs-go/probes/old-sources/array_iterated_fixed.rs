use std::mem::size_of_val;

fn main() {
    let item = [4u8, 8].iter().next();
    println!("bytes an item: {}", item.map_or(0, |item| size_of_val(&item)));
}
