/// What the file says about the picture, as it is stored.
struct Header {
    width: u32,
    height: u32,
}

impl Header {
    fn parse(size: &str) -> Option<Header> {
        let (width, height) = size.split_once('x')?;
        Some(Header { width: width.parse().ok()?, height: height.parse().ok()? })
    }

    /// How many bytes the pixels take, four a pixel.
    fn size(&self) -> u32 {
        self.width * self.height * 4
    }
}

fn run(size: &str) -> String {
    match Header::parse(size) {
        Some(header) => format!("{} bytes", header.size()),
        None => "not a size".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
