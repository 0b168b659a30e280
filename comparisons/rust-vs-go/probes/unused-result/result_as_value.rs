fn main() {
    let port: u16 = "8080".parse::<u16>();
    println!("{port}");
}
