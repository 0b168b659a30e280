//! `[[service.request]]` and `[[service.exchange]]`: what may be asked.

use std::collections::BTreeMap;
use std::ops::Range;

use model::service::{Asked, Ready, Wire};

use crate::document::Sheet;
use crate::shape::{ExchangeEntry, RequestEntry, ServiceEntry, Text};
use crate::spanned::Spanned;

/// What stands for a number in path, body and words.
const NUMBER: &str = "{n}";

/// Hashes of answers are learned one by one before a drive.
const MOST_STABLE: u32 = 10_000;

/// More is a slip, or an input.
const LONGEST_BODY: usize = 1 << 20;
const LONGEST_PATH: usize = 8000;

/// The generator writes these itself.
const OURS: [&str; 6] =
    ["host", "content-length", "transfer-encoding", "connection", "user-agent", "expect"];

/// Faults requests to a program that cannot be asked at all.
pub(super) fn can_be(sheet: &mut Sheet, entry: &ServiceEntry, wire: Option<Wire>, ready: &Ready) {
    let (message, help) = match (wire, ready) {
        (_, Ready::Started) => (
            "a program that listens on nothing cannot be asked",
            "remove it, or write ready = \"connect\"",
        ),
        (Some(Wire::Other), _) => (
            "only a companion or an external driver speaks this protocol",
            "remove it, or write wire = \"http\" or \"resp\"",
        ),
        _ => return,
    };
    let requests = entry.request.iter().map(|request| request.id.span());
    let exchanges = entry.exchange.iter().map(Spanned::span);
    for span in requests.chain(exchanges) {
        sheet.fault(span, message, help);
    }
}

/// Reads every `[[service.request]]`, by name.
pub(super) fn requests(
    sheet: &mut Sheet,
    entries: &[RequestEntry],
    wire: Option<Wire>,
) -> BTreeMap<String, Asked> {
    sheet.no_duplicates("request", entries.iter().map(|entry| &entry.id));
    let mut requests = BTreeMap::new();
    for entry in entries {
        sheet.name(&entry.id, "the name of a request");
        if entry.weight.as_ref().is_some_and(|weight| *weight.get_ref() == 0) {
            let span = entry.weight.as_ref().map_or(entry.id.span(), Spanned::span);
            sheet.fault(span, "it would never be asked", "write 1 or more, or remove the request");
        }
        let words = Words {
            at: entry.id.span(),
            method: entry.method.as_ref(),
            path: entry.path.as_ref(),
            headers: &entry.headers,
            body: entry.body.as_ref(),
            status: entry.status.as_ref(),
        };
        let asked = asked(sheet, &words, wire);
        let numbers = numbers(sheet, entry, &words);
        let stable = entry.stable.as_ref().is_some_and(|given| *given.get_ref());
        if stable && numbers > MOST_STABLE {
            let span = entry.numbers.as_ref().map_or(entry.id.span(), Spanned::span);
            let help = format!("write {MOST_STABLE} or less, or remove stable");
            sheet.fault(span, "a stable answer is learned for each number beforehand", help);
        }
        let weight = entry.weight.as_ref().map_or(1, |weight| *weight.get_ref());
        requests.insert(entry.id.get_ref().clone(), Asked { weight, numbers, stable, ..asked });
    }
    requests
}

/// Reads every `[[service.exchange]]`, in order.
pub(super) fn exchanges(
    sheet: &mut Sheet,
    entries: &[Spanned<ExchangeEntry>],
    wire: Option<Wire>,
) -> Vec<Asked> {
    let mut exchanges = Vec::new();
    for given in entries {
        let entry = given.get_ref();
        let words = Words {
            at: given.span(),
            method: entry.method.as_ref(),
            path: entry.path.as_ref(),
            headers: &entry.headers,
            body: entry.body.as_ref(),
            status: entry.status.as_ref(),
        };
        exchanges.push(asked(sheet, &words, wire));
        for text in words.with_number() {
            let span = sheet.within(text.span(), NUMBER);
            let help = "write the number: each exchange is asked once, as it stands";
            sheet.fault(span, "no number is drawn for an exchange", help);
        }
    }
    exchanges
}

/// What a request and an exchange have in common.
struct Words<'a> {
    at: Range<usize>,
    method: Option<&'a Text>,
    path: Option<&'a Text>,
    headers: &'a BTreeMap<Text, Text>,
    body: Option<&'a Text>,
    status: Option<&'a Spanned<u16>>,
}

impl<'a> Words<'a> {
    fn with_number(&self) -> impl Iterator<Item = &'a Text> {
        let texts = [self.method, self.path, self.body].into_iter().flatten();
        texts.filter(|text| text.get_ref().contains(NUMBER))
    }
}

/// Best effort after a fault, so that what refers to it does not fail as well.
fn asked(sheet: &mut Sheet, words: &Words, wire: Option<Wire>) -> Asked {
    match wire {
        Some(Wire::Http) => http(sheet, words),
        Some(Wire::Resp) => resp(sheet, words),
        // Told once, at the wire or at the request.
        Some(Wire::Other) | None => {}
    }
    let text = |given: Option<&Text>| given.map(|text| text.get_ref().clone());
    let headers = words.headers.iter();
    Asked {
        weight: 1,
        method: text(words.method).unwrap_or_else(|| "GET".to_owned()),
        path: text(words.path).unwrap_or_default(),
        headers: headers
            .map(|(name, value)| (name.get_ref().clone(), value.get_ref().clone()))
            .collect(),
        body: text(words.body).unwrap_or_default(),
        numbers: 0,
        status: words.status.map(|status| *status.get_ref()),
        stable: false,
    }
}

fn http(sheet: &mut Sheet, words: &Words) {
    if let Some(given) = words.method {
        let word = given.get_ref();
        let fits = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        if word.is_empty() || !fits {
            let message = format!("\"{word}\" is not a method of HTTP");
            sheet.fault(given.span(), message, "write it in capitals, such as \"POST\"");
        }
    }
    match words.path {
        Some(given) => path_fits(sheet, given),
        None => {
            let help = "add path = \"/…\", with the query if there is one";
            sheet.fault(words.at.clone(), "it is not said which path is asked for", help);
        }
    }
    headers(sheet, words.headers);
    if let Some(given) = words.status
        && !(200..600).contains(given.get_ref())
    {
        let message = format!("no answer ends with status {}", given.get_ref());
        sheet.fault(given.span(), message, "write a number from 200 to 599");
    }
    if let Some(given) = words.body {
        body(sheet, words, given);
    }
}

/// Faults what cannot stand in the first line of a request.
pub(super) fn path_fits(sheet: &mut Sheet, given: &Text) {
    let path = given.get_ref();
    let odd = path.chars().find(|c| !c.is_ascii_graphic() || *c == '#');
    if !path.starts_with('/') {
        let help = "begin with a slash, such as \"/items?full=1\"";
        sheet.fault(given.span(), format!("\"{path}\" is not a path"), help);
    } else if let Some(odd) = odd {
        let help = "write it as percent-encoded bytes, such as %20 for a space";
        sheet.fault(given.span(), format!("{odd:?} cannot stand in a path"), help);
    } else if path.len() > LONGEST_PATH {
        let help = format!("at most {LONGEST_PATH} bytes; put the rest into a body");
        sheet.fault(given.span(), "the path is longer than servers take", help);
    }
}

fn headers(sheet: &mut Sheet, given: &BTreeMap<Text, Text>) {
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in given {
        let lower = name.get_ref().to_ascii_lowercase();
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if lower.is_empty() || !lower.bytes().all(token) {
            let message = format!("\"{}\" is not the name of a header", name.get_ref());
            sheet.fault(name.span(), message, "write letters, digits and hyphens");
        }
        if OURS.contains(&lower.as_str()) {
            let message = format!("{lower} is written by the generator");
            sheet.fault(name.span(), message, "remove it: it is the same for every side");
        }
        if seen.contains(&lower) {
            let help = "write the values in one, with commas between";
            sheet.fault(name.span(), format!("the header {lower} stands here twice"), help);
        }
        if value.get_ref().chars().any(|c| c.is_control() || !c.is_ascii()) {
            let help = "write one line of ASCII";
            sheet.fault(value.span(), "this cannot be the value of a header", help);
        }
        seen.push(lower);
    }
}

fn body(sheet: &mut Sheet, words: &Words, given: &Text) {
    let text = given.get_ref();
    if text.len() > LONGEST_BODY {
        let help = "at most 1 MiB: of more, copying is what would be measured";
        sheet.fault(given.span(), "the body is too long", help);
    }
    let is_json = words.headers.iter().any(|(name, value)| {
        name.get_ref().eq_ignore_ascii_case("content-type")
            && value.get_ref().to_ascii_lowercase().contains("application/json")
    });
    // That a bad body is refused may be what is compared.
    let refused = words.status.is_some_and(|status| (400..500).contains(status.get_ref()));
    let json = || serde_json::from_str::<serde::de::IgnoredAny>(&text.replace(NUMBER, "0"));
    if let (true, false, Err(error)) = (is_json, refused, json()) {
        let help = "correct it; if the programs are to refuse it, write status = 400";
        sheet.fault(given.span(), format!("the body is not JSON: {error}"), help);
    }
}

/// A command: words with single spaces between, and nothing else.
fn resp(sheet: &mut Sheet, words: &Words) {
    match words.method {
        Some(given) => {
            let text = given.get_ref();
            if text.split(' ').any(|word| word.is_empty() || word.contains(char::is_control)) {
                let help = "write words with a space between, such as \"SET key:{n} value\"";
                sheet.fault(given.span(), "this is not a command", help);
            } else if text.len() > LONGEST_BODY {
                let help = "at most 1 MiB: of more, copying is what would be measured";
                sheet.fault(given.span(), "the command is too long", help);
            }
        }
        None => {
            let help = "add method = \"GET key:{n}\": the whole command";
            sheet.fault(words.at.clone(), "it is not said which command is sent", help);
        }
    }
    let more = [
        ("path", words.path.map(Spanned::span)),
        ("headers", words.headers.keys().next().map(Spanned::span)),
        ("body", words.body.map(Spanned::span)),
        ("status", words.status.map(Spanned::span)),
    ];
    for (key, span) in more {
        let Some(span) = span else { continue };
        let help = "remove it: method holds the whole command, and an error is never right";
        sheet.fault(span, format!("a command has no {key}"), help);
    }
}

/// How many values `{n}` has, where it stands.
fn numbers(sheet: &mut Sheet, entry: &RequestEntry, words: &Words) -> u32 {
    let numbers = entry.numbers.as_ref().map_or(0, |given| *given.get_ref());
    let first = words.with_number().next();
    match (first, &entry.numbers) {
        (Some(text), _) if numbers == 0 => {
            let span = sheet.within(text.span(), NUMBER);
            let help = "add numbers = 1000: {n} is then a number from 0 to 999";
            sheet.fault(span, "{n} has no values", help);
        }
        (None, Some(given)) if numbers > 0 => {
            let help = "write {n} in the path, the body or the command, or remove numbers";
            sheet.fault(given.span(), "there is no {n} that these numbers could stand for", help);
        }
        _ => {}
    }
    numbers
}
