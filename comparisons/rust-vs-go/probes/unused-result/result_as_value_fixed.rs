fn main() {
    let port: u16 = "8080".parse::<u16>().unwrap_or(80);
    println!("{port}");
}
