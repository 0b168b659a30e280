//! What compilers and linters write, as typed diagnostics.

use model::{Diagnostic, DiagnosticForm, Level};
use serde::Deserialize;

/// Most diagnostics kept of one attempt; a program of a probe gives few.
const MOST: usize = 20;
/// Characters kept of one diagnostic.
const LONGEST: usize = 300;

/// The diagnostics in what a tool wrote to standard error and output. `failed`:
/// whether the tool refused, which is all the gravity that plain lines tell.
pub(crate) fn read(form: DiagnosticForm, text: &str, failed: bool) -> Vec<Diagnostic> {
    let mut found = match form {
        DiagnosticForm::JsonLines => text.lines().filter_map(of_message).collect(),
        DiagnosticForm::Lines => lines(text, failed),
    };
    found.truncate(MOST);
    found
}

/// The fields of rustc's JSON that matter; see "JSON Output" in The rustc book.
#[derive(Deserialize)]
struct Rustc {
    message: String,
    code: Option<RustcCode>,
    level: String,
    #[serde(default)]
    spans: Vec<RustcSpan>,
}

#[derive(Deserialize)]
struct RustcCode {
    code: String,
}

#[derive(Deserialize)]
struct RustcSpan {
    line_start: u32,
    is_primary: bool,
}

/// One message of the compiler; see also "External tools" in The Cargo Book.
pub(crate) fn of_message(line: &str) -> Option<Diagnostic> {
    let told: Rustc = serde_json::from_str(line).ok()?;
    let level = match told.level.as_str() {
        "error" => Level::Error,
        "warning" => Level::Warning,
        _ => return None,
    };
    let line = told.spans.iter().find(|span| span.is_primary).map(|span| span.line_start);
    // The sum of those before it has neither code nor place.
    if line.is_none() && told.code.is_none() {
        return None;
    }
    Some(Diagnostic {
        level,
        code: told.code.map(|c| c.code),
        line,
        text: shortened(&told.message),
    })
}

/// `file:line:column: text`, with lines that go on indented. vet writes the
/// analyser's name nowhere in this form, so there is no code.
fn lines(text: &str, failed: bool) -> Vec<Diagnostic> {
    let level = if failed { Level::Error } else { Level::Warning };
    let mut found: Vec<Diagnostic> = Vec::new();
    for line in text.lines() {
        if let Some((number, said)) = placed(line) {
            found.push(Diagnostic { level, code: None, line: Some(number), text: shortened(said) });
        } else if let (Some(last), true) = (found.last_mut(), line.starts_with(['\t', ' '])) {
            let joined = format!("{} {}", last.text, line.trim());
            last.text = shortened(&joined);
        }
    }
    found
}

/// The line number and the words after it.
fn placed(line: &str) -> Option<(u32, &str)> {
    let line = line.strip_prefix("vet: ").unwrap_or(line);
    let mut parts = line.splitn(4, ':');
    let (_file, number) = (parts.next()?, parts.next()?.parse().ok()?);
    let third = parts.next()?;
    let said = match (third.parse::<u32>(), parts.next()) {
        (Ok(_column), Some(said)) => said,
        _ => &line[line.find(third)?..],
    };
    Some((number, said.trim()))
}

pub(crate) fn shortened(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_rustc_has_code_line_and_words() {
        let json = r#"{"$message_type":"diagnostic","message":"borrow of moved value: `v`","code":{"code":"E0382","explanation":"…"},"level":"error","spans":[{"file_name":"a.rs","line_start":3,"is_primary":false},{"file_name":"a.rs","line_start":4,"is_primary":true}],"children":[],"rendered":"…"}
{"$message_type":"diagnostic","message":"aborting due to 1 previous error","code":null,"level":"error","spans":[],"children":[],"rendered":"…"}
{"$message_type":"diagnostic","message":"For more information, try …","code":null,"level":"failure-note","spans":[],"children":[],"rendered":"…"}"#;
        let found = read(DiagnosticForm::JsonLines, json, true);
        let expected = Diagnostic {
            level: Level::Error,
            code: Some("E0382".to_owned()),
            line: Some(4),
            text: "borrow of moved value: `v`".to_owned(),
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn plain_lines_have_a_place_and_go_on_indented() {
        let text = "# command-line-arguments\n./a.go:5:2: cannot use x (variable of type int) as string value in argument to f:\n\tint is not a string\n./a.go:9: too many errors\n";
        let found = read(DiagnosticForm::Lines, text, true);
        let told: Vec<(Option<u32>, &str)> =
            found.iter().map(|d| (d.line, d.text.as_str())).collect();
        let first = "cannot use x (variable of type int) as string value in argument to f: int is not a string";
        assert_eq!(told, [(Some(5), first), (Some(9), "too many errors")]);
    }

    #[test]
    fn what_is_no_diagnostic_is_none() {
        for form in [DiagnosticForm::Lines, DiagnosticForm::JsonLines] {
            assert_eq!(read(form, "panic: no\ngoroutine 1 [running]:\n{\"x\": 1}\n", true), []);
        }
    }
}
