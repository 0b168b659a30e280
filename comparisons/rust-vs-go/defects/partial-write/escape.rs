use std::io::{self, Write};

const ROOM: usize = 16;

#[derive(Default)]
struct Modem {
    sent: Vec<u8>,
}

impl Write for Modem {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let now = &data[..data.len().min(ROOM)];
        self.sent.extend_from_slice(now);
        Ok(now.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn send(modem: &mut Modem, message: &str) -> io::Result<()> {
    let taken = modem.write(message.as_bytes())?;
    eprintln!("{taken} bytes taken");
    modem.flush()
}

fn run(message: &str) -> String {
    let mut modem = Modem::default();
    match send(&mut modem, message) {
        Ok(()) => format!("sent: {}", String::from_utf8_lossy(&modem.sent)),
        Err(error) => error.to_string(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
