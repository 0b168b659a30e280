//! What serves, and how it is driven: `[service]`, `[case.drive]` and
//! `[[variant]]`, read alike in a workload of a pack and in a contract.
//!
//! Hands over [`Service`] and [`Drive`] in which every request and companion
//! that is named is there, and every number can be. What a program does when
//! it is asked is for `lab` to find out.

mod asked;
mod companion;
mod drive;
mod external;
mod load;
mod settings;
mod slo;
mod told;

use std::collections::BTreeMap;
use std::path::PathBuf;

use model::service::{Ready, Service, StopSignal, Wire};
use model::{Language, LanguageId};

pub(crate) use drive::{DEADLINE_SECONDS, DRIVE_KINDS, drive, is_unread, ours, unread};
pub(crate) use external::UNITS as LATENCY_UNITS;
pub(crate) use load::{CONNECTIONS, SECONDS, TIMEOUT_SECONDS, WARM_UP_SECONDS};
pub(crate) use settings::variables;
pub(crate) use slo::written as slo_written;

use crate::document::Sheet;
use crate::shape::{ServiceEntry, Text};
use settings::is_variable;

/// What names the port, if nothing is said.
pub(crate) const PORT: &str = "PORT";

/// Where a program over HTTP tells that it is ready, if nothing is said.
pub(crate) const READY: &str = "/ready";

/// Where the folders and files that a service names are looked for.
pub(crate) trait Home {
    /// A folder that is there, or a fault.
    fn folder(&self, sheet: &mut Sheet, given: &Text) -> Option<PathBuf>;
    /// A file that is there, or a fault.
    fn file(&self, sheet: &mut Sheet, given: &Text) -> Option<PathBuf>;
    /// What a companion may be written in.
    fn languages(&self) -> &BTreeMap<LanguageId, Language>;
}

/// Reads `[service]`.
pub(crate) fn service(sheet: &mut Sheet, home: &dyn Home, entry: &ServiceEntry) -> Service {
    let port = entry.port.as_ref();
    if let Some(given) = port {
        is_variable(sheet, given);
    }
    let port = port.map_or_else(|| PORT.to_owned(), |given| given.get_ref().clone());
    let wire = match &entry.wire {
        Some(word) => sheet.word::<Wire>(word),
        None => Some(Wire::Http),
    };
    let ready = ready(sheet, entry.ready.as_ref(), wire);
    let companions = companion::companions(sheet, home, &entry.companion, &port);
    asked::can_be(sheet, entry, wire, &ready);
    Service {
        wire: wire.unwrap_or(Wire::Http),
        stop: entry.stop.as_ref().and_then(|word| sheet.word(word)).unwrap_or(StopSignal::Term),
        requests: asked::requests(sheet, &entry.request, wire),
        exchanges: asked::exchanges(sheet, &entry.exchange, wire),
        port,
        ready,
        companions,
    }
}

/// What is usual for a protocol.
pub(crate) fn usually_ready(wire: Wire) -> Ready {
    match wire {
        Wire::Http => Ready::Path(READY.to_owned()),
        Wire::Resp | Wire::Other => Ready::Connect,
    }
}

fn ready(sheet: &mut Sheet, given: Option<&Text>, wire: Option<Wire>) -> Ready {
    let usual = usually_ready(wire.unwrap_or(Wire::Http));
    let Some(given) = given else { return usual };
    match given.get_ref().as_str() {
        "connect" => Ready::Connect,
        "started" => Ready::Started,
        path if path.starts_with('/') => {
            asked::path_fits(sheet, given);
            if wire.is_some_and(|wire| wire != Wire::Http) {
                let help = "write ready = \"connect\": when its port takes a connection";
                sheet.fault(given.span(), "a path is answered by HTTP alone", help);
            }
            Ready::Path(path.to_owned())
        }
        word => {
            sheet.fault(
                given.span(),
                format!("\"{word}\" does not say when a program is ready"),
                "write a path such as \"/ready\", or \"connect\", or \"started\"",
            );
            usual
        }
    }
}
