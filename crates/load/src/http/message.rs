//! A request as bytes, with a number yet to be filled in.

use crate::order::{OrderError, Request, Reuse, Target};

const NUMBER: &str = "{n}";

/// One kind of request, ready to be written again and again.
#[derive(Debug)]
pub(crate) struct Message {
    pieces: Vec<Piece>,
    /// Bytes of the body but for its numbers.
    body: usize,
    /// How often the number stands in the body.
    numbers_in_body: usize,
}

#[derive(Debug)]
enum Piece {
    Bytes(Vec<u8>),
    Number,
    BodyLength,
}

impl Message {
    /// The bytes of a request to a target.
    ///
    /// # Errors
    ///
    /// A method, path or header that would end the line it stands in.
    pub(crate) fn new(
        request: &Request,
        target: &Target,
        reuse: Reuse,
    ) -> Result<Self, OrderError> {
        check(request)?;
        let given =
            |name: &str| request.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
        let mut message = Self {
            pieces: Vec::new(),
            body: request.body.replace(NUMBER, "").len(),
            numbers_in_body: request.body.matches(NUMBER).count(),
        };
        let has_number = request.numbers > 0;
        if !has_number {
            (message.body, message.numbers_in_body) = (request.body.len(), 0);
        }
        message.text(&format!("{} ", request.method));
        message.with_numbers(&request.path, has_number);
        message.text(" HTTP/1.1\r\n");
        if !given("host") {
            message.text(&format!("Host: {}\r\n", target.host));
        }
        if !given("user-agent") {
            message.text("User-Agent: evenhand\r\n");
        }
        if reuse == Reuse::PerRequest && !given("connection") {
            message.text("Connection: close\r\n");
        }
        for (name, value) in &request.headers {
            message.text(&format!("{name}: {value}\r\n"));
        }
        let wants_length = matches!(request.method.as_str(), "POST" | "PUT" | "PATCH");
        if (wants_length || !request.body.is_empty()) && !given("content-length") {
            message.text("Content-Length: ");
            message.pieces.push(Piece::BodyLength);
            message.text("\r\n");
        }
        message.text("\r\n");
        message.with_numbers(&request.body, has_number);
        message.settle();
        Ok(message)
    }

    /// The bytes for a number, in `room` unless they are always the same.
    pub(crate) fn bytes<'a>(&'a self, number: u32, room: &'a mut Vec<u8>) -> &'a [u8] {
        if let [Piece::Bytes(bytes)] = self.pieces.as_slice() {
            return bytes;
        }
        room.clear();
        let mut digits = [0; 20];
        let number = decimal(u64::from(number), &mut digits);
        for piece in &self.pieces {
            match piece {
                Piece::Bytes(bytes) => room.extend_from_slice(bytes),
                Piece::Number => room.extend_from_slice(number),
                Piece::BodyLength => {
                    let length = self.body + self.numbers_in_body * number.len();
                    room.extend_from_slice(decimal(length as u64, &mut [0; 20]));
                }
            }
        }
        room
    }

    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Bytes(bytes)) => bytes.extend_from_slice(text.as_bytes()),
            _ => self.pieces.push(Piece::Bytes(text.as_bytes().to_vec())),
        }
    }

    fn with_numbers(&mut self, text: &str, has_number: bool) {
        if !has_number {
            return self.text(text);
        }
        for (place, part) in text.split(NUMBER).enumerate() {
            if place > 0 {
                self.pieces.push(Piece::Number);
            }
            self.text(part);
        }
    }

    /// A length that no number changes is written down once.
    fn settle(&mut self) {
        if self.numbers_in_body > 0 {
            return;
        }
        let length = self.body.to_string();
        for piece in std::mem::take(&mut self.pieces) {
            match piece {
                Piece::BodyLength => self.text(&length),
                Piece::Bytes(bytes) => match self.pieces.last_mut() {
                    Some(Piece::Bytes(before)) => before.extend(bytes),
                    _ => self.pieces.push(Piece::Bytes(bytes)),
                },
                Piece::Number => self.pieces.push(Piece::Number),
            }
        }
    }
}

fn check(request: &Request) -> Result<(), OrderError> {
    let wrong = |what, reason: String| Err(OrderError { what, reason });
    let token = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
    };
    if !token(&request.method) {
        return wrong("method", format!("`{}` is none; one is `GET`", request.method));
    }
    if request.path.is_empty() || request.path.bytes().any(|b| b <= b' ' || b == 0x7f) {
        let reason = format!("`{}` is none; write spaces in it as %20", request.path);
        return wrong("path", reason);
    }
    for (name, value) in &request.headers {
        if !token(name) || value.bytes().any(|b| b == b'\r' || b == b'\n' || b == 0) {
            return wrong("headers", format!("`{name}: {value}` does not stand in one line"));
        }
    }
    Ok(())
}

/// A number in decimal, written to the end of `digits`.
fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &[u8] {
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return &digits[at..];
        }
    }
}
