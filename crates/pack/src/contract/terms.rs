//! `[answers]`, `[effects]` and `[[allow]]`: what makes programs do the same.

use std::path::{Component, Path, PathBuf};

use model::contract::{
    Allowance, AnswerTerms, Case, CrossDecode, Decoded, EffectTerms, Normalise, Tolerance,
};
use model::{AnswerRule, Effect};
use regex::Regex;

use super::limit::quantity;
use super::place::words;
use super::written;
use crate::document::Sheet;
use crate::nearest::choices;
use crate::quantity::Quantity;
use crate::shape::{
    AnswersEntry, ContractFile, CrossDecodeEntry, EffectsEntry, NormaliseEntry, Text,
    ToleranceEntry,
};
use crate::spanned::Spanned;

/// Reads `[answers]`.
pub(super) fn answers(sheet: &mut Sheet, file: &ContractFile, cases: &[Case]) -> AnswerTerms {
    let usual = AnswerTerms::default();
    let Some(entry) = &file.answers else { return usual };
    let within = |sheet: &mut Sheet, given: &Spanned<Quantity>| {
        quantity(sheet, given, "share of a size", written::factor_of)
    };
    AnswerTerms {
        rule: entry.rule.as_ref().and_then(|word| sheet.word(word)).unwrap_or(AnswerRule::Bytes),
        tolerance: entry.tolerance.as_ref().map(|given| tolerance(sheet, given)),
        normalise: entry.normalise.iter().map(|given| normalise(sheet, given)).collect(),
        exit: entry.exit.unwrap_or(usual.exit),
        closed_pipe: entry.closed_pipe.unwrap_or(usual.closed_pipe),
        size_within: entry.size_within.as_ref().and_then(|given| within(sheet, given)),
        cross_decode: entry
            .cross_decode
            .as_ref()
            .and_then(|given| cross_decode(sheet, given, cases)),
        files: files(sheet, entry),
    }
}

fn tolerance(sheet: &mut Sheet, entry: &ToleranceEntry) -> Tolerance {
    let mut value = |given: &Option<Spanned<f64>>| {
        let Some(given) = given else { return 0.0 };
        let value = *given.get_ref();
        if !(value.is_finite() && value >= 0.0) {
            let help = "write zero or more, such as 1e-9";
            sheet.fault(given.span(), format!("numbers cannot lie {value} apart"), help);
        }
        value
    };
    Tolerance { relative: value(&entry.relative), absolute: value(&entry.absolute) }
}

fn normalise(sheet: &mut Sheet, entry: &NormaliseEntry) -> Normalise {
    let regex = expression(sheet, &entry.find);
    if regex.as_ref().is_some_and(|regex| regex.is_match("")) {
        sheet.fault(
            entry.find.span(),
            "this expression matches where there is nothing",
            "ask for one letter or more: `\\d+` instead of `\\d*`",
        );
    }
    if let Some(regex) = &regex {
        groups_exist(sheet, &entry.replace, regex);
    }
    Normalise {
        pattern: entry.find.get_ref().clone(),
        replacement: entry.replace.get_ref().clone(),
    }
}

/// Faults `$NAME` that the expression has no group for: it would become nothing.
fn groups_exist(sheet: &mut Sheet, replace: &Text, regex: &Regex) {
    let text = replace.get_ref().as_str();
    let mut at = 0;
    while let Some(found) = text[at..].find('$') {
        let start = at + found;
        let after = &text[start + 1..];
        let (name, length) = reference(after);
        at = start + 1 + length;
        let known = match name.parse::<usize>() {
            Ok(number) => number < regex.captures_len(),
            Err(_) => regex.capture_names().flatten().any(|group| group == name),
        };
        if !name.is_empty() && !known {
            let span = inside(sheet, replace, start..at);
            let count = regex.captures_len() - 1;
            let help = format!(
                "the expression has {count} of them; ${{1}}x keeps a name apart from a letter, \
                 and $$ is a dollar sign"
            );
            sheet.fault(span, format!("there is no group \"{name}\""), help);
        }
    }
}

/// The name that is referred to after a `$`, and how many bytes that takes.
fn reference(after: &str) -> (&str, usize) {
    if after.starts_with('$') {
        return ("", 1);
    }
    if let Some((name, _)) = after.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        return (name, name.len() + 2);
    }
    let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let name = &after[..end.unwrap_or(after.len())];
    (name, name.len())
}

/// A part of a text's value where it stands in the file; the whole text if the
/// file has escapes in it.
pub(super) fn inside(
    sheet: &Sheet,
    given: &Text,
    part: std::ops::Range<usize>,
) -> std::ops::Range<usize> {
    let whole = given.span();
    let raw = sheet.document.text.get(whole.clone()).unwrap_or_default();
    match raw.find(given.get_ref().as_str()) {
        Some(at) => whole.start + at + part.start..whole.start + at + part.end,
        None => whole,
    }
}

/// A regular expression, or a fault that points at what is wrong in it.
pub(super) fn expression(sheet: &mut Sheet, given: &Text) -> Option<Regex> {
    let (part, reason) = match (regex_syntax::parse(given.get_ref()), Regex::new(given.get_ref())) {
        (_, Ok(regex)) => return Some(regex),
        (Err(regex_syntax::Error::Parse(error)), _) => {
            let span = error.span();
            (Some(span.start.offset..span.end.offset), error.kind().to_string())
        }
        (Err(regex_syntax::Error::Translate(error)), _) => {
            let span = error.span();
            (Some(span.start.offset..span.end.offset), error.kind().to_string())
        }
        (_, Err(error)) => {
            let text = error.to_string();
            (None, text.lines().last().unwrap_or_default().trim().to_owned())
        }
    };
    let span = part.map_or(given.span(), |part| inside(sheet, given, part));
    sheet.fault(
        span,
        format!("the regular expression does not compile: {reason}"),
        "single quotes keep backslashes as they are; docs.rs/regex has the syntax",
    );
    None
}

fn cross_decode(
    sheet: &mut Sheet,
    entry: &CrossDecodeEntry,
    cases: &[Case],
) -> Option<CrossDecode> {
    let args = words(sheet, entry.args.get_ref());
    let gives: Option<Decoded> = sheet.word(&entry.gives);
    let fed = |case: &&Case| case.stdin.is_none();
    let without: Vec<&str> = cases.iter().filter(fed).map(|case| case.id.as_str()).collect();
    if gives == Some(Decoded::Input) && !without.is_empty() {
        sheet.fault(
            entry.gives.span(),
            format!("nothing is fed to standard input by: {}", without.join(", ")),
            "give these cases a stdin, or write gives = \"same\"",
        );
    }
    Some(CrossDecode { args, gives: gives? })
}

fn files(sheet: &mut Sheet, entry: &AnswersEntry) -> Vec<PathBuf> {
    sheet.no_duplicates("file", &entry.files);
    for given in &entry.files {
        let path = Path::new(given.get_ref());
        let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        if !inside || given.get_ref().is_empty() {
            sheet.fault(
                given.span(),
                format!("\"{}\" is not below the working directory", given.get_ref()),
                "write a relative path without `.` and `..`",
            );
        }
    }
    entry.files.iter().map(|given| PathBuf::from(given.get_ref())).collect()
}

/// Reads `[effects]`.
pub(super) fn effects(sheet: &mut Sheet, entry: Option<&EffectsEntry>) -> EffectTerms {
    let usual = EffectTerms::default();
    let Some(entry) = entry else { return usual };
    let factor = entry.margin.as_ref();
    let factor = factor.and_then(|given| quantity(sheet, given, "margin", written::factor_of));
    let plain = |given: &Quantity| match given {
        Quantity::Plain(number) => written::whole_bytes(&Quantity::Written(format!("{number} B"))),
        written => written::whole_bytes(written),
    };
    let bytes = entry.bytes.as_ref();
    let bytes = bytes.and_then(|given| quantity(sheet, given, "number of bytes", plain));
    EffectTerms {
        look: entry.look.unwrap_or(usual.look),
        factor: factor.unwrap_or(usual.factor),
        bytes: bytes.unwrap_or(usual.bytes),
    }
}

/// Reads every `[[allow]]`.
pub(super) fn allow(sheet: &mut Sheet, file: &ContractFile, cases: &[Case]) -> Vec<Allowance> {
    sheet.no_duplicates("exception", file.allow.iter().map(|entry| &entry.name));
    let effects = Effect::ALL.iter().map(|effect| effect.name());
    let known: Vec<&str> = effects.chain(cases.iter().map(|case| case.id.as_str())).collect();
    let mut allowed = Vec::new();
    for entry in &file.allow {
        let (name, reason) = (entry.name.get_ref(), entry.reason.get_ref());
        if !known.contains(&name.as_str()) {
            let message = format!("\"{name}\" is neither a side effect nor a case");
            let help = choices(name, "names", known.iter().copied());
            sheet.fault(entry.name.span(), message, help);
        }
        if reason.trim().is_empty() {
            let help = "say why it may pass: whoever reads this next has to know";
            sheet.fault(entry.reason.span(), "the reason is empty", help);
        }
        allowed.push(Allowance { name: name.clone(), reason: reason.clone() });
    }
    allowed
}
