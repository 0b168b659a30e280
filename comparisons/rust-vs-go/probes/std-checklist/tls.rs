use std::net::TcpStream;

fn main() -> Result<(), native_tls::Error> {
    let connector = native_tls::TlsConnector::new()?;
    if let Ok(stream) = TcpStream::connect("127.0.0.1:8443") {
        let _ = connector.connect("localhost", stream);
    }
    Ok(())
}
