mod library {
    #[derive(Default)]
    pub struct Log {
        pub kept: Vec<Vec<u32>>,
    }

    impl Log {
        pub fn add(&mut self, readings: Vec<u32>) {
            self.kept.push(readings);
        }
    }
}

use library::Log;

fn main() {
    let mut log = Log::default();
    let mut readings = vec![4, 8];
    for _ in 0..2 {
        log.add(&readings);
        readings[0] += 1;
    }
    println!("{:?}", log.kept);
}
