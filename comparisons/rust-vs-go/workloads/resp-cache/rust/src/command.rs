//! What a client may ask for, and how it is carried out.

use bytes::Bytes;
use thiserror::Error;

use crate::resp::{Reply, quoted};
use crate::store::Store;

#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Get { key: Bytes },
    Set { key: Bytes, value: Bytes },
    Delete { keys: Vec<Bytes> },
    Exists { keys: Vec<Bytes> },
    Increment { key: Bytes },
    GetMany { keys: Vec<Bytes> },
    Ping { message: Option<Bytes> },
    Size,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum CommandFault {
    #[error("unknown command '{0}'")]
    Unknown(String),
    #[error("wrong number of arguments for '{0}' command")]
    WrongNumber(&'static str),
    #[error("syntax error")]
    Syntax,
}

impl Command {
    /// Understands words, of which there is one at least: the command's name.
    pub fn parse(words: Vec<Bytes>) -> Result<Self, CommandFault> {
        let mut args = words.into_iter();
        let name = args.next().unwrap_or_default();
        match &*name.to_ascii_lowercase() {
            b"get" => one(args)
                .map(|key| Self::Get { key })
                .ok_or(CommandFault::WrongNumber("get")),
            b"set" => Self::parse_set(args),
            b"del" => many(args, "del").map(|keys| Self::Delete { keys }),
            b"exists" => many(args, "exists").map(|keys| Self::Exists { keys }),
            b"incr" => one(args)
                .map(|key| Self::Increment { key })
                .ok_or(CommandFault::WrongNumber("incr")),
            b"mget" => many(args, "mget").map(|keys| Self::GetMany { keys }),
            b"ping" => match (args.next(), args.next()) {
                (message, None) => Ok(Self::Ping { message }),
                _ => Err(CommandFault::WrongNumber("ping")),
            },
            b"dbsize" => match args.next() {
                None => Ok(Self::Size),
                Some(_) => Err(CommandFault::WrongNumber("dbsize")),
            },
            _ => Err(CommandFault::Unknown(quoted(&name))),
        }
    }

    /// Options such as EX are not known here.
    fn parse_set(mut args: impl Iterator<Item = Bytes>) -> Result<Self, CommandFault> {
        match (args.next(), args.next(), args.next()) {
            (Some(key), Some(value), None) => Ok(Self::Set { key, value }),
            (Some(_), Some(_), Some(_)) => Err(CommandFault::Syntax),
            _ => Err(CommandFault::WrongNumber("set")),
        }
    }

    pub fn execute(self, store: &Store) -> Reply {
        match self {
            Self::Get { key } => store.get(&key).into(),
            Self::Set { key, value } => {
                store.set(key, value);
                Reply::Simple("OK")
            }
            Self::Delete { keys } => count(&keys, |key| store.delete(key)),
            Self::Exists { keys } => count(&keys, |key| store.contains(key)),
            Self::Increment { key } => match store.increment(key) {
                Ok(number) => Reply::Integer(number),
                Err(fault) => Reply::Error(fault.to_string()),
            },
            Self::GetMany { keys } => {
                Reply::Values(keys.iter().map(|key| store.get(key)).collect())
            }
            Self::Ping { message: None } => Reply::Simple("PONG"),
            Self::Ping {
                message: Some(message),
            } => Reply::Bulk(message),
            Self::Size => Reply::Integer(store.len() as i64),
        }
    }
}

/// A key named twice counts twice.
fn count(keys: &[Bytes], is_counted: impl Fn(&[u8]) -> bool) -> Reply {
    Reply::Integer(keys.iter().filter(|key| is_counted(key)).count() as i64)
}

fn one(mut args: impl Iterator<Item = Bytes>) -> Option<Bytes> {
    args.next().filter(|_| args.next().is_none())
}

fn many(args: impl Iterator<Item = Bytes>, name: &'static str) -> Result<Vec<Bytes>, CommandFault> {
    let keys: Vec<_> = args.collect();
    match keys.is_empty() {
        true => Err(CommandFault::WrongNumber(name)),
        false => Ok(keys),
    }
}

/// The reply to words, of which there is one at least.
pub fn answer(words: Vec<Bytes>, store: &Store) -> Reply {
    match Command::parse(words) {
        Ok(command) => command.execute(store),
        Err(fault) => Reply::Error(fault.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use bytes::BytesMut;

    use super::*;

    /// A line of words, and the reply as it is written.
    #[test]
    fn a_conversation() {
        let store = Store::new(None);
        for (line, expected) in [
            ("PING", "+PONG"),
            ("ping hello", "$5\r\nhello"),
            ("GET a", "$-1"),
            ("SET a one", "+OK"),
            ("sEt b 2", "+OK"),
            ("GET a", "$3\r\none"),
            ("MGET a c b", "*3\r\n$3\r\none\r\n$-1\r\n$1\r\n2"),
            ("EXISTS a a c", ":2"),
            ("DBSIZE", ":2"),
            ("INCR b", ":3"),
            ("INCR c", ":1"),
            ("INCR a", "-ERR value is not an integer or out of range"),
            ("DEL a b x a", ":2"),
            ("DBSIZE", ":1"),
        ] {
            assert_eq!(spoken(&store, line), format!("{expected}\r\n"), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_carried_out_is_told() {
        let store = Store::new(None);
        for (line, expected) in [
            ("FLUSHALL now", "unknown command 'FLUSHALL'"),
            ("GET", "wrong number of arguments for 'get' command"),
            ("GET a b", "wrong number of arguments for 'get' command"),
            ("SET a", "wrong number of arguments for 'set' command"),
            ("SET a b EX 5", "syntax error"),
            ("DEL", "wrong number of arguments for 'del' command"),
            ("EXISTS", "wrong number of arguments for 'exists' command"),
            ("INCR", "wrong number of arguments for 'incr' command"),
            ("MGET", "wrong number of arguments for 'mget' command"),
            ("PING a b", "wrong number of arguments for 'ping' command"),
            ("DBSIZE a", "wrong number of arguments for 'dbsize' command"),
        ] {
            assert_eq!(
                spoken(&store, line),
                format!("-ERR {expected}\r\n"),
                "{line}"
            );
        }
    }

    fn spoken(store: &Store, line: &str) -> String {
        let words = line.split(' ').map(|word| Bytes::from(word.to_owned()));
        let mut output = BytesMut::new();
        answer(words.collect(), store).write(&mut output);
        String::from_utf8(output.to_vec()).unwrap()
    }
}
