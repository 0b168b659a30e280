use std::io;
use std::net::TcpStream;

fn main() -> io::Result<()> {
    let stream = TcpStream::connect("127.0.0.1:8080")?;
    println!("in the clear to {}", stream.peer_addr()?);
    Ok(())
}
