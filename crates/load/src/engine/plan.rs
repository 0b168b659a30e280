//! An order made ready: bytes to send, digests to compare.

use super::wire::{Outgoing, Status};
use crate::order::{Golden, Order, OrderError, Request};

/// One kind of request and what makes its answer right.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) outgoing: Outgoing,
    /// Its answers have no body.
    pub(crate) head_only: bool,
    status: Option<u16>,
    golden: Digests,
}

#[derive(Debug)]
enum Digests {
    Any,
    Same([u8; 32]),
    PerNumber(Vec<[u8; 32]>),
}

/// What a whole answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    Right,
    OtherStatus,
    OtherBody,
}

impl Prepared {
    /// Every kind of request of an order.
    ///
    /// # Errors
    ///
    /// A request that cannot be written, or a digest that is none.
    pub(crate) fn all(order: &Order) -> Result<Vec<Self>, OrderError> {
        order.requests.iter().map(|request| Self::new(request, order)).collect()
    }

    fn new(request: &Request, order: &Order) -> Result<Self, OrderError> {
        Ok(Self {
            outgoing: Outgoing::new(request, order)?,
            head_only: request.method == "HEAD",
            status: request.expect.status,
            golden: Digests::new(request)?,
        })
    }

    /// Whether its bodies have to be hashed.
    pub(crate) fn hashed(&self) -> bool {
        !matches!(self.golden, Digests::Any)
    }

    pub(crate) fn judge(&self, status: Status, digest: Option<[u8; 32]>, number: u32) -> Judged {
        let expected = match (status, self.status) {
            (Status::Resp { is_error }, _) => !is_error,
            (Status::Http(status), Some(expected)) => status == expected,
            (Status::Http(status), None) => (200..300).contains(&status),
        };
        if !expected {
            return Judged::OtherStatus;
        }
        let golden = match &self.golden {
            Digests::Any => return Judged::Right,
            Digests::Same(golden) => Some(golden),
            Digests::PerNumber(all) => all.get(number as usize),
        };
        if digest.as_ref() == golden { Judged::Right } else { Judged::OtherBody }
    }
}

impl Digests {
    fn new(request: &Request) -> Result<Self, OrderError> {
        Ok(match &request.expect.body {
            Golden::Any => Self::Any,
            Golden::Same(hex) => Self::Same(digest(hex)?),
            Golden::PerNumber(all) if all.len() == request.numbers as usize => {
                Self::PerNumber(all.iter().map(|hex| digest(hex)).collect::<Result<_, _>>()?)
            }
            Golden::PerNumber(all) => {
                let reason = format!(
                    "{} digests for {} numbers; give one for each",
                    all.len(),
                    request.numbers
                );
                return Err(OrderError { what: "expected bodies", reason });
            }
        })
    }
}

fn digest(hex: &str) -> Result<[u8; 32], OrderError> {
    let wrong = || OrderError {
        what: "expected bodies",
        reason: format!("`{hex}` is no SHA-256; one has 64 hexadecimal digits"),
    };
    let mut digest = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return Err(wrong());
    }
    for (place, byte) in digest.iter_mut().enumerate() {
        let digits = hex.get(2 * place..2 * place + 2).ok_or_else(wrong)?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
    }
    Ok(digest)
}
