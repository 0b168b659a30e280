use std::str::FromStr;

trait Decoder {
    fn decode<T: FromStr>(&self, data: &str) -> Option<T>;
}

struct Text;

impl Decoder for Text {
    fn decode<T: FromStr>(&self, data: &str) -> Option<T> {
        data.parse().ok()
    }
}

fn port(d: &impl Decoder) -> Option<u16> {
    d.decode("8080")
}

fn main() {
    println!("{:?}", port(&Text));
}
