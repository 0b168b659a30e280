//! What requests travel over where it is not bare HTTP/1.1: TLS, HTTP/2. In
//! builds without the feature `tls` there is nothing but the refusal.

use load::Order;

use super::address::Address;
use crate::arguments::load::LoadArguments;
use crate::failure::{Failure, Kind};

/// Something other than bare HTTP/1.1.
#[derive(Debug, Clone)]
pub(super) struct Over {
    #[cfg(feature = "tls")]
    over: load::hyper_driver::Over,
}

/// The role of a generator, and what it reads.
pub(super) struct Told {
    pub(super) role: &'static str,
    pub(super) stdin: Vec<u8>,
}

/// What a generator is told; `over`: `None` for bare HTTP/1.1 and RESP.
pub(super) fn told(order: &Order, over: Option<&Over>) -> Result<Told, Failure> {
    let bug = |error| Failure::new(Kind::Bug, &error);
    match over {
        None => Ok(Told { role: load::ROLE, stdin: serde_json::to_vec(order).map_err(bug)? }),
        Some(over) => over.told(order),
    }
}

/// What the arguments ask for; `None`: bare.
pub(super) fn of(arguments: &LoadArguments, address: &Address) -> Result<Option<Over>, Failure> {
    let request = &arguments.request;
    if request.roots.is_some() && !address.tls {
        return Err(Failure::usage("--roots is for https:// servers"));
    }
    match address.tls || request.http2 {
        true => Over::of(arguments, address).map(Some),
        false => Ok(None),
    }
}

#[cfg(not(feature = "tls"))]
impl Over {
    fn of(arguments: &LoadArguments, address: &Address) -> Result<Self, Failure> {
        let what = if address.tls { "TLS" } else { "HTTP/2" };
        let url = &arguments.url;
        Err(Failure::usage(format!("{url}: this program was built without {what}"))
            .hint("build evenhand with its feature `tls` (docs/load.md says how)")
            .hint("or ask the server behind its TLS, by http://"))
    }

    fn told(&self, _: &Order) -> Result<Told, Failure> {
        Err(Failure::usage("this program was built without TLS and HTTP/2"))
    }
}

#[cfg(feature = "tls")]
impl Over {
    fn of(arguments: &LoadArguments, address: &Address) -> Result<Self, Failure> {
        use load::hyper_driver::{Over, Tls, Version};
        let version = if arguments.request.http2 { Version::Http2 } else { Version::Http1 };
        let tls = match address.tls {
            true => Some(Tls { name: address.bare_host().to_owned(), roots: roots(arguments)? }),
            false => None,
        };
        Ok(Self { over: Over { version, tls } })
    }

    fn told(&self, order: &Order) -> Result<Told, Failure> {
        use load::hyper_driver::{HYPER_ROLE, OrderOver};
        let whole = OrderOver { order: order.clone(), over: self.over.clone() };
        let stdin = serde_json::to_vec(&whole).map_err(|error| Failure::new(Kind::Bug, &error))?;
        Ok(Told { role: HYPER_ROLE, stdin })
    }
}

/// The certificates that the user names, or those of the machine.
#[cfg(feature = "tls")]
fn roots(arguments: &LoadArguments) -> Result<String, Failure> {
    const USUAL: [&str; 3] = [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/cert.pem",
    ];
    if let Some(path) = &arguments.request.roots {
        return std::fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("--roots {}: {error}", path.display())));
    }
    let found = USUAL.iter().find_map(|path| std::fs::read_to_string(path).ok());
    found.ok_or_else(|| {
        Failure::usage("this machine has no list of trusted certificates where one is usual")
            .hint("name a PEM file: --roots FILE")
    })
}
