//! What the program is told when it starts.

pub const USAGE: &str = "usage: PORT=N connection-ladder tasks N|channels N|tcp|http|tls";

const MOST: usize = 10_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// So many tasks that sleep.
    Tasks(usize),
    /// So many tasks that wait for a message, each with an inbox of its own.
    Channels(usize),
    Tcp,
    Http,
    Tls,
}

/// The layer, and the port to listen on.
pub fn parse(args: &[String], port: Option<String>) -> Result<(Layer, u16), String> {
    let port = port.ok_or("PORT is not set")?;
    let port = port
        .parse()
        .map_err(|_| format!("PORT must be a port, not {port:?}"))?;
    let layer = match args {
        [layer, n] if layer == "tasks" => Layer::Tasks(number(n)?),
        [layer, n] if layer == "channels" => Layer::Channels(number(n)?),
        [layer] if layer == "tcp" => Layer::Tcp,
        [layer] if layer == "http" => Layer::Http,
        [layer] if layer == "tls" => Layer::Tls,
        _ => return Err(format!("no such layer: {:?}", args.join(" "))),
    };
    Ok((layer, port))
}

fn number(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=MOST).contains(&n) => Ok(n),
        _ => Err(format!(
            "N must be a whole number from 1 to {MOST}, not {text:?}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &str, port: Option<&str>) -> Result<(Layer, u16), String> {
        let args: Vec<_> = args.split_whitespace().map(Into::into).collect();
        parse(&args, port.map(Into::into))
    }

    #[test]
    fn each_layer_has_a_name() {
        for (args, layer) in [
            ("tasks 7", Layer::Tasks(7)),
            ("channels 10000000", Layer::Channels(MOST)),
            ("tcp", Layer::Tcp),
            ("http", Layer::Http),
            ("tls", Layer::Tls),
        ] {
            assert_eq!(parsed(args, Some("80")), Ok((layer, 80)));
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (args, port, fault) in [
            ("tcp", None, "PORT is not set"),
            ("tcp", Some("70000"), "PORT must be a port, not \"70000\""),
            ("", Some("80"), "no such layer: \"\""),
            ("tcp 5", Some("80"), "no such layer: \"tcp 5\""),
            ("tasks", Some("80"), "no such layer: \"tasks\""),
            (
                "tasks 0",
                Some("80"),
                "N must be a whole number from 1 to 10000000, not \"0\"",
            ),
        ] {
            assert_eq!(parsed(args, port).unwrap_err(), fault);
        }
    }
}
