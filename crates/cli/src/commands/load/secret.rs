//! The command that repeats a drive, fit to be shown: values of headers may be
//! secrets and stay out of it.

/// What stands for a value.
const HIDDEN: &str = "…";

/// As it was given, with the seed that draws every instant again, values of headers hidden.
pub(super) fn command(words: impl Iterator<Item = String>, seed: u64) -> String {
    let mut shown: Vec<String> = vec!["evenhand".to_owned()];
    let mut next_is_header = false;
    let mut seeded = false;
    for word in words {
        seeded |= word == "--seed" || word.starts_with("--seed=");
        let flag = ["--header=", "-H="].into_iter().find(|flag| word.starts_with(flag));
        let short = word.strip_prefix("-H").filter(|rest| !rest.is_empty());
        shown.push(match (next_is_header, flag, short) {
            (true, _, _) => hidden(&word),
            (_, Some(flag), _) => format!("{flag}{}", hidden(&word[flag.len()..])),
            (_, _, Some(rest)) => format!("-H{}", hidden(rest)),
            _ => word.clone(),
        });
        next_is_header = !next_is_header && (word == "--header" || word == "-H");
    }
    if !seeded {
        shown.extend(["--seed".to_owned(), seed.to_string()]);
    }
    shlex::try_join(shown.iter().map(String::as_str)).unwrap_or_default()
}

/// The name of a header, and something in the place of its value.
fn hidden(line: &str) -> String {
    let name = line.split(':').next().unwrap_or_default();
    format!("{name}: {HIDDEN}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_headers_do_not_leave() {
        let given = [
            "load",
            "http://h/",
            "-H",
            "Authorization: Bearer s3cret",
            "--header=Cookie: s3cret",
            "-HX-Key: s3cret",
            "--header",
            "Accept: */*",
            "--rate",
            "5",
        ];
        let shown = command(given.into_iter().map(str::to_owned), 9);
        assert!(!shown.contains("s3cret"), "{shown}");
        assert!(
            shown.contains("Authorization: …") && shown.ends_with("--rate 5 --seed 9"),
            "{shown}"
        );
    }

    #[test]
    fn a_seed_that_was_given_is_not_said_twice() {
        for given in [["--seed", "7"].as_slice(), &["--seed=7"]] {
            let shown = command(given.iter().map(|word| (*word).to_owned()), 7);
            assert_eq!(shown.matches("--seed").count(), 1, "{shown}");
        }
    }
}
