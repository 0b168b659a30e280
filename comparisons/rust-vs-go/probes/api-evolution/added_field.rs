mod library {
    pub struct Options {
        pub address: String,
        pub retries: u32,
        pub verify: bool,
    }

    pub fn connect(options: &Options) -> String {
        let Options { address, retries, .. } = options;
        format!("{address} {retries} {}", options.verify)
    }
}

use library::Options;

fn main() {
    let options = Options { address: "db:5432".into(), retries: 3 };
    println!("{}", library::connect(&options));
}
