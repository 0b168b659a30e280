//! The server as the command line names it: taken apart, its host looked up once.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use load::{Target, Wire};

use crate::failure::Failure;

/// How long an address may take to be told from another one of the same name.
const PATIENCE: Duration = Duration::from_secs(1);

/// A URL taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) wire: Wire,
    /// Whether it is spoken within TLS.
    pub(super) tls: bool,
    host: String,
    port: u16,
    /// With query; `/` if there is none. Empty for RESP.
    pub(super) path: String,
}

impl Address {
    /// Reads `http://HOST[:PORT][/PATH][?QUERY]`, `redis://HOST[:PORT]` or `resp://HOST[:PORT]`.
    pub(super) fn read(url: &str) -> Result<Self, Failure> {
        let wrong = |why: &str| Failure::usage(format!("{url}: {why}"));
        let Some((scheme, rest)) = url.split_once("://") else {
            return Err(
                wrong("no server can be told from this").hint(format!("write http://{url}"))
            );
        };
        let (wire, tls) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (Wire::Http, false),
            "https" => (Wire::Http, true),
            "redis" | "resp" => (Wire::Resp, false),
            other => {
                return Err(wrong(&format!("{other}:// is not spoken here")).hint(
                    "http:// and redis:// are; other protocols: measure with a tool of theirs \
                           as an external driver of `evenhand compare`",
                ));
            }
        };
        if url.contains(|c: char| c.is_whitespace() || c.is_control()) || url.contains('#') {
            return Err(wrong("a URL has no spaces and no #").hint("write %20 and %23 in paths"));
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            return Err(wrong("names and passwords in a URL would end up in reports")
                .hint("hand over a header instead: --headers-file FILE"));
        }
        let (host, port) = host_and_port(authority).map_err(|why| wrong(&why))?;
        let port = port.unwrap_or(match (wire, tls) {
            (Wire::Resp, _) => 6379,
            (Wire::Http, true) => 443,
            (Wire::Http, false) => 80,
        });
        let path = match (wire, path) {
            (Wire::Resp, "" | "/") => String::new(),
            (Wire::Resp, _) => {
                return Err(wrong("a redis:// server has no path")
                    .hint("choose a database by a command of its own, in the server's settings"));
            }
            (Wire::Http, path) if path.starts_with('/') => path.to_owned(),
            (Wire::Http, query) => format!("/{query}"),
        };
        Ok(Self { wire, tls, host, port, path })
    }

    /// Looks the host up; of several addresses the first that takes a connection.
    pub(super) fn resolve(&self) -> Result<Target, Failure> {
        let named = self.host_header();
        let bare = self.bare_host();
        let found: Vec<SocketAddr> = match bare.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, self.port)],
            Err(_) => (bare, self.port)
                .to_socket_addrs()
                .map_err(|error| Failure::usage(format!("{named}: {error}")))?
                .collect(),
        };
        let takes = |address: &&SocketAddr| TcpStream::connect_timeout(address, PATIENCE).is_ok();
        let chosen = if found.len() > 1 { found.iter().find(takes) } else { None };
        let Some(address) = chosen.or(found.first()) else {
            return Err(Failure::usage(format!("{named}: {}", ErrorKind::NotFound)));
        };
        Ok(Target { address: *address, host: named })
    }

    /// The host without brackets, as a certificate has it.
    pub(super) fn bare_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    /// As `Host` has it: without the port that goes without saying.
    fn host_header(&self) -> String {
        match (self.wire, self.tls, self.port) {
            (Wire::Http, false, 80) | (Wire::Http, true, 443) => self.host.clone(),
            _ => format!("{}:{}", self.host, self.port),
        }
    }
}

fn host_and_port(authority: &str) -> Result<(String, Option<u16>), String> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (inside, after) = rest.split_once(']').ok_or("the [ of the address has no ]")?;
            (
                format!("[{inside}]"),
                after.strip_prefix(':').or(Some(after).filter(|a| !a.is_empty())),
            )
        }
        None => match authority.rsplit_once(':') {
            Some((host, port)) => (host.to_owned(), Some(port)),
            None => (authority.to_owned(), None),
        },
    };
    if host.is_empty() || host == "[]" {
        return Err("there is no host in it".to_owned());
    }
    let number = |port: &str| port.parse::<u16>().ok().filter(|port| *port > 0);
    match port {
        None => Ok((host, None)),
        Some(port) => match number(port) {
            Some(number) => Ok((host, Some(number))),
            None => Err(format!("`{port}` is no port")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Address {
        Address::read(url).unwrap_or_else(|_| panic!("{url} is one"))
    }

    #[test]
    fn a_url_is_taken_apart() {
        let plain = read("http://example.test");
        assert_eq!((plain.port, plain.path.as_str()), (80, "/"));
        assert_eq!(plain.host_header(), "example.test");
        let full = read("HTTP://127.0.0.1:8080/items/{n}?x=1");
        assert_eq!((full.port, full.path.as_str()), (8080, "/items/{n}?x=1"));
        assert_eq!(full.host_header(), "127.0.0.1:8080");
        assert_eq!(read("http://h?x").path, "/?x");
        let six = read("http://[::1]:9/x");
        assert_eq!((six.host_header().as_str(), six.port), ("[::1]:9", 9));
        let secure = read("https://h/x");
        assert_eq!((secure.tls, secure.port, secure.host_header().as_str()), (true, 443, "h"));
        let redis = read("redis://h/");
        assert_eq!((redis.wire, redis.port, redis.path.as_str()), (Wire::Resp, 6379, ""));
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        for bad in [
            "127.0.0.1:80",
            "ftp://h/",
            "http://",
            "http://:80/",
            "http://h:0/",
            "http://h:x/",
            "http://h:99999/",
            "http://u:p@h/",
            "http://h/a b",
            "http://h/#x",
            "http://[::1/",
            "http://[]:1/",
            "redis://h/0",
            "http://[::1]x/",
        ] {
            assert!(Address::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_are_not_looked_up() {
        let target = read("http://[::1]:81/").resolve();
        assert_eq!(target.ok().map(|target| target.address), "[::1]:81".parse().ok());
    }
}
