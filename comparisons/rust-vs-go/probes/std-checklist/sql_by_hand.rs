use std::io;

/// The program's own: the drivers there are do not know it.
trait Connection {
    fn count(&mut self, table: &str) -> io::Result<u64>;
}

struct Offline;

impl Connection for Offline {
    fn count(&mut self, table: &str) -> io::Result<u64> {
        Err(io::Error::other(format!("{table} is offline")))
    }
}

fn main() {
    println!("{:?}", Offline.count("orders"));
}
