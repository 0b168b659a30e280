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
    fn size(&self) -> Option<u32> {
        self.width.checked_mul(self.height)?.checked_mul(4)
    }
}

fn run(size: &str) -> String {
    let Some(header) = Header::parse(size) else {
        return "not a size".to_owned();
    };
    match header.size() {
        Some(bytes) => format!("{bytes} bytes"),
        None => "too large".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
