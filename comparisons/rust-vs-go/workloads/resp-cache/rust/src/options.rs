//! What the program is told when it starts.

use std::num::NonZeroUsize;

pub const USAGE: &str = "usage: PORT=N resp-cache [--live-megabytes N] [--max-entries N]";

#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub port: u16,
    /// Keys and values that are there from the start, in millions of bytes.
    pub live_megabytes: u32,
    /// How many entries are kept; none: all.
    pub max_entries: Option<NonZeroUsize>,
}

impl Options {
    pub fn parse(
        mut args: impl Iterator<Item = String>,
        port: Option<String>,
    ) -> Result<Self, String> {
        let port = port.ok_or("PORT is not set")?;
        let mut options = Self {
            port: number("PORT", &port)?,
            live_megabytes: 0,
            max_entries: None,
        };
        while let Some(flag) = args.next() {
            let value = args.next().unwrap_or_default();
            match flag.as_str() {
                "--live-megabytes" => options.live_megabytes = number(&flag, &value)?,
                "--max-entries" => {
                    options.max_entries = NonZeroUsize::new(number(&flag, &value)?);
                }
                _ => return Err(format!("no such argument: {flag}")),
            }
        }
        Ok(options)
    }
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{name} must be a whole number, not {text:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str], port: Option<&str>) -> Result<Options, String> {
        Options::parse(args.iter().map(ToString::to_string), port.map(Into::into))
    }

    #[test]
    fn what_is_not_told_is_nothing_alive_and_no_bound() {
        let (live_megabytes, max_entries) = (0, None);
        let expected = Options {
            port: 7,
            live_megabytes,
            max_entries,
        };
        assert_eq!(parsed(&[], Some("7")), Ok(expected));
        let told = parsed(&["--max-entries", "3", "--live-megabytes", "5"], Some("7")).unwrap();
        assert_eq!(told.live_megabytes, 5);
        assert_eq!(told.max_entries, NonZeroUsize::new(3));
        let unbounded = parsed(&["--max-entries", "0"], Some("7")).unwrap();
        assert_eq!(unbounded.max_entries, None);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (args, port, fault) in [
            (&[][..], None, "PORT is not set"),
            (&[], Some("x"), "PORT must be a whole number, not \"x\""),
            (&["--all"], Some("7"), "no such argument: --all"),
            (
                &["--max-entries", "-1"],
                Some("7"),
                "--max-entries must be a whole number, not \"-1\"",
            ),
            (
                &["--live-megabytes"],
                Some("7"),
                "--live-megabytes must be a whole number, not \"\"",
            ),
        ] {
            assert_eq!(parsed(args, port).unwrap_err(), fault);
        }
    }
}
