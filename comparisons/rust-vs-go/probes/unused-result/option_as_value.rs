fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let readings = [4, 8, 15];
    println!("{}", double(readings.iter().copied().max()));
}
